using System.Text.Json.Serialization;

namespace ClusterEmu.Api;

[Doc("A claim that must be renewed, such as a node's sign of life.")]
public sealed record Lease : IKubeObject
{
    public string Kind => "Lease";
    public string ApiVersion => "coordination.k8s.io/v1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("Who holds the Lease, and until when.")]
    public LeaseSpec Spec { get => field ?? LeaseSpec.Empty; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

[Doc("Who holds a Lease, and until when.")]
public sealed record LeaseSpec
{
    public static readonly LeaseSpec Empty = new();

    [Doc("Who holds it. Empty or left out: nobody.")]
    public string? HolderIdentity { get; init; }

    [Doc("How long after renewTime others must leave it alone.")]
    public int? LeaseDurationSeconds { get; init; }

    [Doc("When the holder got it.")]
    [JsonConverter(typeof(MicroTimeConverter))]
    public DateTimeOffset? AcquireTime { get; init => field = KubeTime.ToMicros(value); }

    [Doc("When the holder last renewed it.")]
    [JsonConverter(typeof(MicroTimeConverter))]
    public DateTimeOffset? RenewTime { get; init => field = KubeTime.ToMicros(value); }

    [Doc("How often it has gone from one holder to another.")]
    public int? LeaseTransitions { get; init; }

    [Doc("How holders are chosen where the API server coordinates the election. An alpha feature.")]
    [GoType("v1.CoordinatedLeaseStrategy")]
    public string? Strategy { get; init; }

    [Doc("Who should get it next. Only together with strategy.")]
    public string? PreferredHolder { get; init; }
}
