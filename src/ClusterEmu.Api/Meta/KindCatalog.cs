namespace ClusterEmu.Api;

/// <summary>The kinds that every API server serves, found by what a request or an object says.</summary>
public static class KindCatalog
{
    /// <summary>The directory of these kinds.</summary>
    public static ServedKinds BuiltIn { get; } = new(
        [
            .. Kinds.Core, .. Kinds.Discovery, .. Kinds.Coordination, .. Kinds.Apps, .. Kinds.Batch,
            .. Kinds.Policy, .. Kinds.Autoscaling, .. Kinds.Networking, .. Kinds.Storage, .. Kinds.Rbac, .. Kinds.Scheduling, .. Kinds.NodeClasses, .. Kinds.Certificates,
            .. ConvertedKinds.All,
        ],
        [Kinds.Binding, Kinds.Scale, Kinds.Eviction, Kinds.EvictionV1Beta1, .. Kinds.Authentication, .. Kinds.Authorization]);

    private static readonly Dictionary<Type, KindInfo> ByType = BuiltIn.All.Concat(BuiltIn.Transient).ToDictionary(kind => kind.ClrType);

    /// <inheritdoc cref="ServedKinds.All"/>
    public static IReadOnlyList<KindInfo> All => BuiltIn.All;

    /// <inheritdoc cref="ServedKinds.Stored"/>
    public static IReadOnlyList<KindInfo> Stored => BuiltIn.Stored;

    /// <exception cref="ArgumentException">The object is of no kind that is served.</exception>
    public static KindInfo Of(IKubeObject value) => OfType(value.GetType());

    /// <inheritdoc cref="Of(IKubeObject)"/>
    public static KindInfo<T> Of<T>() where T : class, IKubeObject => (KindInfo<T>)OfType(typeof(T));

    /// <inheritdoc cref="ServedKinds.Find"/>
    public static KindInfo? Find(string group, string version, string plural) => BuiltIn.Find(group, version, plural);

    /// <inheritdoc cref="ServedKinds.ByKind"/>
    public static KindInfo? ByKind(string apiVersion, string kind) => BuiltIn.ByKind(apiVersion, kind);

    /// <inheritdoc cref="ServedKinds.ByAnyName"/>
    public static KindInfo? ByAnyName(string name) => BuiltIn.ByAnyName(name);

    private static KindInfo OfType(Type type) => ByType.GetValueOrDefault(type)
        ?? throw new ArgumentException($"{type.Name} is no kind that this cluster serves; those are: {string.Join(", ", ByType.Values.Select(kind => kind.Kind).Order(StringComparer.Ordinal))}.");
}
