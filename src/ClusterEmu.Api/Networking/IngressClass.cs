namespace ClusterEmu.Api;

[Doc("Names a controller for Ingresses. The annotation ingressclass.kubernetes.io/is-default-class makes it the class of those that name none.")]
public sealed record IngressClass : IKubeObject
{
    public string Kind => "IngressClass";
    public string ApiVersion => "networking.k8s.io/v1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("Which controller, and its settings.")]
    public IngressClassSpec Spec { get => field ?? IngressClassSpec.Empty; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

[Doc("Which controller, and its settings.")]
public sealed record IngressClassSpec
{
    public static readonly IngressClassSpec Empty = new();

    [Doc("The controller, as a path with a domain before it: example.com/ingress. At most 250 characters. Cannot be changed.")]
    public string Controller { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("An object with further settings.")]
    public IngressClassParametersReference? Parameters { get; init; }
}

[Doc("Names an object with settings of a controller.")]
public sealed record IngressClassParametersReference
{
    [Doc("Its group. Left out, the core group.")]
    public string? APIGroup { get; init; }

    [Doc("Its kind.")]
    [AlwaysWritten]
    public string Kind { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Its name.")]
    [AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Whether it is in a namespace: Cluster (the default) or Namespace.")]
    public string? Scope { get; init; }

    [Doc("Its namespace. Required with scope Namespace, refused with Cluster.")]
    public string? Namespace { get; init; }
}
