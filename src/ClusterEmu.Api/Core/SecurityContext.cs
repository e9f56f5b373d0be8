namespace ClusterEmu.Api;

[Doc("Users, groups and privileges for all containers of a Pod.")]
public sealed record PodSecurityContext
{
    [Doc("SELinux labels of the containers.")]
    public SELinuxOptions? SeLinuxOptions { get; init; }

    [Doc("Settings for Windows.")]
    public WindowsSecurityContextOptions? WindowsOptions { get; init; }

    [Doc("The number of the user that containers run as. Defaults to the image's.")]
    public long? RunAsUser { get; init; }

    [Doc("The number of the group that containers run as. Defaults to the runtime's.")]
    public long? RunAsGroup { get; init; }

    [Doc("True refuses to start containers as user 0.")]
    public bool? RunAsNonRoot { get; init; }

    [Doc("Numbers of further groups.")]
    public IReadOnlyList<long> SupplementalGroups { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Merge (the default) adds the groups that the image gives the user; Strict does not.")]
    [GoType("v1.SupplementalGroupsPolicy")]
    public string? SupplementalGroupsPolicy { get; init; }

    [Doc("The group that volumes belong to.")]
    public long? FsGroup { get; init; }

    [Doc("Kernel parameters of the Pod.")]
    public IReadOnlyList<Sysctl> Sysctls { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("OnRootMismatch changes owners only if the root's is wrong; Always (the default) each time.")]
    [GoType("v1.PodFSGroupChangePolicy")]
    public string? FsGroupChangePolicy { get; init; }

    [Doc("Which system calls are allowed.")]
    public SeccompProfile? SeccompProfile { get; init; }

    [Doc("The AppArmor profile.")]
    public AppArmorProfile? AppArmorProfile { get; init; }

    [Doc("How volumes get their labels: Recursive or MountOption.")]
    [GoType("v1.PodSELinuxChangePolicy")]
    public string? SeLinuxChangePolicy { get; init; }
}

[Doc("User, group and privileges of a container. What is set here wins over the Pod's settings.")]
public sealed record SecurityContext
{
    [Doc("Kernel capabilities to add and drop.")]
    public Capabilities? Capabilities { get; init; }

    [Doc("True gives the container all privileges of the node's root.")]
    public bool? Privileged { get; init; }

    [Doc("SELinux labels of the container.")]
    public SELinuxOptions? SeLinuxOptions { get; init; }

    [Doc("Settings for Windows.")]
    public WindowsSecurityContextOptions? WindowsOptions { get; init; }

    [Doc("The number of the user that the container runs as. Defaults to the image's.")]
    public long? RunAsUser { get; init; }

    [Doc("The number of the group that the container runs as. Defaults to the runtime's.")]
    public long? RunAsGroup { get; init; }

    [Doc("True refuses to start the container as user 0.")]
    public bool? RunAsNonRoot { get; init; }

    [Doc("True lets the container write to volumes only.")]
    public bool? ReadOnlyRootFilesystem { get; init; }

    [Doc("False keeps processes from getting more privileges than their parent.")]
    public bool? AllowPrivilegeEscalation { get; init; }

    [Doc("Default or Unmasked: what is hidden in /proc.")]
    [GoType("v1.ProcMountType")]
    public string? ProcMount { get; init; }

    [Doc("Which system calls are allowed.")]
    public SeccompProfile? SeccompProfile { get; init; }

    [Doc("The AppArmor profile.")]
    public AppArmorProfile? AppArmorProfile { get; init; }
}

[Doc("An SELinux label.")]
public sealed record SELinuxOptions
{
    [Doc("The user part.")]
    public string User { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The role part.")]
    public string Role { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The type part.")]
    public string Type { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The level part.")]
    public string Level { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[Doc("Settings for Windows.")]
public sealed record WindowsSecurityContextOptions
{
    [Doc("The name of the group managed service account's specification.")]
    public string? GmsaCredentialSpecName { get; init; }

    [Doc("The specification itself.")]
    public string? GmsaCredentialSpec { get; init; }

    [Doc("The user that containers run as.")]
    public string? RunAsUserName { get; init; }

    [Doc("True runs on the host itself. All containers of a Pod do, or none.")]
    public bool? HostProcess { get; init; }
}

[Doc("Which system calls are allowed.")]
public sealed record SeccompProfile
{
    [Doc("RuntimeDefault, Unconfined, or Localhost for a file on the node.")]
    [GoType("v1.SeccompProfileType"), AlwaysWritten]
    public string Type { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The file, for Localhost.")]
    public string? LocalhostProfile { get; init; }
}

[Doc("An AppArmor profile.")]
public sealed record AppArmorProfile
{
    [Doc("RuntimeDefault, Unconfined, or Localhost for a profile loaded on the node.")]
    [GoType("v1.AppArmorProfileType"), AlwaysWritten]
    public string Type { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The profile, for Localhost.")]
    public string? LocalhostProfile { get; init; }
}

[Doc("A kernel parameter.")]
public sealed record Sysctl
{
    [Doc("Such as net.ipv4.ip_local_port_range.")]
    [AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Its value.")]
    [AlwaysWritten]
    public string Value { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[Doc("Kernel capabilities.")]
public sealed record Capabilities
{
    [Doc("Capabilities to add, such as NET_ADMIN.")]
    [GoType("v1.Capability")]
    public IReadOnlyList<string> Add { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Capabilities to drop; ALL drops every one.")]
    [GoType("v1.Capability")]
    public IReadOnlyList<string> Drop { get => field ?? []; init => field = Absent.IfEmpty(value); }
}
