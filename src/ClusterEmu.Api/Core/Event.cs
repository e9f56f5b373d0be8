using System.Text.Json.Serialization;

namespace ClusterEmu.Api;

[Doc("Something that happened to an object.")]
public sealed record Event : IKubeObject
{
    public string Kind => "Event";
    public string ApiVersion => "v1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("What the Event is about.")]
    public ObjectReference InvolvedObject { get => field ?? ObjectReference.Empty; init; }

    [Doc("Why it happened, as one word for programs.")]
    public string Reason { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("What happened, as a sentence for people.")]
    public string Message { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Who saw it. Replaced by reportingComponent.")]
    public EventSource Source { get => field ?? EventSource.Empty; init; }

    [Doc("When it was first seen.")]
    [AlwaysWritten]
    public DateTimeOffset? FirstTimestamp { get; init => field = KubeTime.ToSeconds(value); }

    [Doc("When it was last seen.")]
    [AlwaysWritten]
    public DateTimeOffset? LastTimestamp { get; init => field = KubeTime.ToSeconds(value); }

    [Doc("How often it was seen.")]
    public int Count { get; init; }

    [Doc("Normal or Warning.")]
    public string Type { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("When it was first seen, to the microsecond.")]
    [JsonConverter(typeof(MicroTimeConverter)), AlwaysWritten]
    public DateTimeOffset? EventTime { get; init => field = KubeTime.ToMicros(value); }

    [Doc("How it went on; left out if it happened once.")]
    public EventSeries? Series { get; init; }

    [Doc("What was done about it.")]
    public string Action { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("A second object that has to do with it.")]
    public ObjectReference? Related { get; init; }

    [Doc("The controller that wrote the Event, such as kubernetes.io/kubelet.")]
    [AlwaysWritten]
    public string ReportingComponent { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Which instance of the controller, such as its node.")]
    [AlwaysWritten]
    public string ReportingInstance { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

[Doc("Who saw an Event.")]
public sealed record EventSource
{
    public static readonly EventSource Empty = new();

    [Doc("The program.")]
    public string Component { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Its node.")]
    public string Host { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[Doc("How an Event went on.")]
public sealed record EventSeries
{
    [Doc("How often it was seen in all.")]
    public int Count { get; init; }

    [Doc("When it was last seen.")]
    [JsonConverter(typeof(MicroTimeConverter)), AlwaysWritten]
    public DateTimeOffset? LastObservedTime { get; init => field = KubeTime.ToMicros(value); }
}
