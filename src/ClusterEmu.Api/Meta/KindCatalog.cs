namespace ClusterEmu.Api;

/// <summary>Finds kinds by what a request or an object says.</summary>
public static class KindCatalog
{
    private static readonly KindInfo[] Transient = [Kinds.Binding, Kinds.Scale];

    /// <summary>Every kind that is stored and listed. Binding and Scale are not among them, but the look-ups below know those too.</summary>
    public static IReadOnlyList<KindInfo> All { get; } =
    [
        Kinds.Namespace, Kinds.Node, Kinds.Pod, Kinds.Service, Kinds.Endpoints, Kinds.ConfigMap, Kinds.Secret, Kinds.ServiceAccount,
        Kinds.Event, Kinds.EndpointSlice, Kinds.Lease, Kinds.Deployment, Kinds.ReplicaSet,
    ];

    private static readonly Dictionary<Type, KindInfo> ByType = All.Concat(Transient).ToDictionary(kind => kind.ClrType);

    private static readonly Dictionary<(string Group, string Version, string Plural), KindInfo> ByPlural =
        All.Append(Kinds.Binding).ToDictionary(kind => (kind.Group, kind.Version, kind.Plural));

    private static readonly Dictionary<(string ApiVersion, string Kind), KindInfo> ByName =
        All.Concat(Transient).ToDictionary(kind => (kind.ApiVersion, kind.Kind));

    /// <exception cref="ArgumentException">The object is of no kind that is served.</exception>
    public static KindInfo Of(IKubeObject value) => OfType(value.GetType());

    /// <inheritdoc cref="Of(IKubeObject)"/>
    public static KindInfo<T> Of<T>() where T : class, IKubeObject => (KindInfo<T>)OfType(typeof(T));

    /// <summary>By the parts of a URL; the group is empty for the core group. Null if nothing is served there.</summary>
    public static KindInfo? Find(string group, string version, string plural) => ByPlural.GetValueOrDefault((group, version, plural));

    /// <summary>By what a manifest says: <c>apps/v1</c> and <c>Deployment</c>. Null if there is no such kind.</summary>
    public static KindInfo? ByKind(string apiVersion, string kind) => ByName.GetValueOrDefault((apiVersion, kind));

    /// <summary>By what people type: plural, singular, short name or kind, in any case, with or without group (<c>deploy</c>, <c>deployments.apps</c>).</summary>
    public static KindInfo? ByAnyName(string name)
    {
        var plain = name.ToLowerInvariant();
        return All.FirstOrDefault(kind =>
            plain == kind.Plural || plain == kind.Singular || plain == kind.QualifiedPlural
            || plain == kind.Kind.ToLowerInvariant() || kind.ShortNames.Contains(plain));
    }

    private static KindInfo OfType(Type type) => ByType.GetValueOrDefault(type)
        ?? throw new ArgumentException($"{type.Name} is no kind that this cluster serves; those are: {string.Join(", ", ByType.Values.Select(kind => kind.Kind).Order(StringComparer.Ordinal))}.");
}
