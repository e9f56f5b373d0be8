namespace ClusterEmu.Api;

/// <summary>What volumes and claims share, and the kinds of storage that a volume can be. Source: pkg/apis/core/validation/validation.go.</summary>
/// <remarks>Sources that need a cloud or a storage system are only counted: nothing here mounts them.</remarks>
internal static class PersistentVolumeRules
{
    internal static void CheckModes(List<FieldError> errors, IReadOnlyList<string> modes, FieldPath path)
    {
        foreach (var mode in modes)
            if (mode is not ("ReadOnlyMany" or "ReadWriteMany" or "ReadWriteOnce" or "ReadWriteOncePod"))
                errors.Add(FieldErrors.NotSupported(path, mode, "ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"));
        if (modes.Contains("ReadWriteOncePod") && modes.Any(mode => mode is "ReadOnlyMany" or "ReadWriteMany" or "ReadWriteOnce"))
            errors.Add(FieldErrors.Forbidden(path, "may not use ReadWriteOncePod with other access modes"));
    }

    internal static void CheckPositive(List<FieldError> errors, Quantity amount, FieldPath path)
    {
        if (amount.Sign <= 0) errors.Add(FieldErrors.Invalid(path, amount.ToString(), "must be greater than zero"));
    }

    /// <summary>The name of a class, which may be left out.</summary>
    internal static void CheckClass(List<FieldError> errors, string name, FieldPath path)
    {
        if (name.Length > 0) errors.AddInvalid(path, name, NameRules.Dns1123Subdomain(name));
    }

    /// <summary>The storage itself, without what may change about it. Secrets for growing may be added later.</summary>
    internal static PersistentVolumeSpec SourceOf(PersistentVolumeSpec spec) => spec with
    {
        Capacity = EmptyMap.Quantities,
        AccessModes = [],
        ClaimRef = null,
        PersistentVolumeReclaimPolicy = "",
        StorageClassName = "",
        MountOptions = [],
        VolumeMode = null,
        NodeAffinity = null,
        VolumeAttributesClassName = null,
        Csi = spec.Csi is { } csi ? csi with { ControllerExpandSecretRef = null } : null,
    };

    internal static void CheckSource(List<FieldError> errors, PersistentVolumeSpec spec, FieldPath path)
    {
        var sources = 0;
        One("hostPath", spec.HostPath, VolumeRules.CheckHostPath);
        One("gcePersistentDisk", spec.GcePersistentDisk);
        One("awsElasticBlockStore", spec.AwsElasticBlockStore);
        One("glusterfs", spec.Glusterfs);
        One("flocker", spec.Flocker);
        One("nfs", spec.Nfs, VolumeRules.CheckNfs);
        One("rbd", spec.Rbd);
        One("quobyte", spec.Quobyte);
        One("cephFS", spec.Cephfs);
        One("iscsi", spec.Iscsi);
        One("cinder", spec.Cinder);
        One("fc", spec.Fc);
        One("flexVolume", spec.FlexVolume);
        One("azureFile", spec.AzureFile);
        One("vsphereVolume", spec.VsphereVolume);
        One("photonPersistentDisk", spec.PhotonPersistentDisk);
        One("portworxVolume", spec.PortworxVolume);
        One("azureDisk", spec.AzureDisk);
        One("scaleIO", spec.ScaleIO);
        One("local", spec.Local, (_, local, place) =>
        {
            if (local.Path.Length == 0) errors.Add(FieldErrors.Required(place.Child("path")));
            else if (local.Path.Split('/').Contains("..")) errors.Add(FieldErrors.Invalid(place.Child("path"), local.Path, "must not contain '..'"));
            if (spec.NodeAffinity?.Required is null) errors.Add(FieldErrors.Required(path.Child("nodeAffinity"), "Local volume requires node affinity"));
        });
        One("storageos", spec.Storageos);
        One("csi", spec.Csi, CheckCsi);
        if (sources == 0) errors.Add(FieldErrors.Required(path, "must specify a volume type"));

        void One<T>(string name, T? source, Action<List<FieldError>, T, FieldPath>? check = null) where T : class
        {
            if (source is null) return;
            if (++sources > 1) errors.Add(FieldErrors.Forbidden(path.Child(name), "may not specify more than 1 volume type"));
            else check?.Invoke(errors, source, path.Child(name));
        }
    }

    private static void CheckCsi(List<FieldError> errors, CSIPersistentVolumeSource csi, FieldPath path)
    {
        if (csi.Driver.Length == 0) errors.Add(FieldErrors.Required(path.Child("driver")));
        else errors.AddInvalid(path.Child("driver"), csi.Driver, NameRules.Dns1123Subdomain(csi.Driver.ToLowerInvariant()));
        if (csi.VolumeHandle.Length == 0) errors.Add(FieldErrors.Required(path.Child("volumeHandle")));
    }
}
