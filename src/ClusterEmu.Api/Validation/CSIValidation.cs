namespace ClusterEmu.Api;

/// <summary>Everything that Kubernetes 1.32 refuses in CSIDrivers, CSINodes and CSIStorageCapacities, in its words. Source: pkg/apis/storage/validation.</summary>
public static class CSIValidation
{
    private const int MaxNodeId = 192;

    public static IReadOnlyList<FieldError> Create(CSIDriver driver)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckCreate(errors, driver.Metadata, namespaced: false, ObjectNameRules.Subdomain);
        Check(errors, driver.Spec);
        return FieldErrors.Distinct(errors);
    }

    public static IReadOnlyList<FieldError> Update(CSIDriver driver, CSIDriver old)
    {
        if (ConditionalUpdate.Refusal(driver.Metadata) is { } refusal) return refusal;
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckUpdate(errors, driver.Metadata, old.Metadata);
        Check(errors, driver.Spec);
        ObjectMetaValidation.CheckImmutable(errors, driver.Spec.AttachRequired, old.Spec.AttachRequired, FieldPath.Spec.Child("attachedRequired")); // As Kubernetes has it.
        if (!driver.Spec.VolumeLifecycleModes.SequenceEqual(old.Spec.VolumeLifecycleModes))
        {
            errors.Add(FieldErrors.Invalid(FieldPath.Spec.Child("volumeLifecycleModes"),
                new GoLiteral(GoSyntax.List("storage.VolumeLifecycleMode", driver.Spec.VolumeLifecycleModes)), "field is immutable"));
        }
        return FieldErrors.Distinct(errors);
    }

    public static IReadOnlyList<FieldError> Create(CSINode node)
    {
        var errors = new List<FieldError>();
        Check(errors, node);
        return FieldErrors.Distinct(errors);
    }

    /// <summary>Drivers come and go, but none changes.</summary>
    public static IReadOnlyList<FieldError> Update(CSINode node, CSINode old)
    {
        if (ConditionalUpdate.Refusal(node.Metadata) is { } refusal) return refusal;
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckUpdate(errors, node.Metadata, old.Metadata);
        Check(errors, node);
        foreach (var before in old.Spec.Drivers)
            foreach (var now in node.Spec.Drivers.Where(driver => driver.Name == before.Name))
                if (!SemanticEquality.Same(now, before)) errors.Add(FieldErrors.Invalid(FieldPath.Spec.Child("drivers"), Literal(now), "field is immutable"));
        return FieldErrors.Distinct(errors);
    }

    public static IReadOnlyList<FieldError> Create(CSIStorageCapacity capacity)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckCreate(errors, capacity.Metadata, namespaced: true, ObjectNameRules.Subdomain);
        LabelRules.CheckSelector(errors, capacity.NodeTopology, FieldPath.Of("nodeTopology"));
        errors.AddInvalid(FieldPath.Of("storageClassName"), capacity.StorageClassName, NameRules.Dns1123Subdomain(capacity.StorageClassName));
        if (capacity.Capacity is { Sign: < 0 } amount)
            errors.Add(FieldErrors.Invalid(FieldPath.Of("capacity"), amount.ToString(), "must be greater than or equal to 0"));
        return FieldErrors.Distinct(errors);
    }

    public static IReadOnlyList<FieldError> Update(CSIStorageCapacity capacity, CSIStorageCapacity old)
    {
        if (ConditionalUpdate.Refusal(capacity.Metadata) is { } refusal) return refusal;
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckUpdate(errors, capacity.Metadata, old.Metadata);
        var same = capacity.NodeTopology is null || old.NodeTopology is null
            ? capacity.NodeTopology == old.NodeTopology : SemanticEquality.Same(capacity.NodeTopology, old.NodeTopology);
        if (!same) errors.Add(FieldErrors.Invalid(FieldPath.Of("nodeTopology"), capacity.NodeTopology, "field is immutable"));
        ObjectMetaValidation.CheckImmutable(errors, capacity.StorageClassName, old.StorageClassName, FieldPath.Of("storageClassName"));
        return FieldErrors.Distinct(errors);
    }

    /// <summary>The name of a driver, wherever it is named.</summary>
    internal static void CheckDriverName(List<FieldError> errors, string name, FieldPath path)
    {
        if (name.Length == 0) errors.Add(FieldErrors.Required(path));
        if (name.Length > 63) errors.Add(FieldErrors.TooLong(path, 63));
        errors.AddInvalid(path, name, NameRules.Dns1123Subdomain(name.ToLowerInvariant()));
    }

    private static void Check(List<FieldError> errors, CSIDriverSpec spec)
    {
        var path = FieldPath.Spec;
        if (spec.AttachRequired is null) errors.Add(FieldErrors.Required(path.Child("attachedRequired")));
        if (spec.PodInfoOnMount is null) errors.Add(FieldErrors.Required(path.Child("podInfoOnMount")));
        if (spec.StorageCapacity is null) errors.Add(FieldErrors.Required(path.Child("storageCapacity")));
        if (spec.FSGroupPolicy is not (null or "File" or "None" or "ReadWriteOnceWithFSType"))
            errors.Add(FieldErrors.NotSupported(path.Child("fsGroupPolicy"), spec.FSGroupPolicy, "File", "None", "ReadWriteOnceWithFSType"));
        var audiences = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < spec.TokenRequests.Count; i++)
        {
            var (request, place) = (spec.TokenRequests[i], path.Child("tokenRequests").Index(i));
            if (!audiences.Add(request.Audience))
            {
                errors.Add(FieldErrors.Duplicate(place.Child("audience"), request.Audience));
                continue;
            }
            if (request.ExpirationSeconds is < 600 and var little)
                errors.Add(FieldErrors.Invalid(place.Child("expirationSeconds"), little, "may not specify a duration less than 10 minutes"));
            if (request.ExpirationSeconds is > 1L << 32 and var much)
                errors.Add(FieldErrors.Invalid(place.Child("expirationSeconds"), much, "may not specify a duration larger than 2^32 seconds"));
        }
        foreach (var mode in spec.VolumeLifecycleModes)
            if (mode is not ("Persistent" or "Ephemeral")) errors.Add(FieldErrors.NotSupported(path.Child("volumeLifecycleModes"), mode, "Persistent", "Ephemeral"));
        if (spec.SELinuxMount is null) errors.Add(FieldErrors.Required(path.Child("seLinuxMount")));
    }

    private static void Check(List<FieldError> errors, CSINode node)
    {
        ObjectMetaValidation.CheckCreate(errors, node.Metadata, namespaced: false, ObjectNameRules.Subdomain);
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < node.Spec.Drivers.Count; i++)
        {
            var (driver, place) = (node.Spec.Drivers[i], FieldPath.Spec.Child("drivers").Index(i));
            CheckDriverName(errors, driver.Name, place.Child("name"));
            if (driver.NodeID.Length == 0) errors.Add(FieldErrors.Required(place.Child("nodeID")));
            if (driver.NodeID.Length > MaxNodeId) errors.Add(FieldErrors.Invalid(place.Child("nodeID"), driver.NodeID, $"must be {MaxNodeId} characters or less"));
            ObjectMetaValidation.CheckNonNegative(errors, driver.Allocatable?.Count ?? 0, place.Child("allocatable").Child("count"));
            if (!names.Add(driver.Name)) errors.Add(FieldErrors.Duplicate(place.Child("name"), driver.Name));
            var keys = new HashSet<string>(StringComparer.Ordinal);
            foreach (var key in driver.TopologyKeys)
            {
                if (key.Length == 0) errors.Add(FieldErrors.Required(place));
                if (!keys.Add(key)) errors.Add(FieldErrors.Duplicate(place, key));
                errors.AddInvalid(place, key, NameRules.QualifiedName(key));
            }
        }
    }

    private static GoLiteral Literal(CSINodeDriver driver) => new(
        $"storage.CSINodeDriver{{Name:{GoSyntax.Quote(driver.Name)}, NodeID:{GoSyntax.Quote(driver.NodeID)}, TopologyKeys:{GoSyntax.List("string", driver.TopologyKeys)}, " +
        $"Allocatable:(*storage.VolumeNodeResources)({(driver.Allocatable is null ? "nil" : "0xc000000000")})}}");
}
