namespace ClusterEmu.Api;

/// <summary>What the API server fills into the specification of a Pod, be it a Pod's or a template's.</summary>
/// <remarks>Source: SetDefaults_PodSpec in pkg/apis/core/v1/defaults.go. What only a real Pod gets is in <see cref="PodDefaults"/>.</remarks>
internal static class PodSpecDefaults
{
    internal static PodTemplateSpec Apply(PodTemplateSpec template) => template with { Spec = Apply(template.Spec) };

    internal static PodSpec Apply(PodSpec spec)
    {
        var account = spec.ServiceAccountName.Length > 0 ? spec.ServiceAccountName : spec.ServiceAccount;
        return spec with
        {
            DnsPolicy = spec.DnsPolicy.Length == 0 ? "ClusterFirst" : spec.DnsPolicy,
            RestartPolicy = spec.RestartPolicy.Length == 0 ? "Always" : spec.RestartPolicy,
            SecurityContext = spec.SecurityContext ?? new(),
            TerminationGracePeriodSeconds = spec.TerminationGracePeriodSeconds ?? 30,
            SchedulerName = spec.SchedulerName.Length == 0 ? "default-scheduler" : spec.SchedulerName,
            ServiceAccountName = account,
            ServiceAccount = account, // The old name of the same field: both always say the same.
            Containers = spec.Containers.SelectChanged(container => ContainerDefaults.Apply(container, spec.HostNetwork)),
            InitContainers = spec.InitContainers.SelectChanged(container => ContainerDefaults.Apply(container, spec.HostNetwork)),
            Volumes = spec.Volumes.SelectChanged(VolumeDefaults.Apply),
            Overhead = ContainerDefaults.RoundedUp(spec.Overhead),
        };
    }
}
