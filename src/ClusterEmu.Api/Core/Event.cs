using System.Text.Json.Serialization;

namespace ClusterEmu.Api;

[Doc("Something that happened to an object.")]
public sealed record Event : IKubeObject
{
    public string Kind => "Event";
    public string ApiVersion => "v1";
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }
    public ObjectReference InvolvedObject { get => field ?? ObjectReference.Empty; init; }
    public string Reason { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string Message { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public EventSource Source { get => field ?? EventSource.Empty; init; }

    [AlwaysWritten]
    public DateTimeOffset? FirstTimestamp { get; init => field = KubeTime.ToSeconds(value); }

    [AlwaysWritten]
    public DateTimeOffset? LastTimestamp { get; init => field = KubeTime.ToSeconds(value); }
    public int Count { get; init; }
    public string Type { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [JsonConverter(typeof(MicroTimeConverter)), AlwaysWritten]
    public DateTimeOffset? EventTime { get; init => field = KubeTime.ToMicros(value); }
    public EventSeries? Series { get; init; }
    public string Action { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public ObjectReference? Related { get; init; }

    [AlwaysWritten]
    public string ReportingComponent { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public string ReportingInstance { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

public sealed record EventSource
{
    public static readonly EventSource Empty = new();

    public string Component { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string Host { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

public sealed record EventSeries
{
    public int Count { get; init; }

    [JsonConverter(typeof(MicroTimeConverter)), AlwaysWritten]
    public DateTimeOffset? LastObservedTime { get; init => field = KubeTime.ToMicros(value); }
}
