namespace ClusterEmu.Api;

/// <summary>The volumes of a Pod. Source: ValidateVolumes in pkg/apis/core/validation/validation.go.</summary>
/// <remarks>Sources that need a cloud or a storage system are only counted: nothing here mounts them.</remarks>
internal static class VolumeRules
{
    private const string ModeRule = "must be a number between 0 and 0777 (octal), both inclusive";

    /// <summary>Checks all volumes and returns those that are sound, by name.</summary>
    internal static IReadOnlyDictionary<string, Volume> Check(List<FieldError> errors, IReadOnlyList<Volume> volumes, FieldPath path)
    {
        var sound = new Dictionary<string, Volume>(StringComparer.Ordinal);
        for (var i = 0; i < volumes.Count; i++)
        {
            var (volume, place) = (volumes[i], path.Index(i));
            var before = errors.Count;
            CheckSource(errors, volume, place);
            if (volume.Name.Length == 0) errors.Add(FieldErrors.Required(place.Child("name")));
            else errors.AddInvalid(place.Child("name"), volume.Name, NameRules.Dns1123Label(volume.Name));
            if (sound.ContainsKey(volume.Name)) errors.Add(FieldErrors.Duplicate(place.Child("name"), volume.Name));
            if (errors.Count == before) sound.Add(volume.Name, volume);
        }
        return sound;
    }

    /// <summary>A path that stays below where it starts.</summary>
    internal static void CheckRelative(List<FieldError> errors, string value, FieldPath path)
    {
        if (value.StartsWith('/')) errors.Add(FieldErrors.Invalid(path, value, "must be a relative path"));
        CheckNoBacksteps(errors, value, path);
    }

    private static void CheckSource(List<FieldError> errors, Volume volume, FieldPath path)
    {
        var sources = 0;
        if (volume.EmptyDir is { } empty)
        {
            sources++;
            if (empty.SizeLimit is { Sign: < 0 })
                errors.Add(FieldErrors.Forbidden(path.Child("emptyDir").Child("sizeLimit"),
                    "SizeLimit field must be a valid resource quantity"));
        }
        CheckOne(errors, ref sources, volume.HostPath, path.Child("hostPath"), CheckHostPath);
        CheckOne(errors, ref sources, volume.GitRepo, path.Child("gitRepo"));
        CheckOne(errors, ref sources, volume.GcePersistentDisk, path.Child("gcePersistentDisk"));
        CheckOne(errors, ref sources, volume.AwsElasticBlockStore, path.Child("awsElasticBlockStore"));
        CheckOne(errors, ref sources, volume.Secret, path.Child("secret"), CheckSecret);
        CheckOne(errors, ref sources, volume.Nfs, path.Child("nfs"), CheckNfs);
        CheckOne(errors, ref sources, volume.Iscsi, path.Child("iscsi"));
        CheckOne(errors, ref sources, volume.Glusterfs, path.Child("glusterfs"));
        CheckOne(errors, ref sources, volume.Flocker, path.Child("flocker"));
        CheckOne(errors, ref sources, volume.PersistentVolumeClaim, path.Child("persistentVolumeClaim"), CheckClaim);
        CheckOne(errors, ref sources, volume.Rbd, path.Child("rbd"));
        CheckOne(errors, ref sources, volume.Cinder, path.Child("cinder"));
        CheckOne(errors, ref sources, volume.Cephfs, path.Child("cephFS"));
        CheckOne(errors, ref sources, volume.Quobyte, path.Child("quobyte"));
        CheckOne(errors, ref sources, volume.DownwardAPI, path.Child("downwardAPI"), CheckDownward);
        CheckOne(errors, ref sources, volume.Fc, path.Child("fc"));
        CheckOne(errors, ref sources, volume.FlexVolume, path.Child("flexVolume"));
        CheckOne(errors, ref sources, volume.ConfigMap, path.Child("configMap"), CheckConfigMap);
        CheckOne(errors, ref sources, volume.AzureFile, path.Child("azureFile"));
        CheckOne(errors, ref sources, volume.VsphereVolume, path.Child("vsphereVolume"));
        CheckOne(errors, ref sources, volume.PhotonPersistentDisk, path.Child("photonPersistentDisk"));
        CheckOne(errors, ref sources, volume.PortworxVolume, path.Child("portworxVolume"));
        CheckOne(errors, ref sources, volume.AzureDisk, path.Child("azureDisk"));
        CheckOne(errors, ref sources, volume.Storageos, path.Child("storageos"));
        CheckOne(errors, ref sources, volume.Projected, path.Child("projected"), ProjectedVolumeRules.Check);
        CheckOne(errors, ref sources, volume.ScaleIO, path.Child("scaleIO"));
        CheckOne(errors, ref sources, volume.Csi, path.Child("csi"), CheckCsi);
        CheckOne(errors, ref sources, volume.Ephemeral, path.Child("ephemeral"), CheckEphemeral);
        CheckOne(errors, ref sources, volume.Image, path.Child("image"));
        if (sources == 0) errors.Add(FieldErrors.Required(path, "must specify a volume type"));
    }

    private static void CheckOne<T>(List<FieldError> errors, ref int sources, T? source, FieldPath path, Action<List<FieldError>, T, FieldPath>? check = null)
        where T : class
    {
        if (source is null) return;
        if (++sources > 1) errors.Add(FieldErrors.Forbidden(path, "may not specify more than 1 volume type"));
        else check?.Invoke(errors, source, path);
    }

