namespace ClusterEmu.Api;

/// <summary>The fields of a kind that a field selector may name.</summary>
/// <remarks>Source: pkg/apis/core/v1/conversion.go and the registries' <c>ToSelectableFields</c>.</remarks>
public sealed class SelectableFields<T> where T : class, IKubeObject
{
    /// <summary>Name and namespace, as every kind has them.</summary>
    public static readonly SelectableFields<T> MetadataOnly = new();

    private readonly List<(string Label, Func<T, string> Value)> _fields =
    [
        ("metadata.name", value => value.Metadata.Name),
        ("metadata.namespace", value => value.Metadata.Namespace),
    ];

    /// <summary>Old names that are still understood.</summary>
    public IReadOnlyDictionary<string, string> Aliases { get; init; } = EmptyMap.Strings;

    /// <summary>The fields that this kind offers besides its name and namespace.</summary>
    public IReadOnlyList<(string Label, Func<T, string> Value)> Own
    {
        get => _fields[2..];
        init => _fields.AddRange(value);
    }

    public IReadOnlyList<string> Labels => _fields.ConvertAll(offered => offered.Label);

    /// <exception cref="SelectorException">The kind does not offer this field.</exception>
    public string LabelFor(string label)
    {
        label = Aliases.GetValueOrDefault(label, label);
        if (_fields.Exists(offered => offered.Label == label)) return label;
        throw new SelectorException(_fields.Count == 2
            ? $"\"{label}\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\""
            : $"field label not supported: {label}");
    }

    public string Value(T value, string label)
    {
        foreach (var (name, read) in _fields)
            if (name == label) return read(value);
        return "";
    }
}

/// <summary>The kinds that offer more than name and namespace.</summary>
internal static partial class KindFields
{
    public static readonly SelectableFields<Pod> Pod = new()
    {
        Aliases = new Dictionary<string, string> { ["spec.host"] = "spec.nodeName" },
        Own =
        [
            ("spec.nodeName", pod => pod.Spec.NodeName),
            ("spec.restartPolicy", pod => pod.Spec.RestartPolicy),
            ("spec.schedulerName", pod => pod.Spec.SchedulerName),
            ("spec.serviceAccountName", pod => pod.Spec.ServiceAccountName),
            ("spec.hostNetwork", pod => pod.Spec.HostNetwork ? "true" : "false"),
            ("status.phase", pod => pod.Status.Phase),
            ("status.podIP", pod => pod.Status.PodIP),
            ("status.podIPs", pod => pod.Status.PodIPs is [var first, ..] ? first.IP : ""),
            ("status.nominatedNodeName", pod => pod.Status.NominatedNodeName),
        ],
    };

    public static readonly SelectableFields<Node> Node = new()
    {
        Own = [("spec.unschedulable", node => node.Spec.Unschedulable ? "true" : "false")],
    };

    public static readonly SelectableFields<Namespace> Namespace = new()
    {
        Aliases = new Dictionary<string, string> { ["name"] = "metadata.name" },
        Own = [("status.phase", ns => ns.Status.Phase)],
    };

    public static readonly SelectableFields<Service> Service = new()
    {
        Own = [("spec.clusterIP", service => service.Spec.ClusterIP), ("spec.type", service => service.Spec.Type)],
    };

    public static readonly SelectableFields<Secret> Secret = new()
    {
        Own = [("type", secret => secret.Type)],
    };

    public static readonly SelectableFields<ReplicaSet> ReplicaSet = new()
    {
        Own = [("status.replicas", set => set.Status.Replicas.ToString(System.Globalization.CultureInfo.InvariantCulture))],
    };

    public static readonly SelectableFields<Event> Event = new()
    {
        Own =
        [
            ("involvedObject.kind", about => about.InvolvedObject.Kind),
            ("involvedObject.namespace", about => about.InvolvedObject.Namespace),
            ("involvedObject.name", about => about.InvolvedObject.Name),
            ("involvedObject.uid", about => about.InvolvedObject.Uid),
            ("involvedObject.apiVersion", about => about.InvolvedObject.ApiVersion),
            ("involvedObject.resourceVersion", about => about.InvolvedObject.ResourceVersion),
            ("involvedObject.fieldPath", about => about.InvolvedObject.FieldPath),
            ("reason", about => about.Reason),
            ("reportingComponent", about => about.ReportingComponent),
            ("source", about => about.Source.Component.Length > 0 ? about.Source.Component : about.ReportingComponent),
            ("type", about => about.Type),
        ],
    };
}
