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
        if (!SemanticEquality.Same(value.Spec, old.Spec)) errors.Add(FieldErrors.Invalid(FieldPath.Spec, Literal(value.Spec), "field is immutable"));
        return FieldErrors.Distinct(errors);
    }

    private static void Check(List<FieldError> errors, VolumeAttachment value)
    {
        ObjectMetaValidation.CheckCreate(errors, value.Metadata, namespaced: false, ObjectNameRules.Subdomain);
        var (spec, path) = (value.Spec, FieldPath.Spec);
        if (spec.Attacher.Length == 0) errors.Add(FieldErrors.Required(path.Child("attacher")));
        var source = path.Child("source");
        const string exactlyOne = "must specify exactly one of inlineVolumeSpec and persistentVolumeName";
        if (spec.Source is { PersistentVolumeName: null, InlineVolumeSpec: null }) errors.Add(FieldErrors.Required(source, exactlyOne));
        else if (spec.Source is { PersistentVolumeName: not null, InlineVolumeSpec: not null }) errors.Add(FieldErrors.Forbidden(source, exactlyOne));
        else if (spec.Source.PersistentVolumeName is "")
            errors.Add(FieldErrors.Required(source.Child("persistentVolumeName"), "must specify non empty persistentVolumeName"));
        else if (spec.Source.InlineVolumeSpec is { } volume) CheckInline(errors, volume, source.Child("inlineVolumeSpec"));
        errors.AddInvalid(path.Child("nodeName"), spec.NodeName, NameRules.Dns1123Subdomain(spec.NodeName));

        var (status, at) = (value.Status, FieldPath.Status);
        if (status.AttachmentMetadata.Sum(entry => (long)LabelRules.Utf8Size(entry.Key) + LabelRules.Utf8Size(entry.Value)) > MaxMetadataBytes)
            errors.Add(FieldErrors.TooLong(at.Child("attachmentMetadata"), MaxMetadataBytes));
        CheckError(errors, status.AttachError, at.Child("attachError"));
        CheckError(errors, status.DetachError, at.Child("detachError"));
    }

    private static void CheckInline(List<FieldError> errors, PersistentVolumeSpec volume, FieldPath path)
    {
        const string notHere = "may not be specified in the context of inline volumes";
        if (volume.ClaimRef is not null) errors.Add(FieldErrors.Forbidden(path.Child("claimRef"), notHere));
        if (volume.Capacity.Count > 0) errors.Add(FieldErrors.Forbidden(path.Child("capacity"), notHere));
        if (volume.Csi is null) errors.Add(FieldErrors.Required(path.Child("csi"), "has to be specified in the context of inline volumes"));
        if (volume.AccessModes.Count == 0) errors.Add(FieldErrors.Required(path.Child("accessModes")));
        PersistentVolumeRules.CheckModes(errors, volume.AccessModes, path.Child("accessModes"));
        PersistentVolumeRules.CheckSource(errors, volume, path);
    }

    private static void CheckError(List<FieldError> errors, VolumeError? problem, FieldPath path)
    {
        if (problem is not null && LabelRules.Utf8Size(problem.Message) > MaxMessageBytes) errors.Add(FieldErrors.TooLong(path.Child("message"), MaxMetadataBytes));
    }

    private static GoLiteral Literal(VolumeAttachmentSpec spec) => new(
        $"storage.VolumeAttachmentSpec{{Attacher:{GoSyntax.Quote(spec.Attacher)}, Source:storage.VolumeAttachmentSource{{PersistentVolumeName:(*string)" +
        $"({(spec.Source.PersistentVolumeName is null ? "nil" : "0xc000000000")}), InlineVolumeSpec:(*core.PersistentVolumeSpec)" +
        $"({(spec.Source.InlineVolumeSpec is null ? "nil" : "0xc000000000")})}}, NodeName:{GoSyntax.Quote(spec.NodeName)}}}");
}
