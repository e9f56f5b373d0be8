namespace ClusterEmu.Api;

/// <summary>The versions that are served, but not stored: each is converted to one of <see cref="Kinds"/>.</summary>
public static class ConvertedKinds
{
    public static readonly KindInfo<EndpointSliceV1Beta1> EndpointSliceV1Beta1 = new()
    {
        Group = "discovery.k8s.io",
        Version = "v1beta1",
        Kind = "EndpointSlice",
        Plural = "endpointslices",
        Singular = "endpointslice",
        Namespaced = true,
        Conversion = KindConversion.Between<EndpointSliceV1Beta1, EndpointSlice>(
            Kinds.EndpointSlice, EndpointSliceConversion.ToStorage, EndpointSliceConversion.FromStorage) with
        {
            PrepareForCreate = slice => EndpointSliceStrategy.PrepareForV1Beta1Create((EndpointSlice)slice),
            PrepareForUpdate = (slice, old, status) => EndpointSliceStrategy.PrepareForV1Beta1Update((EndpointSlice)slice, (EndpointSlice)old, status),
        },
    };

    public static readonly KindInfo<EventsEvent> EventsEvent = new()
    {
        Group = "events.k8s.io",
        Version = "v1",
        Kind = "Event",
        Plural = "events",
        Singular = "event",
        Namespaced = true,
        ShortNames = ["ev"],
        Fields = KindFields.EventsEvent,
        Conversion = KindConversion.Between<EventsEvent, Event>(Kinds.Event, EventsConversion.ToStorage, EventsConversion.FromStorage) with
        {
            ValidateCreate = value => EventsEventValidation.Create((Event)value),
            ValidateUpdate = (value, old) => EventsEventValidation.Update((Event)value, (Event)old),
        },
    };

    public static readonly KindInfo<EventsEventV1Beta1> EventsEventV1Beta1 = new()
    {
        Group = "events.k8s.io",
        Version = "v1beta1",
        Kind = "Event",
        Plural = "events",
        Singular = "event",
        Namespaced = true,
        ShortNames = ["ev"],
        Fields = KindFields.EventsEventV1Beta1,
        Conversion = KindConversion.Between<EventsEventV1Beta1, Event>(Kinds.Event, EventsConversion.ToStorage, EventsConversion.FromStorageV1Beta1),
    };

    public static readonly KindInfo<PodDisruptionBudgetV1Beta1> PodDisruptionBudgetV1Beta1 = new()
    {
        Group = "policy",
        Version = "v1beta1",
        Kind = "PodDisruptionBudget",
        Plural = "poddisruptionbudgets",
        Singular = "poddisruptionbudget",
        Namespaced = true,
        ShortNames = ["pdb"],
        Subresources = ["status"],
        Conversion = KindConversion.Between<PodDisruptionBudgetV1Beta1, PodDisruptionBudget>(
            Kinds.PodDisruptionBudget, PodDisruptionBudgetConversion.ToStorage, PodDisruptionBudgetConversion.FromStorage),
    };

    public static readonly KindInfo<HorizontalPodAutoscalerV1> HorizontalPodAutoscalerV1 = new()
    {
        Group = "autoscaling",
        Version = "v1",
        Kind = "HorizontalPodAutoscaler",
        Plural = "horizontalpodautoscalers",
        Singular = "horizontalpodautoscaler",
        Namespaced = true,
        ShortNames = ["hpa"],
        Categories = ["all"],
        Subresources = ["status"],
        Rules = new KindRules<HorizontalPodAutoscalerV1> { WithDefaults = AutoscalerDefaults.Apply },
        Conversion = KindConversion.Between<HorizontalPodAutoscalerV1, HorizontalPodAutoscaler>(
            Kinds.HorizontalPodAutoscaler, AutoscalerConversion.ToStorage, AutoscalerConversion.FromStorage),
    };

    /// <summary>Each to be listed after its stored version, which is the preferred one of its group.</summary>
    internal static IReadOnlyList<KindInfo> All => [EndpointSliceV1Beta1, EventsEvent, EventsEventV1Beta1, PodDisruptionBudgetV1Beta1, HorizontalPodAutoscalerV1];
}
