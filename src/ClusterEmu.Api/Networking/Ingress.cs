namespace ClusterEmu.Api;

[Doc("Which requests from outside go to which Service, by host and path. An ingress controller carries it out.")]
public sealed record Ingress : IKubeObject
{
    public string Kind => "Ingress";
    public string ApiVersion => "networking.k8s.io/v1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("What is wanted.")]
    public IngressSpec Spec { get => field ?? IngressSpec.Empty; init; }

    [Doc("Where the requests come in.")]
    public IngressStatus Status { get => field ?? IngressStatus.Empty; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

[Doc("The rules, and what happens to requests that match none. One of defaultBackend and rules must be set.")]
public sealed record IngressSpec
{
    public static readonly IngressSpec Empty = new();

    [Doc("The IngressClass, and so the controller, that is meant. Left out, the class marked as default is filled in.")]
    public string? IngressClassName { get; init; }

    [Doc("Where requests go that match no rule.")]
    public IngressBackend? DefaultBackend { get; init; }

    [Doc("For which hosts TLS ends here, and with which certificates.")]
    public IReadOnlyList<IngressTLS> TLS { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("The rules. The most special one that matches counts.")]
    public IReadOnlyList<IngressRule> Rules { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("Where requests go: a Service or another object, not both.")]
public sealed record IngressBackend
{
    public static readonly IngressBackend Empty = new();

    [Doc("A Service of the same namespace.")]
    public IngressServiceBackend? Service { get; init; }

    [Doc("Another object of the same namespace, such as a bucket, that the controller knows.")]
    public TypedLocalObjectReference? Resource { get; init; }
}

[Doc("A port of a Service.")]
public sealed record IngressServiceBackend
{
    [Doc("The Service's name.")]
    [AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Its port, by name or by number.")]
    public ServiceBackendPort Port { get => field ?? ServiceBackendPort.Empty; init; }
}

[Doc("A port of a Service, by name or by number, not both.")]
[AtomicField]
public sealed record ServiceBackendPort
{
    public static readonly ServiceBackendPort Empty = new();

    [Doc("The port's name in the Service.")]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The port's number in the Service.")]
    public int Number { get; init; }
}

[Doc("A certificate and the hosts that it is for.")]
public sealed record IngressTLS
{
    [Doc("Hosts that the certificate names. Left out, all that the controller takes it for.")]
    public IReadOnlyList<string> Hosts { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("The Secret with the certificate and its key. Left out, the controller decides.")]
    public string SecretName { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[Doc("What happens to requests for one host.")]
public sealed record IngressRule
{
    [Doc("The host, or *.example.com for all with one label more. Empty: all hosts.")]
    public string Host { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Its paths. Left out, all go to the defaultBackend.")]
    public HTTPIngressRuleValue? HTTP { get; init; }
}

[Doc("The paths of a host.")]
public sealed record HTTPIngressRuleValue
{
    [Doc("The paths with their backends.")]
    [AlwaysWritten]
    public IReadOnlyList<HTTPIngressPath> Paths { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("A path and where its requests go.")]
public sealed record HTTPIngressPath
{
    [Doc("The path, which must begin with a slash.")]
    public string Path { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("How it is compared: Exact, Prefix (by whole elements between slashes), or ImplementationSpecific (as the controller likes).")]
    [GoType("v1.PathType"), AlwaysWritten]
    public string? PathType { get; init; }

    [Doc("Where the requests go.")]
    [MustBeGiven]
    public IngressBackend Backend { get => field ?? IngressBackend.Empty; init; }
}

[Doc("Where the requests come in.")]
public sealed record IngressStatus
{
    public static readonly IngressStatus Empty = new();

    [Doc("The load balancer's addresses.")]
    public IngressLoadBalancerStatus LoadBalancer { get => field ?? IngressLoadBalancerStatus.Empty; init; }
}

[Doc("The addresses of a load balancer.")]
public sealed record IngressLoadBalancerStatus
{
    public static readonly IngressLoadBalancerStatus Empty = new();

    [Doc("The addresses.")]
    public IReadOnlyList<IngressLoadBalancerIngress> Ingress { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("One address of a load balancer.")]
public sealed record IngressLoadBalancerIngress
{
    [Doc("An IP address.")]
    public string IP { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("A DNS name.")]
    public string Hostname { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The ports that are open there.")]
    public IReadOnlyList<IngressPortStatus> Ports { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("A port of a load balancer.")]
public sealed record IngressPortStatus
{
    [Doc("Its number.")]
    [AlwaysWritten]
    public int Port { get; init; }

    [Doc("TCP, UDP or SCTP.")]
    [GoType("v1.Protocol"), AlwaysWritten]
    public string Protocol { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Why it does not work, as a word.")]
    public string? Error { get; init; }
}
