namespace ClusterEmu.Api;

[Doc("The addresses behind a Service, in the older form.")]
public sealed record Endpoints : IKubeObject
{
    public string Kind => "Endpoints";
    public string ApiVersion => "v1";
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("Addresses that share the same ports.")]
    public IReadOnlyList<EndpointSubset> Subsets { get => field ?? []; init => field = Absent.IfEmpty(value); }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

public sealed record EndpointSubset
{
    public IReadOnlyList<EndpointAddress> Addresses { get => field ?? []; init => field = Absent.IfEmpty(value); }
    public IReadOnlyList<EndpointAddress> NotReadyAddresses { get => field ?? []; init => field = Absent.IfEmpty(value); }
    public IReadOnlyList<EndpointPort> Ports { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[AtomicField]
public sealed record EndpointAddress
{
    [AlwaysWritten]
    public string IP { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string Hostname { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string? NodeName { get; init; }
    public ObjectReference? TargetRef { get; init; }
}

[AtomicField]
public sealed record EndpointPort
{
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public int Port { get; init; }

    [GoType("v1.Protocol")]
    public string Protocol { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string? AppProtocol { get; init; }
}
