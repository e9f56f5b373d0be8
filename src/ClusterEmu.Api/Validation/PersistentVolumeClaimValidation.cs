namespace ClusterEmu.Api;

/// <summary>Everything that Kubernetes 1.32 refuses in a PersistentVolumeClaim, in its words.</summary>
/// <remarks>Source: ValidatePersistentVolumeClaim in pkg/apis/core/validation/validation.go.</remarks>
public static class PersistentVolumeClaimValidation
{
    private const string ClassAnnotation = "volume.beta.kubernetes.io/storage-class";

    public static IReadOnlyList<FieldError> Create(PersistentVolumeClaim claim)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckCreate(errors, claim.Metadata, namespaced: true, ObjectNameRules.Subdomain);
        CheckSpec(errors, claim.Spec, FieldPath.Spec);
        return FieldErrors.Distinct(errors);
    }

    public static IReadOnlyList<FieldError> Update(PersistentVolumeClaim claim, PersistentVolumeClaim old)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckUpdate(errors, claim.Metadata, old.Metadata);
        if (ReferenceEquals(claim.Spec, old.Spec)) CheckStatus(errors, claim.Status);
        else
        {
            CheckSpec(errors, claim.Spec, FieldPath.Spec);
            CheckKept(errors, claim, old);
        }
        return FieldErrors.Distinct(errors);
    }

    internal static void CheckSpec(List<FieldError> errors, PersistentVolumeClaimSpec spec, FieldPath path)
    {
        if (spec.AccessModes.Count == 0) errors.Add(FieldErrors.Required(path.Child("accessModes"), "at least 1 access mode is required"));
        LabelRules.CheckSelector(errors, spec.Selector, path.Child("selector"));
        PersistentVolumeRules.CheckModes(errors, spec.AccessModes, path.Child("accessModes"));
        var storagePath = path.Child("resources").Key("storage");
        if (spec.Resources.Requests.TryGetValue("storage", out var storage)) PersistentVolumeRules.CheckPositive(errors, storage, storagePath);
        else errors.Add(FieldErrors.Required(storagePath));
        PersistentVolumeRules.CheckClass(errors, spec.StorageClassName ?? "", path.Child("storageClassName"));
        if (spec.VolumeMode is not (null or "Block" or "Filesystem"))
            errors.Add(FieldErrors.NotSupported(path.Child("volumeMode"), spec.VolumeMode, "Block", "Filesystem"));
        CheckSources(errors, spec, path);
        PersistentVolumeRules.CheckClass(errors, spec.VolumeAttributesClassName ?? "", path.Child("volumeAttributesClassName"));
    }

    private static void CheckSources(List<FieldError> errors, PersistentVolumeClaimSpec spec, FieldPath path)
    {
        if (spec.DataSource is { } old) CheckSource(errors, old.ApiGroup ?? "", old.Kind, old.Name, path.Child("dataSource"));
        if (spec.DataSourceRef is not { } source) return;
        CheckSource(errors, source.ApiGroup ?? "", source.Kind, source.Name, path.Child("dataSourceRef"));
        if (spec.DataSource is not { } other) return;
        if (source.Namespace is { Length: > 0 })
            errors.Add(FieldErrors.Invalid(path, new GoLiteral(path.Child("dataSource").ToString()), "may not be specified when dataSourceRef.namespace is specified"));
        else if ((source.ApiGroup ?? "", source.Kind, source.Name) != (other.ApiGroup ?? "", other.Kind, other.Name))
            errors.Add(FieldErrors.Invalid(path, new GoLiteral(path.Child("dataSource").ToString()), "must match dataSourceRef"));
    }

    private static void CheckSource(List<FieldError> errors, string group, string kind, string name, FieldPath path)
    {
        if (name.Length == 0) errors.Add(FieldErrors.Required(path.Child("name")));
        if (kind.Length == 0) errors.Add(FieldErrors.Required(path.Child("kind")));
        if (group.Length > 0) errors.AddInvalid(path.Child("apiGroup"), group, NameRules.Dns1123Subdomain(group));
        else if (kind != "PersistentVolumeClaim")
            errors.Add(FieldErrors.Invalid(path, kind, "must be 'PersistentVolumeClaim' when referencing the default apiGroup"));
    }

    /// <summary>A claim stays as it is, but it may be bound once, given the cluster's default class, and grow while it is bound.</summary>
    private static void CheckKept(List<FieldError> errors, PersistentVolumeClaim claim, PersistentVolumeClaim old)
    {
        var (annotation, before) = (claim.Metadata.Annotations.GetValueOrDefault(ClassAnnotation), old.Metadata.Annotations.GetValueOrDefault(ClassAnnotation));
        ObjectMetaValidation.CheckImmutable(errors, annotation ?? "", before ?? "", FieldPath.Metadata.Child("annotations").Key(ClassAnnotation));
        var unchangeable = claim.Spec with
        {
            VolumeName = old.Spec.VolumeName.Length == 0 ? "" : claim.Spec.VolumeName,
            StorageClassName = old.Spec.StorageClassName is null && before is null ? null : claim.Spec.StorageClassName,
            VolumeAttributesClassName = old.Spec.VolumeAttributesClassName,
            Resources = claim.Status.Phase == "Bound" ? WithStorageOf(claim.Spec.Resources, old.Spec.Resources) : claim.Spec.Resources,
        };
        if (!SemanticEquality.Same(unchangeable, old.Spec))
            errors.Add(FieldErrors.Forbidden(FieldPath.Spec,
                "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims\n"
                + ChangedFields.Of("spec", old.Spec, unchangeable)));
        var (size, oldSize) = (Storage(claim.Spec.Resources.Requests), Storage(old.Spec.Resources.Requests));
        if (size < oldSize && size <= Storage(old.Status.Capacity))
            errors.Add(FieldErrors.Forbidden(FieldPath.Spec.Child("resources").Child("requests").Child("storage"), "field can not be less than status.capacity"));
        ObjectMetaValidation.CheckImmutable(errors, claim.Spec.VolumeMode, old.Spec.VolumeMode, FieldPath.Of("volumeMode"));
    }

    private static VolumeResourceRequirements WithStorageOf(VolumeResourceRequirements resources, VolumeResourceRequirements old)
    {
        if (!old.Requests.TryGetValue("storage", out var storage)) return resources;
        return resources with { Requests = new Dictionary<string, Quantity>(resources.Requests, StringComparer.Ordinal) { ["storage"] = storage } };
    }

    private static Quantity Storage(IReadOnlyDictionary<string, Quantity> amounts) => amounts.GetValueOrDefault("storage");

    private static void CheckStatus(List<FieldError> errors, PersistentVolumeClaimStatus status)
    {
        var path = FieldPath.Status;
        foreach (var (name, amount) in LabelRules.InOrder(status.Capacity))
            if (amount.Value < 0) errors.Add(FieldErrors.Invalid(path.Child("capacity").Key(name), amount.Value, "must be a valid resource quantity"));
        foreach (var (name, state) in LabelRules.InOrder(status.AllocatedResourceStatuses))
        {
            if (state is not ("ControllerResizeInProgress" or "ControllerResizeInfeasible" or "NodeResizePending" or "NodeResizeInProgress" or "NodeResizeInfeasible"))
                errors.Add(FieldErrors.NotSupported(path.Child("allocatedResourceStatuses").Key(name), state, "ControllerResizeInProgress",
                    "ControllerResizeInfeasible", "NodeResizePending", "NodeResizeInProgress", "NodeResizeInfeasible"));
        }
    }
}
