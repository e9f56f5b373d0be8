namespace ClusterEmu.Api;

/// <summary>Events of events.k8s.io and those of the core group, as which they are stored: other names for the same.</summary>
/// <remarks>Source: pkg/apis/events/{v1,v1beta1}/conversion.go.</remarks>
public static class EventsConversion
{
    public static Event ToStorage(EventsEvent value) => new()
    {
        Metadata = value.Metadata,
        InvolvedObject = value.Regarding,
        Reason = value.Reason,
        Message = value.Note,
        Source = value.DeprecatedSource,
        FirstTimestamp = value.DeprecatedFirstTimestamp,
        LastTimestamp = value.DeprecatedLastTimestamp,
        Count = value.DeprecatedCount,
        Type = value.Type,
        EventTime = value.EventTime,
        Series = value.Series is { } series ? new EventSeries { Count = series.Count, LastObservedTime = series.LastObservedTime } : null,
        Action = value.Action,
        Related = value.Related,
        ReportingComponent = value.ReportingController,
        ReportingInstance = value.ReportingInstance,
    };

    public static EventsEvent FromStorage(Event value) => new()
    {
        Metadata = value.Metadata,
        EventTime = value.EventTime,
        Series = SeriesOf(value),
        ReportingController = value.ReportingComponent,
        ReportingInstance = value.ReportingInstance,
        Action = value.Action,
        Reason = value.Reason,
        Regarding = value.InvolvedObject,
        Related = value.Related,
        Note = value.Message,
        Type = value.Type,
        DeprecatedSource = value.Source,
        DeprecatedFirstTimestamp = value.FirstTimestamp,
        DeprecatedLastTimestamp = value.LastTimestamp,
        DeprecatedCount = value.Count,
    };

    /// <inheritdoc cref="ToStorage(EventsEvent)"/>
    public static Event ToStorage(EventsEventV1Beta1 value) => ToStorage(new EventsEvent
    {
        Metadata = value.Metadata,
        EventTime = value.EventTime,
        Series = value.Series,
        ReportingController = value.ReportingController,
        ReportingInstance = value.ReportingInstance,
        Action = value.Action,
        Reason = value.Reason,
        Regarding = value.Regarding,
        Related = value.Related,
        Note = value.Note,
        Type = value.Type,
        DeprecatedSource = value.DeprecatedSource,
        DeprecatedFirstTimestamp = value.DeprecatedFirstTimestamp,
        DeprecatedLastTimestamp = value.DeprecatedLastTimestamp,
        DeprecatedCount = value.DeprecatedCount,
    });

    public static EventsEventV1Beta1 FromStorageV1Beta1(Event value) => new()
    {
        Metadata = value.Metadata,
        EventTime = value.EventTime,
        Series = SeriesOf(value),
        ReportingController = value.ReportingComponent,
        ReportingInstance = value.ReportingInstance,
        Action = value.Action,
        Reason = value.Reason,
        Regarding = value.InvolvedObject,
        Related = value.Related,
        Note = value.Message,
        Type = value.Type,
        DeprecatedSource = value.Source,
        DeprecatedFirstTimestamp = value.FirstTimestamp,
        DeprecatedLastTimestamp = value.LastTimestamp,
        DeprecatedCount = value.Count,
    };

    private static EventsSeries? SeriesOf(Event value) =>
        value.Series is { } series ? new EventsSeries { Count = series.Count, LastObservedTime = series.LastObservedTime } : null;
}
