namespace ClusterEmu.Api;

[Doc("A part of the addresses behind a Service.")]
public sealed record EndpointSlice : IKubeObject
{
    public string Kind => "EndpointSlice";
    public string ApiVersion => "discovery.k8s.io/v1";
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("IPv4, IPv6 or FQDN. Cannot be changed.")]
    [GoType("v1.AddressType"), AlwaysWritten]
    public string AddressType { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The addresses, up to 1000.")]
    [AlwaysWritten]
    public IReadOnlyList<Endpoint> Endpoints { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("The ports that all of them offer. None means all ports.")]
    [AlwaysWritten]
    public IReadOnlyList<EndpointSlicePort> Ports { get => field ?? []; init => field = Absent.IfEmpty(value); }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

public sealed record Endpoint
{
    [SetList, AlwaysWritten]
    public IReadOnlyList<string> Addresses { get => field ?? []; init => field = Absent.IfEmpty(value); }
    public EndpointConditions Conditions { get => field ?? EndpointConditions.Empty; init; }
    public string? Hostname { get; init; }
    public ObjectReference? TargetRef { get; init; }
    public IReadOnlyDictionary<string, string> DeprecatedTopology { get => field ?? EmptyMap.Strings; init => field = Absent.IfEmpty(value); }
    public string? NodeName { get; init; }
    public string? Zone { get; init; }
    public EndpointHints? Hints { get; init; }
}

public sealed record EndpointConditions
{
    public static readonly EndpointConditions Empty = new();

    public bool? Ready { get; init; }
    public bool? Serving { get; init; }
    public bool? Terminating { get; init; }
}

public sealed record EndpointHints
{
    public IReadOnlyList<ForZone> ForZones { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

public sealed record ForZone
{
    [AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[AtomicField]
public sealed record EndpointSlicePort
{
    public string? Name { get; init; }

    [GoType("v1.Protocol")]
    public string? Protocol { get; init; }
    public int? Port { get; init; }
    public string? AppProtocol { get; init; }
}
