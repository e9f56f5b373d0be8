namespace ClusterEmu.Api;

[Doc("A container added to a running Pod for debugging. It cannot be taken out again.")]
public sealed record EphemeralContainer
{
    [Doc("The container's name, unique among all containers of the Pod.")]
    [AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The image, such as busybox:1.36.")]
    public string Image { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("What to run instead of the image's entry point.")]
    public IReadOnlyList<string> Command { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Arguments, instead of the image's own.")]
    public IReadOnlyList<string> Args { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("The directory to start in.")]
    public string WorkingDir { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Not allowed here.")]
    [PatchMerge("containerPort"), MapList("containerPort", "protocol")]
    public IReadOnlyList<ContainerPort> Ports { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("ConfigMaps and Secrets whose entries become environment variables.")]
    public IReadOnlyList<EnvFromSource> EnvFrom { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Environment variables.")]
    [PatchMerge("name"), MapList("name")]
    public IReadOnlyList<EnvVar> Env { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Not allowed here: it uses what the Pod has.")]
    public ResourceRequirements Resources { get => field ?? ResourceRequirements.Empty; init; }

    [Doc("Not allowed here.")]
    public IReadOnlyList<ContainerResizePolicy> ResizePolicy { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Not allowed here: it is never started again.")]
    [GoType("v1.ContainerRestartPolicy")]
    public string? RestartPolicy { get; init; }

    [Doc("Where the Pod's volumes are mounted.")]
    [PatchMerge("mountPath"), MapList("mountPath")]
    public IReadOnlyList<VolumeMount> VolumeMounts { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Where the Pod's block devices appear.")]
    [PatchMerge("devicePath"), MapList("devicePath")]
    public IReadOnlyList<VolumeDevice> VolumeDevices { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Not allowed here.")]
    public Probe? LivenessProbe { get; init; }

    [Doc("Not allowed here.")]
    public Probe? ReadinessProbe { get; init; }

    [Doc("Not allowed here.")]
    public Probe? StartupProbe { get; init; }

    [Doc("Not allowed here.")]
    public Lifecycle? Lifecycle { get; init; }

    [Doc("The file whose content becomes the container's last message.")]
    public string TerminationMessagePath { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("File, or FallbackToLogsOnError to use the log's end if the file is empty.")]
    [GoType("v1.TerminationMessagePolicy")]
    public string TerminationMessagePolicy { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Always, IfNotPresent or Never.")]
    [GoType("v1.PullPolicy")]
    public string ImagePullPolicy { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("User, group and privileges of this container.")]
    public SecurityContext? SecurityContext { get; init; }

    [Doc("True keeps standard input open.")]
    public bool Stdin { get; init; }

    [Doc("True closes standard input after the first client.")]
    public bool StdinOnce { get; init; }

    [Doc("True gives the container a terminal.")]
    public bool Tty { get; init; }

    [Doc("The container whose processes it sees.")]
    public string TargetContainerName { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}
