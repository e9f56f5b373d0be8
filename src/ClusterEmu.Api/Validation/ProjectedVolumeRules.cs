namespace ClusterEmu.Api;

/// <summary>Volumes made of several sources, such as the one with a Pod's service account token.</summary>
internal static class ProjectedVolumeRules
{
    internal static void Check(List<FieldError> errors, ProjectedVolumeSource volume, FieldPath path)
    {
        VolumeRules.CheckMode(errors, volume.DefaultMode, path.Child("defaultMode"));
        var taken = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < volume.Sources.Count; i++) Check(errors, volume.Sources[i], taken, path, path.Child("sources").Index(i));
    }

    private static void Check(List<FieldError> errors, VolumeProjection source, HashSet<string> taken, FieldPath volume, FieldPath path)
    {
        var sources = 0;
        if (source.Secret is { } secret && IsFirst(errors, ref sources, path.Child("secret")))
            CheckKeys(errors, secret.Name, secret.Items, taken, volume, path.Child("secret"));
        if (source.ConfigMap is { } map && IsFirst(errors, ref sources, path.Child("configMap")))
            CheckKeys(errors, map.Name, map.Items, taken, volume, path.Child("configMap"));
        if (source.DownwardAPI is { } downward && IsFirst(errors, ref sources, path.Child("downwardAPI")))
            foreach (var file in downward.Items)
            {
                VolumeRules.CheckFile(errors, file, path.Child("downwardAPI"));
                CheckFree(errors, file.Path, file.Path, taken, volume);
            }
        if (source.ServiceAccountToken is { } token && IsFirst(errors, ref sources, path.Child("serviceAccountToken")))
            CheckToken(errors, token, taken, volume, path.Child("serviceAccountToken"));
        if (source.ClusterTrustBundle is not null) IsFirst(errors, ref sources, path.Child("clusterTrustBundle"));
        if (sources == 0) errors.Add(FieldErrors.Required(path, "must specify a volume type"));
    }

    private static void CheckKeys(
        List<FieldError> errors, string name, IReadOnlyList<KeyToPath> items, HashSet<string> taken, FieldPath volume, FieldPath path)
    {
        if (name.Length == 0) errors.Add(FieldErrors.Required(path.Child("name")));
        VolumeRules.CheckItems(errors, items, path.Child("items"));
        foreach (var item in items) CheckFree(errors, item.Path, name, taken, volume);
    }

    private static void CheckToken(
        List<FieldError> errors, ServiceAccountTokenProjection token, HashSet<string> taken, FieldPath volume, FieldPath path)
    {
        if (token.Path.Length == 0) errors.Add(FieldErrors.Required(path.Child("path")));
        else VolumeRules.CheckUnreserved(errors, token.Path, path.Child("path"));
        if (token.ExpirationSeconds < 600)
            errors.Add(FieldErrors.Invalid(path.Child("expirationSeconds"), token.ExpirationSeconds,
                "may not specify a duration less than 10 minutes"));
        if (token.ExpirationSeconds > 1L << 32)
            errors.Add(FieldErrors.Invalid(path.Child("expirationSeconds"), token.ExpirationSeconds,
                "may not specify a duration larger than 2^32 seconds"));
        CheckFree(errors, token.Path, token.Path, taken, volume);
    }

    private static void CheckFree(List<FieldError> errors, string file, string shown, HashSet<string> taken, FieldPath volume)
    {
        if (file.Length > 0 && !taken.Add(file)) errors.Add(FieldErrors.Invalid(volume, shown, "conflicting duplicate paths"));
    }

    private static bool IsFirst(List<FieldError> errors, ref int sources, FieldPath path)
    {
        if (++sources == 1) return true;
        errors.Add(FieldErrors.Forbidden(path, "may not specify more than 1 volume type"));
        return false;
    }
}
