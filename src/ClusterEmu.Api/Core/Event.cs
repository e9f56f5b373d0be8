using System.Text.Json.Serialization;

namespace ClusterEmu.Api;

[Doc("Something that happened to an object. Events are for people: they are kept for an hour, and none may be relied upon.")]
public sealed record Event : IKubeObject
{
    public string Kind => "Event";
    public string ApiVersion => "v1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("The object that it happened to.")]
    [MustBeGiven]
    public ObjectReference InvolvedObject { get => field ?? ObjectReference.Empty; init; }

    [Doc("One word in upper camel case that a program can compare with, such as FailedScheduling.")]
    public string Reason { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("What happened, for people.")]
    public string Message { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Who reports it. Events of the newer sort have reportingComponent instead.")]
    public EventSource Source { get => field ?? EventSource.Empty; init; }

    [Doc("When it was first seen.")]
    [AlwaysWritten(Optional = true)]
    public DateTimeOffset? FirstTimestamp { get; init => field = KubeTime.ToSeconds(value); }

    [Doc("When it was last seen.")]
    [AlwaysWritten(Optional = true)]
    public DateTimeOffset? LastTimestamp { get; init => field = KubeTime.ToSeconds(value); }

    [Doc("How often it was seen.")]
    public int Count { get; init; }

    [Doc("Normal or Warning.")]
    public string Type { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("When it happened, to the microsecond. Only Events of the newer sort have it, and they obey stricter rules.")]
    [JsonConverter(typeof(MicroTimeConverter)), AlwaysWritten(Optional = true)]
    public DateTimeOffset? EventTime { get; init => field = KubeTime.ToMicros(value); }

    [Doc("Set if the same goes on happening: how often, and when last.")]
    public EventSeries? Series { get; init; }

    [Doc("What was being done or failed. Required with eventTime.")]
    public string Action { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("A second object that plays a part, such as the node that a Pod was bound to.")]
    public ObjectReference? Related { get; init; }

    [Doc("The controller that reports it, such as kubernetes.io/kubelet.")]
    [AlwaysWritten(Optional = true)]
    public string ReportingComponent { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Which instance of that controller.")]
    [AlwaysWritten(Optional = true)]
    public string ReportingInstance { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

[Doc("Who reports an Event.")]
public sealed record EventSource
{
    public static readonly EventSource Empty = new();

    [Doc("The program, such as kubelet.")]
    public string Component { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The node that it runs on.")]
    public string Host { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[Doc("Something that goes on happening.")]
public sealed record EventSeries
{
    [Doc("How often it happened up to lastObservedTime.")]
    public int Count { get; init; }

    [Doc("When it happened last.")]
    [JsonConverter(typeof(MicroTimeConverter)), AlwaysWritten(Optional = true)]
    public DateTimeOffset? LastObservedTime { get; init => field = KubeTime.ToMicros(value); }
}
