namespace ClusterEmu.Api;

[Doc("The addresses behind a Service, in the older form.")]
public sealed record Endpoints : IKubeObject
{
    public string Kind => "Endpoints";
    public string ApiVersion => "v1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("Addresses that share the same ports.")]
    public IReadOnlyList<EndpointSubset> Subsets { get => field ?? []; init => field = Absent.IfEmpty(value); }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

[Doc("Addresses that share the same ports. Every address goes with every port.")]
public sealed record EndpointSubset
{
    [Doc("Addresses that are ready for traffic.")]
    public IReadOnlyList<EndpointAddress> Addresses { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Addresses that are not.")]
    public IReadOnlyList<EndpointAddress> NotReadyAddresses { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("The ports.")]
    public IReadOnlyList<EndpointPort> Ports { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("An address behind a Service.")]
[AtomicField]
public sealed record EndpointAddress
{
    [Doc("The address. No loopback or link-local one.")]
    [AlwaysWritten]
    public string IP { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The name that DNS gives it below the Service's.")]
    public string Hostname { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The node that it is on.")]
    public string? NodeName { get; init; }

    [Doc("The Pod that it belongs to.")]
    public ObjectReference? TargetRef { get; init; }
}

[Doc("A port behind a Service.")]
[AtomicField]
public sealed record EndpointPort
{
    [Doc("The name of the Service's port. May be left out if there is but one.")]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The number.")]
    [AlwaysWritten]
    public int Port { get; init; }

    [Doc("TCP (the default), UDP or SCTP.")]
    [GoType("v1.Protocol")]
    public string Protocol { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("What is spoken on this port, such as http or kubernetes.io/h2c.")]
    public string? AppProtocol { get; init; }
}
