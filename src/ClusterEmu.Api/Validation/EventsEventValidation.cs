namespace ClusterEmu.Api;

/// <summary>What events.k8s.io/v1 demands of an Event beside the rules of v1. The Event is given as it is stored.</summary>
/// <remarks>Source: ValidateEventCreate and ValidateEventUpdate in pkg/apis/core/validation/events.go. v1beta1 demands nothing more.</remarks>
public static class EventsEventValidation
{
    public static IReadOnlyList<FieldError> Create(Event value)
    {
        var errors = new List<FieldError>();
        errors.AddInvalid(FieldPath.Metadata.Child("name"), value.Metadata.Name, NameRules.Dns1123Subdomain(value.Metadata.Name));
        CheckSeries(errors, value.Series);
        if (value.EventTime is null) errors.Add(FieldErrors.Required(FieldPath.Of("eventTime")));
        if (value.Type is not ("Normal" or "Warning"))
            errors.Add(FieldErrors.Invalid(FieldPath.Of("type"), "", $"has invalid value: {value.Type}"));
        CheckUnset(errors, value.FirstTimestamp is not null, "firstTimestamp");
        CheckUnset(errors, value.LastTimestamp is not null, "lastTimestamp");
        CheckUnset(errors, value.Count != 0, "count");
        CheckUnset(errors, value.Source.Component.Length > 0 || value.Source.Host.Length > 0, "source");
        return errors;
    }

    /// <summary>Only the series of an Event may change.</summary>
    public static IReadOnlyList<FieldError> Update(Event value, Event old)
    {
        var errors = new List<FieldError>();
        if (value.Series != old.Series) CheckSeries(errors, value.Series);
        CheckKept(errors, value.InvolvedObject, old.InvolvedObject, "involvedObject", Literal);
        CheckKept(errors, value.Reason, old.Reason, "reason");
        CheckKept(errors, value.Message, old.Message, "message");
        CheckKept(errors, value.Source, old.Source, "source", source =>
            new GoLiteral($"core.EventSource{{Component:{GoSyntax.Quote(source.Component)}, Host:{GoSyntax.Quote(source.Host)}}}"));
        CheckKept(errors, value.FirstTimestamp, old.FirstTimestamp, "firstTimestamp", Shown);
        CheckKept(errors, value.LastTimestamp, old.LastTimestamp, "lastTimestamp", Shown);
        CheckKept(errors, value.Count, old.Count, "count");
        CheckKept(errors, value.Type, old.Type, "type");
        CheckKept(errors, value.EventTime, old.EventTime, "eventTime", Shown);
        CheckKept(errors, value.Action, old.Action, "action");
        CheckKept(errors, value.Related, old.Related, "related", related => related is null ? null : Literal(related));
        CheckKept(errors, value.ReportingComponent, old.ReportingComponent, "reportingController");
        CheckKept(errors, value.ReportingInstance, old.ReportingInstance, "reportingInstance");
        return errors;
    }

    private static void CheckSeries(List<FieldError> errors, EventSeries? series)
    {
        if (series is null) return;
        if (series.Count < 2) errors.Add(FieldErrors.Invalid(FieldPath.Of("series").Child("count"), "", "should be at least 2"));
        if (series.LastObservedTime is null) errors.Add(FieldErrors.Required(FieldPath.Of("series").Child("lastObservedTime")));
    }

    private static void CheckUnset(List<FieldError> errors, bool isSet, string field)
    {
        if (isSet) errors.Add(FieldErrors.Invalid(FieldPath.Of(field), "", "needs to be unset"));
    }

    private static void CheckKept<T>(List<FieldError> errors, T value, T old, string field, Func<T, object?>? shown = null)
    {
        if (!EqualityComparer<T>.Default.Equals(value, old))
            errors.Add(FieldErrors.Invalid(FieldPath.Of(field), shown is null ? value : shown(value), "field is immutable"));
    }

    private static GoLiteral? Shown(DateTimeOffset? time) => time is { } known ? new GoLiteral(GoSyntax.Quote(KubeTime.Micros(known))) : null;

    private static GoLiteral Literal(ObjectReference reference) => new(
        $"core.ObjectReference{{Kind:{GoSyntax.Quote(reference.Kind)}, Namespace:{GoSyntax.Quote(reference.Namespace)}, Name:{GoSyntax.Quote(reference.Name)}, " +
        $"UID:{GoSyntax.Quote(reference.Uid)}, APIVersion:{GoSyntax.Quote(reference.ApiVersion)}, ResourceVersion:{GoSyntax.Quote(reference.ResourceVersion)}, " +
        $"FieldPath:{GoSyntax.Quote(reference.FieldPath)}}}");
}
