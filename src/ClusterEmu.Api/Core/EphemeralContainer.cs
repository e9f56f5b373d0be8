namespace ClusterEmu.Api;

public sealed record EphemeralContainer
{
    [AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string Image { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public IReadOnlyList<string> Command { get => field ?? []; init => field = Absent.IfEmpty(value); }
    public IReadOnlyList<string> Args { get => field ?? []; init => field = Absent.IfEmpty(value); }
    public string WorkingDir { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [PatchMerge("containerPort"), MapList("containerPort", "protocol")]
    public IReadOnlyList<ContainerPort> Ports { get => field ?? []; init => field = Absent.IfEmpty(value); }
    public IReadOnlyList<EnvFromSource> EnvFrom { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [PatchMerge("name"), MapList("name")]
    public IReadOnlyList<EnvVar> Env { get => field ?? []; init => field = Absent.IfEmpty(value); }
    public ResourceRequirements Resources { get => field ?? ResourceRequirements.Empty; init; }
    public IReadOnlyList<ContainerResizePolicy> ResizePolicy { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [GoType("v1.ContainerRestartPolicy")]
    public string? RestartPolicy { get; init; }

    [PatchMerge("mountPath"), MapList("mountPath")]
    public IReadOnlyList<VolumeMount> VolumeMounts { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [PatchMerge("devicePath"), MapList("devicePath")]
    public IReadOnlyList<VolumeDevice> VolumeDevices { get => field ?? []; init => field = Absent.IfEmpty(value); }
    public Probe? LivenessProbe { get; init; }
    public Probe? ReadinessProbe { get; init; }
    public Probe? StartupProbe { get; init; }
    public Lifecycle? Lifecycle { get; init; }
    public string TerminationMessagePath { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [GoType("v1.TerminationMessagePolicy")]
    public string TerminationMessagePolicy { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [GoType("v1.PullPolicy")]
    public string ImagePullPolicy { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public SecurityContext? SecurityContext { get; init; }
    public bool Stdin { get; init; }
    public bool StdinOnce { get; init; }
    public bool Tty { get; init; }
    public string TargetContainerName { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}
