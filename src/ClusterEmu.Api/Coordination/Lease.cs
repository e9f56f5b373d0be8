using System.Text.Json.Serialization;

namespace ClusterEmu.Api;

[Doc("A claim that must be renewed, such as a node's sign of life.")]
public sealed record Lease : IKubeObject
{
    public string Kind => "Lease";
    public string ApiVersion => "coordination.k8s.io/v1";
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }
    public LeaseSpec Spec { get => field ?? LeaseSpec.Empty; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

public sealed record LeaseSpec
{
    public static readonly LeaseSpec Empty = new();

    public string? HolderIdentity { get; init; }
    public int? LeaseDurationSeconds { get; init; }

    [JsonConverter(typeof(MicroTimeConverter))]
    public DateTimeOffset? AcquireTime { get; init => field = KubeTime.ToMicros(value); }

    [JsonConverter(typeof(MicroTimeConverter))]
    public DateTimeOffset? RenewTime { get; init => field = KubeTime.ToMicros(value); }
    public int? LeaseTransitions { get; init; }

    [GoType("v1.CoordinatedLeaseStrategy")]
    public string? Strategy { get; init; }
    public string? PreferredHolder { get; init; }
}
