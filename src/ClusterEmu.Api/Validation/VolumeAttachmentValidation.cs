namespace ClusterEmu.Api;

/// <summary>Everything that Kubernetes 1.32 refuses in a VolumeAttachment, in its words. Source: pkg/apis/storage/validation.</summary>
public static class VolumeAttachmentValidation
{
    private const int MaxMetadataBytes = 256 * 1024;
    private const int MaxMessageBytes = 1024;

    public static IReadOnlyList<FieldError> Create(VolumeAttachment value)
    {
        var errors = new List<FieldError>();
        Check(errors, value);
        CSIValidation.CheckDriverName(errors, value.Spec.Attacher, FieldPath.Spec.Child("attacher"));
        if (value.Spec.Source.PersistentVolumeName is { } name)
            errors.AddInvalid(FieldPath.Spec.Child("source").Child("persistentVolumeName"), name, NameRules.Dns1123Subdomain(name));
        return FieldErrors.Distinct(errors);
    }

    public static IReadOnlyList<FieldError> Update(VolumeAttachment value, VolumeAttachment old)
    {
        if (ConditionalUpdate.Refusal(value.Metadata) is { } refusal) return refusal;
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckUpdate(errors, value.Metadata, old.Metadata);
        Check(errors, value);
        if (value.Spec != old.Spec) errors.Add(FieldErrors.Invalid(FieldPath.Spec, Literal(value.Spec), "field is immutable"));
        return FieldErrors.Distinct(errors);
    }

    private static void Check(List<FieldError> errors, VolumeAttachment value)
    {
        ObjectMetaValidation.CheckCreate(errors, value.Metadata, namespaced: false, ObjectNameRules.Subdomain);
        var (spec, path) = (value.Spec, FieldPath.Spec);
        if (spec.Attacher.Length == 0) errors.Add(FieldErrors.Required(path.Child("attacher")));
        var source = path.Child("source");
        if (spec.Source.PersistentVolumeName is null) errors.Add(FieldErrors.Required(source, "must specify exactly one of inlineVolumeSpec and persistentVolumeName"));
        else if (spec.Source.PersistentVolumeName.Length == 0)
            errors.Add(FieldErrors.Required(source.Child("persistentVolumeName"), "must specify non empty persistentVolumeName"));
        errors.AddInvalid(path.Child("nodeName"), spec.NodeName, NameRules.Dns1123Subdomain(spec.NodeName));

        var (status, at) = (value.Status, FieldPath.Status);
        if (status.AttachmentMetadata.Sum(entry => (long)LabelRules.Utf8Size(entry.Key) + LabelRules.Utf8Size(entry.Value)) > MaxMetadataBytes)
            errors.Add(FieldErrors.TooLong(at.Child("attachmentMetadata"), MaxMetadataBytes));
        CheckError(errors, status.AttachError, at.Child("attachError"));
        CheckError(errors, status.DetachError, at.Child("detachError"));
    }

    private static void CheckError(List<FieldError> errors, VolumeError? problem, FieldPath path)
    {
        if (problem is not null && LabelRules.Utf8Size(problem.Message) > MaxMessageBytes) errors.Add(FieldErrors.TooLong(path.Child("message"), MaxMetadataBytes));
    }

    private static GoLiteral Literal(VolumeAttachmentSpec spec) => new(
        $"storage.VolumeAttachmentSpec{{Attacher:{GoSyntax.Quote(spec.Attacher)}, Source:storage.VolumeAttachmentSource{{PersistentVolumeName:(*string)" +
        $"({(spec.Source.PersistentVolumeName is null ? "nil" : "0xc000000000")}), InlineVolumeSpec:(*core.PersistentVolumeSpec)(nil)}}, NodeName:{GoSyntax.Quote(spec.NodeName)}}}");
}
