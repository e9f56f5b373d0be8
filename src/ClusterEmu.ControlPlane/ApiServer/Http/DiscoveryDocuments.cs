using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>What is served, as clients ask for it. Source: k8s.io/apiserver endpoints/discovery.</summary>
/// <param name="kinds">What is served.</param>
public sealed class DiscoveryDocuments(ServedKinds kinds)
{
    private static readonly string[] OneObject = ["get", "patch", "update"];
    private static readonly string[] OnlyCreate = ["create"];
    private static readonly string[] OnlyUpdate = ["update"];
    private static readonly string[] Proxied = ["create", "delete", "get", "patch", "update"];

    /// <summary>What the documents describe.</summary>
    public ServedKinds Described => kinds;

    private readonly IReadOnlyList<KindInfo> _served = [.. kinds.All, .. kinds.Transient.Where(kind => kind.HasPath)];

    /// <summary>The groups besides the core group, by name.</summary>
    public IReadOnlyList<string> Groups => field ??=
        [.. _served.Select(kind => kind.Group).Where(group => group.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>/apis</summary>
    public APIGroupList GroupList() => new() { Groups = [.. Groups.Select(Group)] };

    /// <summary>/apis/GROUP</summary>
    /// <exception cref="ApiException">404: there is no such group.</exception>
    public APIGroup GroupOf(string group) => Groups.Contains(group) ? Group(group) : throw Refuse.NoSuchPath();

    /// <summary>/api/v1 and /apis/GROUP/VERSION; null if there is no such version.</summary>
    public APIResourceList? Resources(string group, string version)
    {
        var found = _served.Where(kind => kind.Group == group && kind.Version == version).OrderBy(kind => kind.Plural, StringComparer.Ordinal).ToList();
        if (found.Count == 0) return null;
        return new APIResourceList
        {
            GroupVersion = found[0].ApiVersion,
            Resources = [.. found.SelectMany(kind => Subresources(kind).OrderBy(sub => sub.Name, StringComparer.Ordinal).Select(sub => Nested(kind, sub)).Prepend(Own(kind)))],
        };
    }

    /// <summary>The subresources of a kind, with what they take.</summary>
    internal static IEnumerable<(string Name, string Group, string Version, string Kind, string[] Verbs)> Subresources(KindInfo kind)
    {
        if (kind.HasStatus) yield return ("status", kind.Group, kind.Version, kind.Kind, OneObject);
        if (kind.Subresources.Contains("scale")) yield return ("scale", "autoscaling", "v1", "Scale", OneObject);
        if (kind.Subresources.Contains("approval")) yield return ("approval", kind.Group, kind.Version, kind.Kind, OneObject);
        if (kind == Kinds.Namespace) yield return ("finalize", "", "v1", "Namespace", OnlyUpdate);
        if (kind == Kinds.ServiceAccount) yield return ("token", "authentication.k8s.io", "v1", "TokenRequest", OnlyCreate);
        if (kind == Kinds.Node) yield return ("proxy", "", "v1", "NodeProxyOptions", Proxied);
        if (kind != Kinds.Pod) yield break;
        yield return ("binding", "", "v1", "Binding", OnlyCreate);
        yield return ("eviction", "policy", "v1", "Eviction", OnlyCreate);
    }

    internal IReadOnlyList<KindInfo> KindsOf(string group) =>
        [.. _served.Where(kind => kind.Group == group).OrderBy(kind => kind.Plural, StringComparer.Ordinal)];

    private APIGroup Group(string group)
    {
        var versions = _served.Where(kind => kind.Group == group).Select(kind => kind.Version).Distinct(StringComparer.Ordinal)
            .Select(version => new GroupVersionForDiscovery { GroupVersion = $"{group}/{version}", Version = version }).ToList();
        return new APIGroup { Name = group, Versions = versions, PreferredVersion = versions[0] };
    }

    private static APIResource Own(KindInfo kind) => new()
    {
        Name = kind.Plural,
        SingularName = kind.Singular,
        Namespaced = kind.Namespaced,
        Kind = kind.Kind,
        Verbs = kind.Verbs,
        ShortNames = kind.ShortNames,
        Categories = kind.Categories,
    };

    private static APIResource Nested(KindInfo kind, (string Name, string Group, string Version, string Kind, string[] Verbs) sub) => new()
    {
        Name = $"{kind.Plural}/{sub.Name}",
        Namespaced = kind.Namespaced,
        Group = sub.Group == kind.Group ? "" : sub.Group,
        Version = sub.Group == kind.Group ? "" : sub.Version,
        Kind = sub.Kind,
        Verbs = sub.Verbs,
    };
}
