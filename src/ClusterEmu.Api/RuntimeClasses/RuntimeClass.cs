namespace ClusterEmu.Api;

[Doc("A way of running containers that Pods can ask for by name.")]
public sealed record RuntimeClass : IKubeObject
{
    public string Kind => "RuntimeClass";
    public string ApiVersion => "node.k8s.io/v1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("What the nodes' container runtimes call it. Cannot be changed.")]
    [AlwaysWritten]
    public string Handler { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("What running a Pod this way costs beside its containers.")]
    public RuntimeClassOverhead? Overhead { get; init; }

    [Doc("Which nodes have it. Left out, all do.")]
    public RuntimeClassScheduling? Scheduling { get; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

[Doc("What running a Pod costs beside its containers.")]
[GoName("Overhead", "v1")]
public sealed record RuntimeClassOverhead
{
    [Doc("The fixed cost of each Pod.")]
    public IReadOnlyDictionary<string, Quantity> PodFixed { get => field ?? EmptyMap.Quantities; init => field = Absent.IfEmpty(value); }
}

[Doc("Which nodes can run Pods of a class.")]
[GoName("Scheduling", "v1")]
public sealed record RuntimeClassScheduling
{
    [Doc("Labels that such nodes have. They are added to the Pod's own nodeSelector.")]
    public IReadOnlyDictionary<string, string> NodeSelector { get => field ?? EmptyMap.Strings; init => field = Absent.IfEmpty(value); }

    [Doc("Tolerations that such Pods get beside their own.")]
    public IReadOnlyList<Toleration> Tolerations { get => field ?? []; init => field = Absent.IfEmpty(value); }
}
