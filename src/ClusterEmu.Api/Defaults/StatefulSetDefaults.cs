namespace ClusterEmu.Api;

/// <summary>What the API server fills into a StatefulSet. Source: SetDefaults_StatefulSet in pkg/apis/apps/v1/defaults.go.</summary>
public static class StatefulSetDefaults
{
    public static StatefulSet Apply(StatefulSet set)
    {
        var spec = set.Spec;
        var retention = spec.PersistentVolumeClaimRetentionPolicy ?? new();
        return set with
        {
            Spec = spec with
            {
                Replicas = spec.Replicas ?? 1,
                Template = PodSpecDefaults.Apply(spec.Template),
                VolumeClaimTemplates = spec.VolumeClaimTemplates.SelectChanged(PersistentVolumeClaimDefaults.Apply),
                PodManagementPolicy = spec.PodManagementPolicy.Length == 0 ? "OrderedReady" : spec.PodManagementPolicy,
                UpdateStrategy = Strategy(spec.UpdateStrategy),
                RevisionHistoryLimit = spec.RevisionHistoryLimit ?? 10,
                PersistentVolumeClaimRetentionPolicy = retention with
                {
                    WhenDeleted = retention.WhenDeleted.Length == 0 ? "Retain" : retention.WhenDeleted,
                    WhenScaled = retention.WhenScaled.Length == 0 ? "Retain" : retention.WhenScaled,
                },
            },
        };
    }

    /// <summary>Settings are made up only for a type that was left out; those that are there are completed.</summary>
    private static StatefulSetUpdateStrategy Strategy(StatefulSetUpdateStrategy strategy)
    {
        if (strategy.Type.Length == 0) strategy = strategy with { Type = "RollingUpdate", RollingUpdate = strategy.RollingUpdate ?? new() };
        return strategy is { Type: "RollingUpdate", RollingUpdate: { Partition: null } rolling }
            ? strategy with { RollingUpdate = rolling with { Partition = 0 } }
            : strategy;
    }
}
