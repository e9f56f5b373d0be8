namespace ClusterEmu.Api;

/// <summary>Where containers mount volumes. Source: ValidateVolumeMounts and ValidateVolumeDevices.</summary>
internal static class VolumeMountRules
{
    internal static void Check(List<FieldError> errors, Container container, IReadOnlyDictionary<string, Volume> volumes, FieldPath path)
    {
        CheckMounts(errors, container, volumes, path.Child("volumeMounts"));
        CheckDevices(errors, container, volumes, path.Child("volumeDevices"));
    }

    private static void CheckMounts(
        List<FieldError> errors, Container container, IReadOnlyDictionary<string, Volume> volumes, FieldPath path)
    {
        var places = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < container.VolumeMounts.Count; i++)
        {
            var (mount, place) = (container.VolumeMounts[i], path.Index(i));
            if (mount.Name.Length == 0) errors.Add(FieldErrors.Required(place.Child("name")));
            if (!volumes.ContainsKey(mount.Name)) errors.Add(FieldErrors.NotFound(place.Child("name"), mount.Name));
            if (mount.MountPath.Length == 0) errors.Add(FieldErrors.Required(place.Child("mountPath")));
            if (!places.Add(mount.MountPath)) errors.Add(FieldErrors.Invalid(place.Child("mountPath"), mount.MountPath, "must be unique"));
            if (container.VolumeDevices.Any(device => device.Name == mount.Name))
                errors.Add(FieldErrors.Invalid(place.Child("name"), mount.Name, "must not already exist in volumeDevices"));
            if (container.VolumeDevices.Any(device => device.DevicePath == mount.MountPath))
                errors.Add(FieldErrors.Invalid(place.Child("mountPath"), mount.MountPath,
                    "must not already exist as a path in volumeDevices"));
            if (mount.SubPath.Length > 0) VolumeRules.CheckRelative(errors, mount.SubPath, path.Child("subPath"));
            if (mount.SubPathExpr.Length > 0)
            {
                if (mount.SubPath.Length > 0)
                    errors.Add(FieldErrors.Invalid(place.Child("subPathExpr"), mount.SubPathExpr,
                        "subPathExpr and subPath are mutually exclusive"));
                VolumeRules.CheckRelative(errors, mount.SubPathExpr, path.Child("subPathExpr"));
            }
            CheckPropagation(errors, mount, container, path);
        }
    }

    private static void CheckPropagation(List<FieldError> errors, VolumeMount mount, Container container, FieldPath path)
    {
        var propagation = path.Child("mountPropagation");
        if (mount.MountPropagation is not (null or "Bidirectional" or "HostToContainer" or "None"))
            errors.Add(FieldErrors.NotSupported(propagation, mount.MountPropagation, "Bidirectional", "HostToContainer", "None"));
        if (mount.MountPropagation == "Bidirectional" && container.SecurityContext?.Privileged != true)
            errors.Add(FieldErrors.Forbidden(propagation, "Bidirectional mount propagation is available only to privileged containers"));

        var recursive = path.Child("recursiveReadOnly");
        if (mount.RecursiveReadOnly is not (null or "Disabled" or "Enabled" or "IfPossible"))
            errors.Add(FieldErrors.NotSupported(recursive, mount.RecursiveReadOnly, "Disabled", "Enabled", "IfPossible"));
        if (mount.RecursiveReadOnly is not ("Enabled" or "IfPossible")) return;
        if (!mount.ReadOnly) errors.Add(FieldErrors.Forbidden(recursive, "may only be specified when readOnly is true"));
        if (mount.MountPropagation is not (null or "None"))
            errors.Add(FieldErrors.Forbidden(recursive, "may only be specified when mountPropagation is None or not specified"));
    }

    private static void CheckDevices(
        List<FieldError> errors, Container container, IReadOnlyDictionary<string, Volume> volumes, FieldPath path)
    {
        var paths = new HashSet<string>(StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < container.VolumeDevices.Count; i++)
        {
            var (device, place) = (container.VolumeDevices[i], path.Index(i));
            if (device.Name.Length == 0) errors.Add(FieldErrors.Required(place.Child("name")));
            else if (!names.Add(device.Name)) errors.Add(FieldErrors.Invalid(place.Child("name"), device.Name, "must be unique"));
            if (!volumes.TryGetValue(device.Name, out var volume)) errors.Add(FieldErrors.NotFound(place.Child("name"), device.Name));
            else if (volume is { PersistentVolumeClaim: null, Ephemeral: null })
                errors.Add(FieldErrors.Invalid(place.Child("name"), device.Name,
                    "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode"));
            if (device.DevicePath.Length == 0) errors.Add(FieldErrors.Required(place.Child("devicePath")));
            else if (device.DevicePath.Split('/').Contains(".."))
                errors.Add(FieldErrors.Invalid(place.Child("devicePath"), device.DevicePath, "can not contain backsteps ('..')"));
            else if (!paths.Add(device.DevicePath))
                errors.Add(FieldErrors.Invalid(place.Child("devicePath"), device.DevicePath, "must be unique"));
            if (container.VolumeMounts.Any(mount => mount.Name == device.Name))
                errors.Add(FieldErrors.Invalid(place.Child("name"), device.Name, "must not already exist in volumeMounts"));
            if (container.VolumeMounts.Any(mount => mount.MountPath == device.DevicePath))
                errors.Add(FieldErrors.Invalid(place.Child("devicePath"), device.DevicePath,
                    "must not already exist as a path in volumeMounts"));
        }
    }
}
