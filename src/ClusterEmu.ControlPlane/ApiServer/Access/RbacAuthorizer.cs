using System.Runtime.CompilerServices;
using System.Text.Json;
using ClusterEmu.Api;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>Decides by the stored Roles and bindings. Members of system:masters may do everything, and everybody may where no roles are served.</summary>
/// <remarks>
/// Source: plugin/pkg/auth/authorizer/rbac. What every authenticated user may do by the bootstrap policy (discovery, health, reviews of
/// themselves) needs no stored role here. Each object is read once; what was read goes with it.
/// </remarks>
/// <param name="reader">Where the objects are.</param>
/// <param name="served">The kinds that are served now.</param>
public sealed class RbacAuthorizer(StoreReader reader, Func<ServedKinds> served) : IAuthorizer
{
    private const string Group = "rbac.authorization.k8s.io";
    private static readonly AccessDecision Yes = new(true);
    private static readonly AccessDecision No = new(false);

    /// <summary>The ClusterRole system:public-info-viewer, which everybody has.</summary>
    private static readonly IReadOnlyList<AccessRule> ForEverybody = [new(["get"], [], [], [], ["/healthz", "/livez", "/readyz", "/version", "/version/"])];

    /// <summary>The ClusterRoles system:discovery and system:basic-user, which all have whom the server knows.</summary>
    private static readonly IReadOnlyList<AccessRule> ForAuthenticated =
    [
        new(["get"], [], [], [], ["/api", "/api/*", "/apis", "/apis/*", "/openapi", "/openapi/*"]),
        new(["create"], ["authorization.k8s.io"], ["selfsubjectaccessreviews", "selfsubjectrulesreviews"], [], []),
        new(["create"], ["authentication.k8s.io"], ["selfsubjectreviews"], [], []),
    ];

    /// <summary>The ClusterRole cluster-admin, which may be bound though no object of that name is stored.</summary>
    private static readonly IReadOnlyList<AccessRule> Everything = [new(["*"], ["*"], ["*"], [], []), new(["*"], [], [], [], ["*"])];

    private readonly ConditionalWeakTable<StoredObject, IReadOnlyList<AccessRule>> _rules = [];
    private readonly ConditionalWeakTable<StoredObject, AccessBinding> _bindings = [];

    public AccessDecision Decide(AccessQuestion question)
    {
        if (question.User.IsMaster || Kind("clusterroles") is null) return Yes;
        foreach (var (rules, reason) in Grants(question.User, question.Path.Length > 0 ? "" : question.Namespace))
        {
            if (rules.Any(rule => rule.Allows(question))) return new AccessDecision(true, reason());
        }
        return No;
    }

    public SubjectRulesReviewStatus RulesFor(RequestUser user, string ns)
    {
        if (user.IsMaster || Kind("clusterroles") is null) return AlwaysAllow.Everything;
        List<AccessRule> all = [.. Grants(user, ns).SelectMany(grant => grant.Rules)];
        return new SubjectRulesReviewStatus
        {
            ResourceRules = [.. all.Where(rule => rule.Resources.Count > 0).Select(rule => rule.ToResourceRule())],
            NonResourceRules = [.. all.Where(rule => rule.Paths.Count > 0).Select(rule => rule.ToNonResourceRule())],
        };
    }

    private IEnumerable<(IReadOnlyList<AccessRule> Rules, Func<string> Reason)> Grants(RequestUser user, string ns)
    {
        var known = user.Groups.Contains(RequestUser.Authenticated);
        if (known || user.Groups.Contains(RequestUser.Unauthenticated)) yield return (ForEverybody, static () => "");
        if (known) yield return (ForAuthenticated, static () => "");
        var objects = reader.Current;
        foreach (var grant in GrantsOf(objects, user, "clusterrolebindings", "")) yield return grant;
        if (ns.Length == 0) yield break;
        foreach (var grant in GrantsOf(objects, user, "rolebindings", ns)) yield return grant;
    }

    private IEnumerable<(IReadOnlyList<AccessRule> Rules, Func<string> Reason)> GrantsOf(StoreSnapshot objects, RequestUser user, string bindings, string ns)
    {
        if (Kind(bindings) is not { } kind) yield break;
        foreach (var stored in objects.List(kind, ns.Length > 0 ? ns : null))
        {
            var binding = _bindings.GetValue(stored, AccessBinding.Read);
            if (binding.SubjectFor(user, ns) is not { } subject) continue;
            var role = binding.RoleKind == "ClusterRole"
                ? Kind("clusterroles") is { } ofCluster ? objects.Find(ofCluster, "", binding.RoleName) : null
                : Kind("roles") is { } ofNamespace ? objects.Find(ofNamespace, ns, binding.RoleName) : null;
            IReadOnlyList<AccessRule>? rules = role is not null ? _rules.GetValue(role, RulesOf) : binding is { RoleKind: "ClusterRole", RoleName: "cluster-admin" } ? Everything : null;
            if (rules is null) continue;
            var place = binding.IsOfNamespace ? $"RoleBinding \"{binding.Name}/{ns}\"" : $"ClusterRoleBinding \"{binding.Name}\"";
            yield return (rules, () => $"RBAC: allowed by {place} of {binding.RoleKind} \"{binding.RoleName}\" to {subject}");
        }
    }

    private static IReadOnlyList<AccessRule> RulesOf(StoredObject role)
    {
        using var document = JsonDocument.Parse(role.Json);
        return document.RootElement.TryGetProperty("rules", out var rules) && rules.ValueKind == JsonValueKind.Array
            ? [.. rules.EnumerateArray().Select(AccessRule.Read)]
            : [];
    }

    private KindInfo? Kind(string plural) => served().Find(Group, "v1", plural);
}
