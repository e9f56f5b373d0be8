namespace ClusterEmu.Api;

/// <summary>What the API server fills into a ReplicationController. Source: SetDefaults_ReplicationController in pkg/apis/core/v1/defaults.go.</summary>
public static class ReplicationControllerDefaults
{
    /// <summary>Selector and labels are the template's where they are left out.</summary>
    public static ReplicationController Apply(ReplicationController controller)
    {
        var spec = controller.Spec;
        var labels = spec.Template?.Metadata.Labels ?? EmptyMap.Strings;
        return controller with
        {
            Metadata = controller.Metadata.Labels.Count == 0 ? controller.Metadata with { Labels = labels } : controller.Metadata,
            Spec = spec with
            {
                Replicas = spec.Replicas ?? 1,
                Selector = spec.Selector.Count == 0 ? labels : spec.Selector,
                Template = spec.Template is { } template ? PodSpecDefaults.Apply(template) : null,
            },
        };
    }
}
