using System.Text.Json;

namespace ClusterEmu.Api;

/// <summary>Everything that Kubernetes 1.32 refuses in a ControllerRevision, in its words. Source: pkg/apis/apps/validation/validation.go.</summary>
public static class ControllerRevisionValidation
{
    public static IReadOnlyList<FieldError> Create(ControllerRevision revision)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckCreate(errors, revision.Metadata, namespaced: true, ObjectNameRules.Subdomain);
        CheckContent(errors, revision);
        return FieldErrors.Distinct(errors);
    }

    public static IReadOnlyList<FieldError> Update(ControllerRevision revision, ControllerRevision old)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckUpdate(errors, revision.Metadata, old.Metadata);
        CheckContent(errors, revision);
        var same = revision.Data is { } data && old.Data is { } before ? JsonElement.DeepEquals(data, before) : revision.Data is null == old.Data is null;
        if (!same) errors.Add(FieldErrors.Invalid(FieldPath.Of("data"), new GoLiteral("runtime.RawExtension{…}"), "field is immutable"));
        return FieldErrors.Distinct(errors);
    }

    private static void CheckContent(List<FieldError> errors, ControllerRevision revision)
    {
        if (revision.Data is null or { ValueKind: JsonValueKind.Null }) errors.Add(FieldErrors.Required(FieldPath.Of("data"), "data is mandatory"));
        ObjectMetaValidation.CheckNonNegative(errors, revision.Revision, FieldPath.Of("revision"));
    }
}
