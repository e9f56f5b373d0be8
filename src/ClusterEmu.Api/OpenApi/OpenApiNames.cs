namespace ClusterEmu.Api;

/// <summary>The names of schemas, such as <c>io.k8s.api.core.v1.Service</c>: made of the Go package that a type comes from.</summary>
internal static class OpenApiNames
{
    public const string Meta = "io.k8s.apimachinery.pkg.apis.meta.v1.";
    public const string Time = Meta + "Time";
    public const string MicroTime = Meta + "MicroTime";
    public const string ManagedFieldsEntry = Meta + "ManagedFieldsEntry";
    public const string FieldsV1 = Meta + "FieldsV1";
    public const string IntOrString = "io.k8s.apimachinery.pkg.util.intstr.IntOrString";
    public const string Quantity = "io.k8s.apimachinery.pkg.api.resource.Quantity";

    private static readonly HashSet<Type> MetaTypes =
    [
        typeof(ObjectMeta), typeof(OwnerReference), typeof(ListMeta), typeof(LabelSelector), typeof(LabelSelectorRequirement), typeof(Condition),
        typeof(Status), typeof(StatusDetails), typeof(StatusCause), typeof(DeleteOptions), typeof(Preconditions),
    ];

    private static readonly Lazy<Dictionary<Type, string>> Names = new(FindNames);

    public static string Of(Type record) => Names.Value[record];

    /// <summary>The package of a group's own kinds.</summary>
    public static string Package(string group, string version) => $"io.k8s.api.{(group.Length == 0 ? "core" : group.Split('.')[0])}.{version}.";

    /// <summary>Every type belongs to the group of the first kind that reaches it, and the core group comes first.</summary>
    private static Dictionary<Type, string> FindNames()
    {
        var names = new Dictionary<Type, string>();
        foreach (var type in MetaTypes) Add(type, Meta);
        Add(typeof(PodTemplateSpec), Package("", "v1")); // A type of the core group that only workloads use.
        Add(typeof(TopologySelectorTerm), Package("", "v1")); // Likewise; storage classes use it.
        foreach (var kind in KindCatalog.BuiltIn.All.Concat(KindCatalog.BuiltIn.Transient).OrderBy(kind => kind.Group.Length > 0))
            Add(kind.ClrType, Package(kind.Group, kind.Version));
        return names;

        void Add(Type type, string package)
        {
            if (!names.TryAdd(type, (MetaTypes.Contains(type) ? Meta : package) + RecordSchema.GoNameOf(type))) return;
            foreach (var field in RecordSchema.Of(type).Fields)
            {
                var value = field.Value;
                while (value.Item is not null) value = value.Item;
                if (value.RecordType is not null) Add(value.RecordType, package);
            }
        }
    }
}