    internal static void CheckHostPath(List<FieldError> errors, HostPathVolumeSource source, FieldPath path)
    {
        if (source.Path.Length == 0)
        {
            errors.Add(FieldErrors.Required(path.Child("path")));
            return;
        }
        CheckNoBacksteps(errors, source.Path, path.Child("path"));
        if (source.Type is not (null or "" or "BlockDevice" or "CharDevice" or "Directory" or "DirectoryOrCreate" or "File" or "FileOrCreate" or "Socket"))
            errors.Add(FieldErrors.NotSupported(path.Child("type"), source.Type, "", "BlockDevice", "CharDevice", "Directory",
                "DirectoryOrCreate", "File", "FileOrCreate", "Socket"));
    }

    private static void CheckSecret(List<FieldError> errors, SecretVolumeSource source, FieldPath path)
    {
        if (source.SecretName.Length == 0) errors.Add(FieldErrors.Required(path.Child("secretName")));
        CheckMode(errors, source.DefaultMode, path.Child("defaultMode"));
        CheckItems(errors, source.Items, path.Child("items"));
    }

    private static void CheckConfigMap(List<FieldError> errors, ConfigMapVolumeSource source, FieldPath path)
    {
        if (source.Name.Length == 0) errors.Add(FieldErrors.Required(path.Child("name")));
        CheckMode(errors, source.DefaultMode, path.Child("defaultMode"));
        CheckItems(errors, source.Items, path.Child("items"));
    }

    private static void CheckDownward(List<FieldError> errors, DownwardAPIVolumeSource source, FieldPath path)
    {
        CheckMode(errors, source.DefaultMode, path.Child("defaultMode"));
        foreach (var file in source.Items) CheckFile(errors, file, path);
    }

    internal static void CheckNfs(List<FieldError> errors, NFSVolumeSource source, FieldPath path)
    {
        if (source.Server.Length == 0) errors.Add(FieldErrors.Required(path.Child("server")));
        if (source.Path.Length == 0) errors.Add(FieldErrors.Required(path.Child("path")));
        if (!source.Path.StartsWith('/')) errors.Add(FieldErrors.Invalid(path.Child("path"), source.Path, "must be an absolute path"));
    }

    private static void CheckClaim(List<FieldError> errors, PersistentVolumeClaimVolumeSource source, FieldPath path)
    {
        if (source.ClaimName.Length == 0) errors.Add(FieldErrors.Required(path.Child("claimName")));
    }

    private static void CheckCsi(List<FieldError> errors, CSIVolumeSource source, FieldPath path)
    {
        if (source.Driver.Length == 0) errors.Add(FieldErrors.Required(path.Child("driver")));
    }

    private static void CheckEphemeral(List<FieldError> errors, EphemeralVolumeSource source, FieldPath path)
    {
        if (source.VolumeClaimTemplate is null) errors.Add(FieldErrors.Required(path.Child("volumeClaimTemplate")));
    }

    internal static void CheckFile(List<FieldError> errors, DownwardAPIVolumeFile file, FieldPath path)
    {
        if (file.Path.Length == 0) errors.Add(FieldErrors.Required(path.Child("path")));
        CheckUnreserved(errors, file.Path, path.Child("path"));
        if (file.FieldRef is { } field)
        {
            EnvRules.CheckField(errors, field, volume: true, path.Child("fieldRef"));
            if (file.ResourceFieldRef is not null)
                errors.Add(FieldErrors.Invalid(path, "resource", "fieldRef and resourceFieldRef can not be specified simultaneously"));
        }
        else if (file.ResourceFieldRef is { } resource)
            EnvRules.CheckResource(errors, resource, volume: true, path.Child("resourceFieldRef"));
        else errors.Add(FieldErrors.Required(path, "one of fieldRef and resourceFieldRef is required"));
        CheckMode(errors, file.Mode, path.Child("mode"));
    }

    internal static void CheckItems(List<FieldError> errors, IReadOnlyList<KeyToPath> items, FieldPath path)
    {
        for (var i = 0; i < items.Count; i++)
        {
            var (item, place) = (items[i], path.Index(i));
            if (item.Key.Length == 0) errors.Add(FieldErrors.Required(place.Child("key")));
            if (item.Path.Length == 0) errors.Add(FieldErrors.Required(place.Child("path")));
            CheckUnreserved(errors, item.Path, place.Child("path"));
            CheckMode(errors, item.Mode, place.Child("mode"));
        }
    }

    internal static void CheckMode(List<FieldError> errors, int? mode, FieldPath path)
    {
        if (mode is < 0 or > 511) errors.Add(FieldErrors.Invalid(path, mode, ModeRule)); // 0777
    }

    /// <summary>Names that start with <c>..</c> are the kubelet's own.</summary>
    internal static void CheckUnreserved(List<FieldError> errors, string value, FieldPath path)
    {
        CheckRelative(errors, value, path);
        if (value.StartsWith("..", StringComparison.Ordinal) && !value.StartsWith("../", StringComparison.Ordinal))
            errors.Add(FieldErrors.Invalid(path, value, "must not start with '..'"));
    }

    private static void CheckNoBacksteps(List<FieldError> errors, string value, FieldPath path)
    {
        if (value.Split('/').Contains("..")) errors.Add(FieldErrors.Invalid(path, value, "must not contain '..'"));
    }
}
