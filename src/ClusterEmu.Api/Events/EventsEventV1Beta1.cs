using System.Text.Json.Serialization;

namespace ClusterEmu.Api;

[Doc("Something that happened to an object, as clients of Kubernetes before 1.19 write it. Its rules are laxer than those of v1.")]
[GoName("Event", "v1beta1")]
public sealed record EventsEventV1Beta1 : IKubeObject
{
    public string Kind => "Event";
    public string ApiVersion => "events.k8s.io/v1beta1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("When it happened first, to the microsecond.")]
    [JsonConverter(typeof(MicroTimeConverter)), AlwaysWritten, MustBeGiven]
    public DateTimeOffset? EventTime { get; init => field = KubeTime.ToMicros(value); }

    [Doc("Set if the same goes on happening: how often, and when last.")]
    public EventsSeries? Series { get; init; }

    [Doc("The controller that reports it.")]
    public string ReportingController { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Which instance of that controller.")]
    public string ReportingInstance { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("What was being done or failed.")]
    public string Action { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Why, in one word that a program can compare with.")]
    public string Reason { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The object that it happened to.")]
    public ObjectReference Regarding { get => field ?? ObjectReference.Empty; init; }

    [Doc("A second object that plays a part.")]
    public ObjectReference? Related { get; init; }

    [Doc("What happened, for people.")]
    public string Note { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Normal or Warning.")]
    public string Type { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("What v1 of the core group calls source.")]
    public EventSource DeprecatedSource { get => field ?? EventSource.Empty; init; }

    [Doc("What v1 of the core group calls firstTimestamp.")]
    [AlwaysWritten(Optional = true)]
    public DateTimeOffset? DeprecatedFirstTimestamp { get; init => field = KubeTime.ToSeconds(value); }

    [Doc("What v1 of the core group calls lastTimestamp.")]
    [AlwaysWritten(Optional = true)]
    public DateTimeOffset? DeprecatedLastTimestamp { get; init => field = KubeTime.ToSeconds(value); }

    [Doc("What v1 of the core group calls count.")]
    public int DeprecatedCount { get; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}
