using System.Text.Json.Serialization;

namespace ClusterEmu.Api;

[Doc("Something that happened to an object, in the form that newer controllers write. The same Events can be read as v1.")]
[GoName("Event", "v1")]
public sealed record EventsEvent : IKubeObject
{
    public string Kind => "Event";
    public string ApiVersion => "events.k8s.io/v1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("When it happened first, to the microsecond.")]
    [JsonConverter(typeof(MicroTimeConverter)), AlwaysWritten, MustBeGiven]
    public DateTimeOffset? EventTime { get; init => field = KubeTime.ToMicros(value); }

    [Doc("Set if the same goes on happening: how often, and when last. Nothing else of an Event can be changed.")]
    public EventsSeries? Series { get; init; }

    [Doc("The controller that reports it, a qualified name such as kubernetes.io/kubelet.")]
    public string ReportingController { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Which instance of that controller, at most 128 characters.")]
    public string ReportingInstance { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("What was being done or failed, at most 128 characters.")]
    public string Action { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Why, in one word that a program can compare with. At most 128 characters.")]
    public string Reason { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The object that it happened to.")]
    public ObjectReference Regarding { get => field ?? ObjectReference.Empty; init; }

    [Doc("A second object that plays a part, such as the node that a Pod was bound to.")]
    public ObjectReference? Related { get; init; }

    [Doc("What happened, for people. At most 1024 characters.")]
    public string Note { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Normal or Warning.")]
    public string Type { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("What v1 calls source. Left empty by writers of this version.")]
    public EventSource DeprecatedSource { get => field ?? EventSource.Empty; init; }

    [Doc("What v1 calls firstTimestamp. Left empty by writers of this version.")]
    [AlwaysWritten(Optional = true)]
    public DateTimeOffset? DeprecatedFirstTimestamp { get; init => field = KubeTime.ToSeconds(value); }

    [Doc("What v1 calls lastTimestamp. Left empty by writers of this version.")]
    [AlwaysWritten(Optional = true)]
    public DateTimeOffset? DeprecatedLastTimestamp { get; init => field = KubeTime.ToSeconds(value); }

    [Doc("What v1 calls count. Left empty by writers of this version.")]
    public int DeprecatedCount { get; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}

[Doc("Something that goes on happening.")]
[GoName("EventSeries", "v1")]
public sealed record EventsSeries
{
    [Doc("How often it happened up to lastObservedTime. At least 2.")]
    [AlwaysWritten]
    public int Count { get; init; }

    [Doc("When it happened last.")]
    [JsonConverter(typeof(MicroTimeConverter)), AlwaysWritten, MustBeGiven]
    public DateTimeOffset? LastObservedTime { get; init => field = KubeTime.ToMicros(value); }
}
