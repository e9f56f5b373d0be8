using System.Text.Json.Serialization;

namespace ClusterEmu.Api;

[Doc("Something that happened to an object.")]
public sealed record Event : IKubeObject
{
    public string Kind => "Event";
    public string ApiVersion => "v1";
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }
    public ObjectReference InvolvedObject { get => field ?? ObjectReference.Empty; init; }
    public string Reason { get => field ?? ""; init; }
    public string Message { get => field ?? ""; init; }
    public EventSource Source { get => field ?? EventSource.Empty; init; }

    [AlwaysWritten]
    public DateTimeOffset? FirstTimestamp { get; init; }

    [AlwaysWritten]
    public DateTimeOffset? LastTimestamp { get; init; }
    public int Count { get; init; }
    public string Type { get => field ?? ""; init; }

    [JsonConverter(typeof(MicroTimeConverter)), AlwaysWritten]
    public DateTimeOffset? EventTime { get; init; }
    public EventSeries? Series { get; init; }
    public string Action { get => field ?? ""; init; }
    public ObjectReference? Related { get; init; }

    [AlwaysWritten]
    public string ReportingComponent { get => field ?? ""; init; }

    [AlwaysWritten]
    public string ReportingInstance { get => field ?? ""; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

public sealed record EventSource
{
    public static readonly EventSource Empty = new();

    public string Component { get => field ?? ""; init; }
    public string Host { get => field ?? ""; init; }
}

public sealed record EventSeries
{
    public int Count { get; init; }

    [JsonConverter(typeof(MicroTimeConverter)), AlwaysWritten]
    public DateTimeOffset? LastObservedTime { get; init; }
}
