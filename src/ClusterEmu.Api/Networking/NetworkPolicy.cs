namespace ClusterEmu.Api;

[Doc("Which traffic some Pods accept and send. Without any policy everything is allowed; several policies add up.")]
public sealed record NetworkPolicy : IKubeObject
{
    public string Kind => "NetworkPolicy";
    public string ApiVersion => "networking.k8s.io/v1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("What is wanted.")]
    public NetworkPolicySpec Spec { get => field ?? NetworkPolicySpec.Empty; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

[Doc("Which Pods are meant, and what is allowed.")]
public sealed record NetworkPolicySpec
{
    public static readonly NetworkPolicySpec Empty = new();

    [Doc("The Pods that are meant. An empty selector means all of the namespace.")]
    [MustBeGiven]
    public LabelSelector PodSelector { get => field ?? LabelSelector.Empty; init; }

    [Doc("What may come in; each rule allows more. None allows nothing, if policyTypes has Ingress.")]
    public IReadOnlyList<NetworkPolicyIngressRule> Ingress { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("What may go out; each rule allows more. None allows nothing, if policyTypes has Egress.")]
    public IReadOnlyList<NetworkPolicyEgressRule> Egress { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Which directions the policy is about: Ingress, Egress or both. Defaults to Ingress, and Egress too if there are egress rules.")]
    [GoType("v1.PolicyType")]
    public IReadOnlyList<string> PolicyTypes { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("Traffic that may come in: from any of these peers to any of these ports.")]
public sealed record NetworkPolicyIngressRule
{
    [Doc("The ports. None means all.")]
    public IReadOnlyList<NetworkPolicyPort> Ports { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("The peers. None means everybody.")]
    public IReadOnlyList<NetworkPolicyPeer> From { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("Traffic that may go out: to any of these peers at any of these ports.")]
public sealed record NetworkPolicyEgressRule
{
    [Doc("The ports. None means all.")]
    public IReadOnlyList<NetworkPolicyPort> Ports { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("The peers. None means everybody.")]
    public IReadOnlyList<NetworkPolicyPeer> To { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("A port, or a range of ports.")]
public sealed record NetworkPolicyPort
{
    [Doc("TCP (the default), UDP or SCTP.")]
    [GoType("v1.Protocol")]
    public string? Protocol { get; init; }

    [Doc("The number or name. Left out, all ports.")]
    public IntOrString? Port { get; init; }

    [Doc("The last port of a range that begins at port.")]
    public int? EndPort { get; init; }
}

[Doc("Whom traffic may come from or go to.")]
public sealed record NetworkPolicyPeer
{
    [Doc("Pods: of this policy's namespace, or of those that namespaceSelector selects.")]
    public LabelSelector? PodSelector { get; init; }

    [Doc("Namespaces. Alone, all of their Pods are meant.")]
    public LabelSelector? NamespaceSelector { get; init; }

    [Doc("A range of addresses. Cannot be combined with the others.")]
    public IPBlock? IPBlock { get; init; }
}

[Doc("A range of addresses with exceptions.")]
public sealed record IPBlock
{
    [Doc("The range, such as 192.168.0.0/16 or 2001:db8::/64.")]
    [AlwaysWritten]
    public string CIDR { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Ranges within it that are left out.")]
    public IReadOnlyList<string> Except { get => field ?? []; init => field = Absent.IfEmpty(value); }
}
