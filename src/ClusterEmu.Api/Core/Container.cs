using System.Text.Json.Serialization;

namespace ClusterEmu.Api;

[Doc("A program in its image.")]
public sealed record Container
{
    [Doc("The container's name, unique in the Pod.")]
    [AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The image, such as nginx:1.27.")]
    public string Image { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("What to run instead of the image's entry point.")]
    public IReadOnlyList<string> Command { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Arguments, instead of the image's own.")]
    public IReadOnlyList<string> Args { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("The directory to start in.")]
    public string WorkingDir { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Ports that the container listens on. For information and for names; other ports can be reached too.")]
    [PatchMerge("containerPort"), MapList("containerPort", "protocol")]
    public IReadOnlyList<ContainerPort> Ports { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("ConfigMaps and Secrets whose entries become environment variables.")]
    public IReadOnlyList<EnvFromSource> EnvFrom { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Environment variables.")]
    [PatchMerge("name"), MapList("name")]
    public IReadOnlyList<EnvVar> Env { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Requests and limits of CPU, memory and the like.")]
    public ResourceRequirements Resources { get => field ?? ResourceRequirements.Empty; init; }

    [Doc("Which resources can be changed without a restart.")]
    public IReadOnlyList<ContainerResizePolicy> ResizePolicy { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Always makes an init container run beside the others, as a sidecar.")]
    [GoType("v1.ContainerRestartPolicy")]
    public string? RestartPolicy { get; init; }

    [Doc("Where the Pod's volumes are mounted.")]
    [PatchMerge("mountPath"), MapList("mountPath")]
    public IReadOnlyList<VolumeMount> VolumeMounts { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("Where the Pod's block devices appear.")]
    [PatchMerge("devicePath"), MapList("devicePath")]
    public IReadOnlyList<VolumeDevice> VolumeDevices { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("The container is restarted when this probe fails.")]
    public Probe? LivenessProbe { get; init; }

    [Doc("The Pod gets traffic from Services only while this probe succeeds.")]
    public Probe? ReadinessProbe { get; init; }

    [Doc("The other probes wait until this one has succeeded once.")]
    public Probe? StartupProbe { get; init; }

    [Doc("What to do right after the start and right before the end.")]
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
}

[Doc("A port that a container listens on.")]
public sealed record ContainerPort
{
    [Doc("A name that Services can use as targetPort.")]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The same port on the node.")]
    public int HostPort { get; init; }

    [Doc("The port, 1 to 65535.")]
    [JsonPropertyName("containerPort"), AlwaysWritten]
    public int Port { get; init; }

    [Doc("TCP (the default), UDP or SCTP.")]
    [GoType("v1.Protocol"), KeyDefault("TCP")]
    public string Protocol { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The node's address to bind hostPort to.")]
    public string HostIP { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[Doc("How a container takes a change of one resource.")]
public sealed record ContainerResizePolicy
{
    [Doc("cpu or memory.")]
    [GoType("v1.ResourceName"), AlwaysWritten]
    public string ResourceName { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("NotRequired (the default) or RestartContainer.")]
    [GoType("v1.ResourceResizeRestartPolicy"), AlwaysWritten]
    public string RestartPolicy { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[Doc("Where a volume appears in a container.")]
public sealed record VolumeMount
{
    [Doc("The Pod's volume.")]
    [AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("True keeps the container from writing.")]
    public bool ReadOnly { get; init; }

    [Doc("Disabled, IfPossible or Enabled: whether mounts below this one are read-only, too.")]
    [GoType("v1.RecursiveReadOnlyMode")]
    public string? RecursiveReadOnly { get; init; }

    [Doc("The directory in the container. No colons.")]
    [AlwaysWritten]
    public string MountPath { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The directory or file of the volume to mount, instead of its root.")]
    public string SubPath { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("None (the default), HostToContainer or Bidirectional: whether mounts made later are seen by the other side.")]
    [GoType("v1.MountPropagationMode")]
    public string? MountPropagation { get; init; }

    [Doc("Like subPath, with environment variables as $(NAME).")]
    public string SubPathExpr { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[Doc("Where a block device appears in a container.")]
public sealed record VolumeDevice
{
    [Doc("The Pod's volume, a claim with volumeMode Block.")]
    [AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The device's path in the container.")]
    [AlwaysWritten]
    public string DevicePath { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}
