namespace ClusterEmu.Api;

/// <summary>Security contexts.</summary>
/// <remarks>Source: ValidateSecurityContext and validatePodSpecSecurityContext. Windows options are not looked at.</remarks>
internal static class SecurityRules
{
    private const string SysctlPattern = "^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$";

    internal static void Check(List<FieldError> errors, SecurityContext? context, bool hostUsers, FieldPath path)
    {
        if (context is null) return;
        CheckId(errors, context.RunAsUser, path.Child("runAsUser"));
        CheckId(errors, context.RunAsGroup, path.Child("runAsGroup"));
        if (context.ProcMount is not (null or "Default" or "Unmasked"))
            errors.Add(FieldErrors.NotSupported(path.Child("procMount"), context.ProcMount, "Default", "Unmasked"));
        if (hostUsers && context.ProcMount == "Unmasked")
            errors.Add(FieldErrors.Invalid(path.Child("procMount"), context.ProcMount, "`hostUsers` must be false to use `Unmasked`"));
        CheckSeccomp(errors, context.SeccompProfile, path.Child("seccompProfile"));
        if (context.AllowPrivilegeEscalation == false)
        {
            if (context.Privileged == true)
                errors.Add(FieldErrors.Invalid(path, new GoLiteral("core.SecurityContext{…}"),
                    "cannot set `allowPrivilegeEscalation` to false and `privileged` to true"));
            if (context.Capabilities?.Add.Contains("CAP_SYS_ADMIN") == true)
                errors.Add(FieldErrors.Invalid(path, new GoLiteral("core.SecurityContext{…}"),
                    "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN"));
        }
        CheckAppArmor(errors, context.AppArmorProfile, path.Child("appArmorProfile"));
    }

    internal static void CheckPod(List<FieldError> errors, PodSpec spec, FieldPath path)
    {
        if (spec.SecurityContext is not { } context) return;
        CheckId(errors, context.FsGroup, path.Child("fsGroup"));
        CheckId(errors, context.RunAsUser, path.Child("runAsUser"));
        CheckId(errors, context.RunAsGroup, path.Child("runAsGroup"));
        for (var i = 0; i < context.SupplementalGroups.Count; i++)
            CheckId(errors, context.SupplementalGroups[i], path.Child("supplementalGroups").Index(i));
        if (spec is { ShareProcessNamespace: true, HostPID: true })
            errors.Add(FieldErrors.Invalid(path.Child("shareProcessNamespace"), true,
                "ShareProcessNamespace and HostPID cannot both be enabled"));
        CheckSysctls(errors, spec, context.Sysctls, path.Child("sysctls"));
        if (context.FsGroupChangePolicy is not (null or "Always" or "OnRootMismatch"))
            errors.Add(FieldErrors.NotSupported(path.Child("fsGroupChangePolicy"), context.FsGroupChangePolicy, "Always",
                "OnRootMismatch"));
        CheckSeccomp(errors, context.SeccompProfile, path.Child("seccompProfile"));
        CheckAppArmor(errors, context.AppArmorProfile, path.Child("appArmorProfile"));
        if (context.SupplementalGroupsPolicy is not (null or "Merge" or "Strict"))
            errors.Add(FieldErrors.NotSupported(path.Child("supplementalGroupsPolicy"), context.SupplementalGroupsPolicy, "Merge",
                "Strict"));
        if (context.SeLinuxChangePolicy is not (null or "MountOption" or "Recursive"))
            errors.Add(FieldErrors.NotSupported(path.Child("seLinuxChangePolicy"), context.SeLinuxChangePolicy, "MountOption",
                "Recursive"));
    }

    private static void CheckId(List<FieldError> errors, long? id, FieldPath path)
    {
        if (id is { } value) errors.AddInvalid(path, value, NameRules.InRange(value, 0, int.MaxValue));
    }

    private static void CheckSysctls(List<FieldError> errors, PodSpec spec, IReadOnlyList<Sysctl> sysctls, FieldPath path)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < sysctls.Count; i++)
        {
            var (name, place) = (sysctls[i].Name, path.Index(i).Child("name"));
            if (name.Length == 0) errors.Add(FieldErrors.Required(place));
            else if (name.Length > 253 || !System.Text.RegularExpressions.Regex.IsMatch(name, SysctlPattern))
                errors.Add(FieldErrors.Invalid(place, name, $"must have at most 253 characters and match regex {SysctlPattern}"));
            else if (!seen.Add(name)) errors.Add(FieldErrors.Duplicate(place, name));
            var plain = name.Replace('/', '.');
            if (spec.HostNetwork && plain.StartsWith("net.", StringComparison.Ordinal))
                errors.Add(FieldErrors.Invalid(place, name, "may not be specified when 'hostNetwork' is true"));
            if (spec.HostIPC && (plain.StartsWith("kernel.shm", StringComparison.Ordinal) || plain.StartsWith("kernel.msg", StringComparison.Ordinal)
                || plain.StartsWith("fs.mqueue.", StringComparison.Ordinal) || plain == "kernel.sem"))
                errors.Add(FieldErrors.Invalid(place, name, "may not be specified when 'hostIPC' is true"));
        }
    }

    private static void CheckSeccomp(List<FieldError> errors, SeccompProfile? profile, FieldPath path)
    {
        if (profile is null) return;
        if (profile.Type.Length == 0) errors.Add(FieldErrors.Required(path.Child("type"), "type is required when seccompProfile is set"));
        else if (profile.Type is not ("Localhost" or "RuntimeDefault" or "Unconfined"))
            errors.Add(FieldErrors.NotSupported(path.Child("type"), profile.Type, "Localhost", "RuntimeDefault", "Unconfined"));
        var local = path.Child("localhostProfile");
        if (profile.Type != "Localhost")
        {
            if (profile.LocalhostProfile is not null)
                errors.Add(FieldErrors.Invalid(local, profile.LocalhostProfile, "can only be set when seccomp type is Localhost"));
        }
        else if (profile.LocalhostProfile is null) errors.Add(FieldErrors.Required(local, "must be set when seccomp type is Localhost"));
        else VolumeRules.CheckRelative(errors, profile.LocalhostProfile, local);
    }

    private static void CheckAppArmor(List<FieldError> errors, AppArmorProfile? profile, FieldPath path)
    {
        if (profile is null) return;
        var local = path.Child("localhostProfile");
        switch (profile.Type)
        {
            case "Localhost":
                if (string.IsNullOrEmpty(profile.LocalhostProfile))
                    errors.Add(FieldErrors.Required(local, "must be set when AppArmor type is Localhost"));
                else if (profile.LocalhostProfile.Trim() != profile.LocalhostProfile)
                    errors.Add(FieldErrors.Invalid(local, profile.LocalhostProfile, "must not be padded with whitespace"));
                if (profile.LocalhostProfile?.Length > 4095) errors.Add(FieldErrors.TooLong(local, 4095));
                break;
            case "RuntimeDefault" or "Unconfined":
                if (profile.LocalhostProfile is not null)
                    errors.Add(FieldErrors.Invalid(local, profile.LocalhostProfile, "can only be set when AppArmor type is Localhost"));
                break;
            case "":
                errors.Add(FieldErrors.Required(path.Child("type"), "type is required when appArmorProfile is set"));
                break;
            default:
                errors.Add(FieldErrors.NotSupported(path.Child("type"), profile.Type, "Localhost", "RuntimeDefault", "Unconfined"));
                break;
        }
    }
}
