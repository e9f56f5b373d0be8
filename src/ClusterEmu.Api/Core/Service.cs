namespace ClusterEmu.Api;

[Doc("A name and a virtual address for a set of Pods, so that clients need not know which Pods there are.")]
public sealed record Service : IKubeObject
{
    public string Kind => "Service";
    public string ApiVersion => "v1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("What the Service should be.")]
    public ServiceSpec Spec { get => field ?? ServiceSpec.Empty; init; }

    [Doc("What the cloud and the controllers report.")]
    public ServiceStatus Status { get => field ?? ServiceStatus.Empty; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

[Doc("What a Service should be.")]
public sealed record ServiceSpec
{
    public static readonly ServiceSpec Empty = new();

    [Doc("The ports that the Service offers. A headless Service may have none.")]
    [PatchMerge("port"), MapList("port", "protocol")]
    public IReadOnlyList<ServicePort> Ports { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Labels of the Pods behind this Service. Without a selector the endpoints are written by hand. Unused if type is ExternalName.")]
    [AtomicField]
    public IReadOnlyDictionary<string, string> Selector { get => field ?? EmptyMap.Strings; init => field = Absent.IfEmpty(value); }

    [Doc(
        "The virtual address. Assigned if left out; None makes the Service headless: DNS then answers with the Pods' own addresses. "
        + "Cannot be changed later, except by changing the type to or from ExternalName.")]
    public string ClusterIP { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("All virtual addresses, one per IP family; the first one equals clusterIP.")]
    public IReadOnlyList<string> ClusterIPs { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc(
        "How the Service can be reached: ClusterIP (inside only, the default), NodePort (also on a port of every node), LoadBalancer "
        + "(also at an address of the cloud), ExternalName (only a DNS alias).")]
    [GoType("v1.ServiceType")]
    public string Type { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Further addresses at which nodes accept traffic for this Service. Bringing traffic there is up to you.")]
    public IReadOnlyList<string> ExternalIPs { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("ClientIP sends all connections of one client address to the same Pod; None (the default) picks a Pod for each connection.")]
    [GoType("v1.ServiceAffinity")]
    public string SessionAffinity { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The address that the load balancer should get, if the cloud allows that. Deprecated.")]
    public string LoadBalancerIP { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Client networks, in CIDR form, that may use the load balancer. All may if left out.")]
    public IReadOnlyList<string> LoadBalancerSourceRanges { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("The DNS name that this Service stands for. Needs type ExternalName.")]
    public string ExternalName { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc(
        "Local keeps traffic from outside on the node that it came to, and so keeps the client's address; Cluster (the default) spreads "
        + "it over all nodes.")]
    [GoType("v1.ServiceExternalTrafficPolicy")]
    public string ExternalTrafficPolicy { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc(
        "The port where nodes tell load balancers whether they have Pods of this Service. For type LoadBalancer with "
        + "externalTrafficPolicy Local. Assigned if left out.")]
    public int HealthCheckNodePort { get; init; }

    [Doc("True shows Pods in DNS and sends them traffic before they are ready.")]
    public bool PublishNotReadyAddresses { get; init; }

    [Doc("How session affinity works.")]
    public SessionAffinityConfig? SessionAffinityConfig { get; init; }

    [Doc("IPv4, IPv6 or both, in the order of clusterIPs.")]
    [GoType("v1.IPFamily")]
    public IReadOnlyList<string> IPFamilies { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("SingleStack, PreferDualStack or RequireDualStack.")]
    [GoType("v1.IPFamilyPolicy")]
    public string? IPFamilyPolicy { get; init; }

    [Doc("False keeps a LoadBalancer Service from getting node ports. Defaults to true.")]
    public bool? AllocateLoadBalancerNodePorts { get; init; }

    [Doc("Which load balancer implementation is responsible. The cloud's own one if left out.")]
    public string? LoadBalancerClass { get; init; }

    [Doc("Local sends traffic from Pods only to Pods on the same node, and drops it if there are none; Cluster (the default) to all.")]
    [GoType("v1.ServiceInternalTrafficPolicy")]
    public string? InternalTrafficPolicy { get; init; }

    [Doc("A preference among endpoints: PreferClose prefers those in the client's zone.")]
    public string? TrafficDistribution { get; init; }

    [Doc("Node labels to match, in order of preference, between client and Pod. Of Kubernetes up to 1.21; later releases ignore it.")]
    public IReadOnlyList<string> TopologyKeys { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("One port of a Service.")]
public sealed record ServicePort
{
    [Doc("The port's name. Required if the Service has several ports; DNS SRV records use it.")]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("TCP (the default), UDP or SCTP.")]
    [GoType("v1.Protocol"), KeyDefault("TCP")]
    public string Protocol { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("What is spoken on this port, such as http or kubernetes.io/h2c. A hint for implementations.")]
    public string? AppProtocol { get; init; }

    [Doc("The port that clients use, 1 to 65535.")]
    [AlwaysWritten]
    public int Port { get; init; }

    [Doc("The port of the Pods: a number, or the name of a container port. Equals port if left out.")]
    [AlwaysWritten]
    public IntOrString TargetPort { get; init; }

    [Doc("The port on every node, for types NodePort and LoadBalancer. Assigned from 30000-32767 if left out.")]
    public int NodePort { get; init; }
}

[Doc("How session affinity works.")]
public sealed record SessionAffinityConfig
{
    [Doc("Settings for affinity by client address.")]
    public ClientIPConfig? ClientIP { get; init; }
}

[Doc("Settings for affinity by client address.")]
public sealed record ClientIPConfig
{
    [Doc("How long a client keeps its Pod after its last connection: 1 to 86400 seconds, 10800 if left out.")]
    public int? TimeoutSeconds { get; init; }
}
