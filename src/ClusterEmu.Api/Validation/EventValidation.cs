namespace ClusterEmu.Api;

/// <summary>Everything that Kubernetes 1.32 refuses in an Event of v1, in its words. Source: pkg/apis/core/validation/events.go.</summary>
/// <remarks>Events with an eventTime are of the newer sort and obey stricter rules.</remarks>
public static class EventValidation
{
    public static IReadOnlyList<FieldError> Create(Event value)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckCreate(errors, value.Metadata, namespaced: true, ObjectNameRules.PathSegment);
        Check(errors, value);
        return FieldErrors.Distinct(errors);
    }

    public static IReadOnlyList<FieldError> Update(Event value, Event old)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckUpdate(errors, value.Metadata, old.Metadata);
        Check(errors, value);
        return FieldErrors.Distinct(errors);
    }

    private static void Check(List<FieldError> errors, Event value)
    {
        var involved = value.InvolvedObject.Namespace;
        var placed = value.EventTime is null
            ? involved.Length == 0 ? value.Metadata.Namespace is "" or "default" : value.Metadata.Namespace == involved
            : involved.Length > 0 || value.Metadata.Namespace is "default" or "kube-system";
        if (!placed)
            errors.Add(FieldErrors.Invalid(FieldPath.Of("involvedObject").Child("namespace"), involved, "does not match event.namespace"));
        if (value.EventTime is null) return;

        var controller = FieldPath.Of("reportingController");
        if (value.ReportingComponent.Length == 0) errors.Add(FieldErrors.Required(controller));
        errors.AddInvalid(controller, value.ReportingComponent, NameRules.QualifiedName(value.ReportingComponent));
        CheckText(errors, value.ReportingInstance, required: true, 128, FieldPath.Of("reportingInstance"));
        CheckText(errors, value.Action, required: true, 128, FieldPath.Of("action"));
        CheckText(errors, value.Reason, required: true, 128, FieldPath.Of("reason"));
        CheckText(errors, value.Message, required: false, 1024, FieldPath.Of("message"));
    }

    private static void CheckText(List<FieldError> errors, string text, bool required, int most, FieldPath path)
    {
        if (required && text.Length == 0) errors.Add(FieldErrors.Required(path));
        if (LabelRules.Utf8Size(text) > most) errors.Add(FieldErrors.Invalid(path, "", $"can have at most {most} characters"));
    }
}
