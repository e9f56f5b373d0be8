namespace ClusterEmu.Api;

[Doc("What a Pod should run, and where.")]
public sealed record PodSpec
{
    public static readonly PodSpec Empty = new();

    [Doc("Storage that containers can mount.")]
    [PatchMerge("name"), PatchRetainKeys, MapList("name")]
    public IReadOnlyList<Volume> Volumes { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Containers that run one after the other, to their end, before the others start.")]
    [PatchMerge("name"), MapList("name")]
    public IReadOnlyList<Container> InitContainers { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("The containers; at least one.")]
    [PatchMerge("name"), MapList("name"), AlwaysWritten]
    public IReadOnlyList<Container> Containers { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Containers added to a running Pod for debugging.")]
    [PatchMerge("name"), MapList("name")]
    public IReadOnlyList<EphemeralContainer> EphemeralContainers { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("When ended containers are started again: Always (the default), OnFailure or Never.")]
    [GoType("v1.RestartPolicy")]
    public string RestartPolicy { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Time to end in an orderly way before containers are killed. Defaults to 30.")]
    public long? TerminationGracePeriodSeconds { get; init; }

    [Doc("The Pod is ended as failed after this time.")]
    public long? ActiveDeadlineSeconds { get; init; }

    [Doc(
        "Where names are looked up: ClusterFirst (the default), ClusterFirstWithHostNet, Default (as the node does) or None (dnsConfig "
        + "alone).")]
    [GoType("v1.DNSPolicy")]
    public string DnsPolicy { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Labels that the node must have.")]
    [AtomicField]
    public IReadOnlyDictionary<string, string> NodeSelector { get => field ?? EmptyMap.Strings; init => field = Absent.IfEmpty(value); }

    [Doc("The identity of the Pod towards the API.")]
    public string ServiceAccountName { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The old name of serviceAccountName.")]
    public string ServiceAccount { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("False keeps the identity's token out of the containers.")]
    public bool? AutomountServiceAccountToken { get; init; }

    [Doc("The node that this Pod runs on. The scheduler sets it.")]
    public string NodeName { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("True uses the node's network and address instead of an own one.")]
    public bool HostNetwork { get; init; }

    [Doc("True shares the node's processes.")]
    public bool HostPID { get; init; }

    [Doc("True shares the node's inter-process communication.")]
    public bool HostIPC { get; init; }

    [Doc("True lets the Pod's containers see each other's processes.")]
    public bool? ShareProcessNamespace { get; init; }

    [Doc("Users, groups and privileges for all containers.")]
    public PodSecurityContext? SecurityContext { get; init; }

    [Doc("Secrets for image registries.")]
    [PatchMerge("name"), MapList("name")]
    public IReadOnlyList<LocalObjectReference> ImagePullSecrets { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("The host name inside the Pod. Its own name if left out.")]
    public string Hostname { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("With a headless Service of this name, the Pod gets the DNS name hostname.subdomain.namespace.svc.")]
    public string Subdomain { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Rules on which nodes, and near which other Pods, the Pod should run.")]
    public Affinity? Affinity { get; init; }

    [Doc("The scheduler that places this Pod.")]
    public string SchedulerName { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Taints of nodes that do not keep this Pod away.")]
    public IReadOnlyList<Toleration> Tolerations { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Lines for the containers' hosts file.")]
    [PatchMerge("ip"), MapList("ip")]
    public IReadOnlyList<HostAlias> HostAliases { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("The class that gives the Pod its priority.")]
    public string PriorityClassName { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The priority; higher is more important.")]
    public int? Priority { get; init; }

    [Doc("Name servers, search domains and options besides those of dnsPolicy.")]
    public PodDNSConfig? DnsConfig { get; init; }

    [Doc("Further conditions that must be True before the Pod counts as ready.")]
    public IReadOnlyList<PodReadinessGate> ReadinessGates { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("The container runtime to use.")]
    public string? RuntimeClassName { get; init; }

    [Doc("False leaves out the environment variables that describe Services. Defaults to true.")]
    public bool? EnableServiceLinks { get; init; }

    [Doc("Whether this Pod may push out others: PreemptLowerPriority (the default) or Never.")]
    [GoType("v1.PreemptionPolicy")]
    public string? PreemptionPolicy { get; init; }

    [Doc("Resources that the runtime needs besides the containers.")]
    public IReadOnlyDictionary<string, Quantity> Overhead { get => field ?? EmptyMap.Quantities; init => field = Absent.IfEmpty(value); }

    [Doc("How Pods like this one should be spread over zones or nodes.")]
    [PatchMerge("topologyKey"), MapList("topologyKey", "whenUnsatisfiable")]
    public IReadOnlyList<TopologySpreadConstraint> TopologySpreadConstraints { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("True makes the host name the full DNS name.")]
    public bool? SetHostnameAsFQDN { get; init; }

    [Doc("The operating system of the containers.")]
    public PodOS? Os { get; init; }

    [Doc("False gives the Pod users of its own.")]
    public bool? HostUsers { get; init; }

    [Doc("The Pod is not scheduled while this list has entries.")]
    [PatchMerge("name"), MapList("name")]
    public IReadOnlyList<PodSchedulingGate> SchedulingGates { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Devices that must be allocated before the Pod starts.")]
    [PatchMerge("name"), PatchRetainKeys, MapList("name")]
    public IReadOnlyList<PodResourceClaim> ResourceClaims { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Requests and limits for the Pod as a whole.")]
    public ResourceRequirements? Resources { get; init; }
}

[Doc("A taint that does not keep a Pod away.")]
public sealed record Toleration
{
    [Doc("The taint's key. All keys if left out with operator Exists.")]
    public string Key { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Equal (the default) or Exists, which takes any value.")]
    [GoType("v1.TolerationOperator")]
    public string Operator { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The taint's value, for Equal.")]
    public string Value { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("NoSchedule, PreferNoSchedule or NoExecute. All of them if left out.")]
    [GoType("v1.TaintEffect")]
    public string Effect { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("How long a NoExecute taint is borne. For ever if left out.")]
    public long? TolerationSeconds { get; init; }
}

[Doc("A line of a hosts file.")]
public sealed record HostAlias
{
    [Doc("The address.")]
    [AlwaysWritten]
    public string IP { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The names for it.")]
    public IReadOnlyList<string> Hostnames { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("Where names are looked up, besides what dnsPolicy says.")]
public sealed record PodDNSConfig
{
    [Doc("Addresses of name servers, at most 3.")]
    public IReadOnlyList<string> Nameservers { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Domains to look for short names in, at most 32.")]
    public IReadOnlyList<string> Searches { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Options of the resolver.")]
    public IReadOnlyList<PodDNSConfigOption> Options { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("An option of the resolver.")]
public sealed record PodDNSConfigOption
{
    [Doc("The option, such as ndots.")]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Its value.")]
    public string? Value { get; init; }
}

[Doc("A condition that must be True before a Pod counts as ready.")]
public sealed record PodReadinessGate
{
    [Doc("The condition's type.")]
    [GoType("v1.PodConditionType"), AlwaysWritten]
    public string ConditionType { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[Doc("The operating system of a Pod's containers.")]
public sealed record PodOS
{
    [Doc("linux or windows.")]
    [GoType("v1.OSName"), AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[Doc("Something that must happen before a Pod is scheduled.")]
public sealed record PodSchedulingGate
{
    [Doc("What must happen. Whoever sees to it takes the gate away.")]
    [AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[Doc("A claim for devices.")]
public sealed record PodResourceClaim
{
    [Doc("What containers call it.")]
    [AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The ResourceClaim.")]
    public string? ResourceClaimName { get; init; }

    [Doc("The ResourceClaimTemplate of which a ResourceClaim is made for this Pod.")]
    public string? ResourceClaimTemplateName { get; init; }
}
