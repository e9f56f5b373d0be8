namespace ClusterEmu.Api;

/// <summary>Everything that Kubernetes 1.32 refuses in a PersistentVolume, in its words.</summary>
/// <remarks>Source: ValidatePersistentVolume in pkg/apis/core/validation/validation.go.</remarks>
public static class PersistentVolumeValidation
{
    public static IReadOnlyList<FieldError> Create(PersistentVolume volume)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckCreate(errors, volume.Metadata, namespaced: false, ObjectNameRules.Subdomain);
        CheckSpec(errors, volume.Spec);
        return FieldErrors.Distinct(errors);
    }

    public static IReadOnlyList<FieldError> Update(PersistentVolume volume, PersistentVolume old)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckUpdate(errors, volume.Metadata, old.Metadata);
        if (ReferenceEquals(volume.Spec, old.Spec)) return errors;
        CheckSpec(errors, volume.Spec);
        var (source, before) = (PersistentVolumeRules.SourceOf(volume.Spec), PersistentVolumeRules.SourceOf(old.Spec));
        if (!SemanticEquality.Same(source, before))
            errors.Add(FieldErrors.Forbidden(FieldPath.Spec.Child("persistentvolumesource"),
                $"spec.persistentvolumesource is immutable after creation\n{ChangedFields.Of("spec", before, source)}"));
        ObjectMetaValidation.CheckImmutable(errors, volume.Spec.VolumeMode, old.Spec.VolumeMode, FieldPath.Of("volumeMode"));
        if (old.Spec.NodeAffinity is { } nodes && (volume.Spec.NodeAffinity is null || !SemanticEquality.Same(volume.Spec.NodeAffinity, nodes)))
            errors.Add(FieldErrors.Invalid(FieldPath.Of("nodeAffinity"), volume.Spec.NodeAffinity is null ? null : new GoLiteral("core.VolumeNodeAffinity{…}"),
                "field is immutable, except for updating from beta label to GA"));
        return FieldErrors.Distinct(errors);
    }

    private static void CheckSpec(List<FieldError> errors, PersistentVolumeSpec spec)
    {
        var path = FieldPath.Spec;
        if (spec.AccessModes.Count == 0) errors.Add(FieldErrors.Required(path.Child("accessModes")));
        PersistentVolumeRules.CheckModes(errors, spec.AccessModes, path.Child("accessModes"));
        CheckCapacity(errors, spec.Capacity, path.Child("capacity"));
        var policy = spec.PersistentVolumeReclaimPolicy;
        if (policy is not ("" or "Delete" or "Recycle" or "Retain"))
            errors.Add(FieldErrors.NotSupported(path.Child("persistentVolumeReclaimPolicy"), policy, "Delete", "Recycle", "Retain"));
        if (spec.NodeAffinity is { } nodes)
        {
            if (nodes.Required is null) errors.Add(FieldErrors.Required(path.Child("nodeAffinity").Child("required"), "must specify required node constraints"));
            else AffinityRules.CheckNodeSelector(errors, nodes.Required, path.Child("nodeAffinity").Child("required"));
        }
        PersistentVolumeRules.CheckSource(errors, spec, path);
        if (spec.HostPath is { Path: var host } && host.Trim('/').Length == 0 && policy == "Recycle")
            errors.Add(FieldErrors.Forbidden(path.Child("persistentVolumeReclaimPolicy"), "may not be 'recycle' for a hostPath mount of '/'"));
        PersistentVolumeRules.CheckClass(errors, spec.StorageClassName, path.Child("storageClassName"));
        if (spec.VolumeMode is not (null or "Block" or "Filesystem"))
            errors.Add(FieldErrors.NotSupported(path.Child("volumeMode"), spec.VolumeMode, "Block", "Filesystem"));
        PersistentVolumeRules.CheckClass(errors, spec.VolumeAttributesClassName ?? "", path.Child("volumeAttributesClassName"));
    }

    private static void CheckCapacity(List<FieldError> errors, IReadOnlyDictionary<string, Quantity> capacity, FieldPath path)
    {
        if (capacity.Count == 0) errors.Add(FieldErrors.Required(path));
        if (!capacity.ContainsKey("storage") || capacity.Count > 1)
        {
            var entries = LabelRules.InOrder(capacity).Select(entry => $"{GoSyntax.Quote(entry.Key)}:{GoSyntax.Write(entry.Value)}");
            errors.Add(FieldErrors.NotSupported(path,
                new GoLiteral(capacity.Count == 0 ? "core.ResourceList(nil)" : $"core.ResourceList{{{string.Join(", ", entries)}}}"), "storage"));
        }
        foreach (var (name, amount) in LabelRules.InOrder(capacity))
        {
            if (amount.Value < 0) errors.Add(FieldErrors.Invalid(path.Key(name), amount.Value, "must be a valid resource quantity"));
            PersistentVolumeRules.CheckPositive(errors, amount, path.Key(name));
        }
    }
}
