using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>Acting as somebody else: <c>kubectl --as, --as-group, --as-uid</c>. Source: k8s.io/apiserver endpoints/filters/impersonation.go.</summary>
internal static class Impersonation
{
    public const string UserHeader = "Impersonate-User";
    public const string GroupHeader = "Impersonate-Group";
    public const string UidHeader = "Impersonate-Uid";
    public const string ExtraPrefix = "Impersonate-Extra-";

    private const string AccountPrefix = "system:serviceaccount:";

    /// <summary>In whose name the request goes on.</summary>
    /// <param name="user">Who asks.</param>
    /// <param name="name">Whom they want to be; empty if they said nothing of it.</param>
    /// <param name="groups">In which groups.</param>
    /// <param name="uid">With which UID; empty for none.</param>
    /// <param name="extra">What else; keys as they were sent, without the prefix.</param>
    /// <param name="authorizer">Says whether they may.</param>
    /// <exception cref="ApiException">403: they may not. 400: groups without a user (a real server answers 500).</exception>
    public static RequestUser Apply(
        RequestUser user, string name, IReadOnlyList<string> groups, string uid, IReadOnlyDictionary<string, IReadOnlyList<string>> extra, IAuthorizer authorizer)
    {
        if (name.Length == 0)
        {
            if (groups.Count == 0 && uid.Length == 0 && extra.Count == 0) return user;
            throw Refuse.BadRequest("requested groups, a UID or extra values without impersonating a user: name one by the header Impersonate-User, or kubectl's --as");
        }
        var account = AccountOf(name);
        if (account is var (ns, accountName)) Check(new AccessQuestion(user, "impersonate") { Resource = "serviceaccounts", Namespace = ns, Name = accountName });
        else Check(new AccessQuestion(user, "impersonate") { Resource = "users", Name = name });
        foreach (var group in groups) Check(new AccessQuestion(user, "impersonate") { Resource = "groups", Name = group });
        if (uid.Length > 0) Check(new AccessQuestion(user, "impersonate") { Group = "authentication.k8s.io", Resource = "uids", Name = uid });
        foreach (var (key, values) in extra)
        {
            foreach (var value in values)
                Check(new AccessQuestion(user, "impersonate") { Group = "authentication.k8s.io", Resource = "userextras", Subresource = key, Name = value });
        }
        return new RequestUser(name, GroupsOf(name, groups, account?.Namespace)) { Uid = uid, Extra = extra };

        void Check(AccessQuestion question)
        {
            if (!authorizer.Decide(question).Allowed) throw AccessRefusal.Of(question);
        }
    }

    private static IReadOnlyList<string> GroupsOf(string name, IReadOnlyList<string> groups, string? ns)
    {
        if (groups.Count == 0 && ns is not null) groups = RequestUser.ServiceAccountGroups(ns);
        if (groups.Any(group => group is RequestUser.Authenticated or RequestUser.Unauthenticated)) return groups;
        return [.. groups, name == RequestUser.AnonymousName ? RequestUser.Unauthenticated : RequestUser.Authenticated];
    }

    private static (string Namespace, string Name)? AccountOf(string user)
    {
        if (!user.StartsWith(AccountPrefix, StringComparison.Ordinal)) return null;
        var parts = user[AccountPrefix.Length..].Split(':');
        return parts is [{ Length: > 0 } ns, { Length: > 0 } name] && NameRules.Dns1123Label(ns).Count == 0 ? (ns, name) : null;
    }
}
