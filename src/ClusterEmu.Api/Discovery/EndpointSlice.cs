namespace ClusterEmu.Api;

[Doc("A part of the addresses behind a Service.")]
public sealed record EndpointSlice : IKubeObject
{
    public string Kind => "EndpointSlice";
    public string ApiVersion => "discovery.k8s.io/v1";

    [Doc("Name, labels and everything else that all objects carry.")]
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

[Doc("One place behind a Service.")]
public sealed record Endpoint
{
    [Doc("Its addresses, all of the slice's type. Clients use the first one.")]
    [SetList, AlwaysWritten]
    public IReadOnlyList<string> Addresses { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Whether it takes traffic.")]
    public EndpointConditions Conditions { get => field ?? EndpointConditions.Empty; init; }

    [Doc("The name that DNS gives it below the Service's.")]
    public string? Hostname { get; init; }

    [Doc("The Pod that it belongs to.")]
    public ObjectReference? TargetRef { get; init; }

    [Doc("Labels of where it is, from discovery.k8s.io/v1beta1. Cannot be written any more.")]
    public IReadOnlyDictionary<string, string> DeprecatedTopology { get => field ?? EmptyMap.Strings; init => field = Absent.IfEmpty(value); }

    [Doc("The node that it is on.")]
    public string? NodeName { get; init; }

    [Doc("The zone that it is in.")]
    public string? Zone { get; init; }

    [Doc("Who should use it.")]
    public EndpointHints? Hints { get; init; }
}

[Doc("Whether an endpoint takes traffic.")]
public sealed record EndpointConditions
{
    public static readonly EndpointConditions Empty = new();

    [Doc("It takes traffic. Unknown counts as true. Endpoints on their way out are not ready, unless publishNotReadyAddresses is set.")]
    public bool? Ready { get; init; }

    [Doc("It passes its readiness probe, be it on its way out or not.")]
    public bool? Serving { get; init; }

    [Doc("It is on its way out.")]
    public bool? Terminating { get; init; }
}

[Doc("Who should use an endpoint.")]
public sealed record EndpointHints
{
    [Doc("Clients in these zones, at most 8.")]
    public IReadOnlyList<ForZone> ForZones { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("Clients in a zone.")]
public sealed record ForZone
{
    [Doc("The zone.")]
    [AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[Doc("A port of all endpoints of a slice.")]
[AtomicField]
[GoName("EndpointPort")]
public sealed record EndpointSlicePort
{
    [Doc("The name of the Service's port. Unique in the slice.")]
    public string? Name { get; init; }

    [Doc("TCP (the default), UDP or SCTP.")]
    [GoType("v1.Protocol")]
    public string? Protocol { get; init; }

    [Doc("The number. Left out: what that means is up to who reads it.")]
    public int? Port { get; init; }

    [Doc("What is spoken on this port, such as http or kubernetes.io/h2c.")]
    public string? AppProtocol { get; init; }
}
