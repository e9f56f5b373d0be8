using System.Text.Json.Serialization;

namespace ClusterEmu.Api;

public sealed record Container
{
    [AlwaysWritten]
    public string Name { get => field ?? ""; init; }
    public string Image { get => field ?? ""; init; }
    public IReadOnlyList<string> Command { get => field ?? []; init; }
    public IReadOnlyList<string> Args { get => field ?? []; init; }
    public string WorkingDir { get => field ?? ""; init; }
    [PatchMerge("containerPort"), MapList("containerPort", "protocol")]
    public IReadOnlyList<ContainerPort> Ports { get => field ?? []; init; }
    public IReadOnlyList<EnvFromSource> EnvFrom { get => field ?? []; init; }
    [PatchMerge("name"), MapList("name")]
    public IReadOnlyList<EnvVar> Env { get => field ?? []; init; }
    public ResourceRequirements Resources { get => field ?? ResourceRequirements.Empty; init; }
    public IReadOnlyList<ContainerResizePolicy> ResizePolicy { get => field ?? []; init; }
    [GoType("v1.ContainerRestartPolicy")]
    public string? RestartPolicy { get; init; }
    [PatchMerge("mountPath"), MapList("mountPath")]
    public IReadOnlyList<VolumeMount> VolumeMounts { get => field ?? []; init; }
    [PatchMerge("devicePath"), MapList("devicePath")]
    public IReadOnlyList<VolumeDevice> VolumeDevices { get => field ?? []; init; }
    public Probe? LivenessProbe { get; init; }
    public Probe? ReadinessProbe { get; init; }
    public Probe? StartupProbe { get; init; }
    public Lifecycle? Lifecycle { get; init; }
    public string TerminationMessagePath { get => field ?? ""; init; }
    [GoType("v1.TerminationMessagePolicy")]
    public string TerminationMessagePolicy { get => field ?? ""; init; }
    [GoType("v1.PullPolicy")]
    public string ImagePullPolicy { get => field ?? ""; init; }
    public SecurityContext? SecurityContext { get; init; }
    public bool Stdin { get; init; }
    public bool StdinOnce { get; init; }
    public bool Tty { get; init; }
}

public sealed record ContainerPort
{
    public string Name { get => field ?? ""; init; }
    public int HostPort { get; init; }
    [JsonPropertyName("containerPort"), AlwaysWritten]
    public int Port { get; init; }
    [GoType("v1.Protocol")]
    public string Protocol { get => field ?? ""; init; }
    public string HostIP { get => field ?? ""; init; }
}

public sealed record ContainerResizePolicy
{
    [GoType("v1.ResourceName"), AlwaysWritten]
    public string ResourceName { get => field ?? ""; init; }
    [GoType("v1.ResourceResizeRestartPolicy"), AlwaysWritten]
    public string RestartPolicy { get => field ?? ""; init; }
}

public sealed record VolumeMount
{
    [AlwaysWritten]
    public string Name { get => field ?? ""; init; }
    public bool ReadOnly { get; init; }
    [GoType("v1.RecursiveReadOnlyMode")]
    public string? RecursiveReadOnly { get; init; }
    [AlwaysWritten]
    public string MountPath { get => field ?? ""; init; }
    public string SubPath { get => field ?? ""; init; }
    [GoType("v1.MountPropagationMode")]
    public string? MountPropagation { get; init; }
    public string SubPathExpr { get => field ?? ""; init; }
}

public sealed record VolumeDevice
{
    [AlwaysWritten]
    public string Name { get => field ?? ""; init; }
    [AlwaysWritten]
    public string DevicePath { get => field ?? ""; init; }
}
