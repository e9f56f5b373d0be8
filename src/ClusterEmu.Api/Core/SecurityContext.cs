namespace ClusterEmu.Api;

public sealed record PodSecurityContext
{
    public SELinuxOptions? SeLinuxOptions { get; init; }
    public WindowsSecurityContextOptions? WindowsOptions { get; init; }
    public long? RunAsUser { get; init; }
    public long? RunAsGroup { get; init; }
    public bool? RunAsNonRoot { get; init; }
    public IReadOnlyList<long> SupplementalGroups { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [GoType("v1.SupplementalGroupsPolicy")]
    public string? SupplementalGroupsPolicy { get; init; }
    public long? FsGroup { get; init; }
    public IReadOnlyList<Sysctl> Sysctls { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [GoType("v1.PodFSGroupChangePolicy")]
    public string? FsGroupChangePolicy { get; init; }
    public SeccompProfile? SeccompProfile { get; init; }
    public AppArmorProfile? AppArmorProfile { get; init; }

    [GoType("v1.PodSELinuxChangePolicy")]
    public string? SeLinuxChangePolicy { get; init; }
}

public sealed record SecurityContext
{
    public Capabilities? Capabilities { get; init; }
    public bool? Privileged { get; init; }
    public SELinuxOptions? SeLinuxOptions { get; init; }
    public WindowsSecurityContextOptions? WindowsOptions { get; init; }
    public long? RunAsUser { get; init; }
    public long? RunAsGroup { get; init; }
    public bool? RunAsNonRoot { get; init; }
    public bool? ReadOnlyRootFilesystem { get; init; }
    public bool? AllowPrivilegeEscalation { get; init; }

    [GoType("v1.ProcMountType")]
    public string? ProcMount { get; init; }
    public SeccompProfile? SeccompProfile { get; init; }
    public AppArmorProfile? AppArmorProfile { get; init; }
}

public sealed record SELinuxOptions
{
    public string User { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string Role { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string Type { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string Level { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

public sealed record WindowsSecurityContextOptions
{
    public string? GmsaCredentialSpecName { get; init; }
    public string? GmsaCredentialSpec { get; init; }
    public string? RunAsUserName { get; init; }
    public bool? HostProcess { get; init; }
}

public sealed record SeccompProfile
{
    [GoType("v1.SeccompProfileType"), AlwaysWritten]
    public string Type { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string? LocalhostProfile { get; init; }
}

public sealed record AppArmorProfile
{
    [GoType("v1.AppArmorProfileType"), AlwaysWritten]
    public string Type { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string? LocalhostProfile { get; init; }
}

public sealed record Sysctl
{
    [AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public string Value { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

public sealed record Capabilities
{
    [GoType("v1.Capability")]
    public IReadOnlyList<string> Add { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [GoType("v1.Capability")]
    public IReadOnlyList<string> Drop { get => field ?? []; init => field = Absent.IfEmpty(value); }
}
