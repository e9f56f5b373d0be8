namespace ClusterEmu.Api;

/// <summary>What the API server fills into a DaemonSet. Source: SetDefaults_DaemonSet in pkg/apis/apps/v1/defaults.go.</summary>
public static class DaemonSetDefaults
{
    public static DaemonSet Apply(DaemonSet set) => set with
    {
        Spec = set.Spec with
        {
            Template = PodSpecDefaults.Apply(set.Spec.Template),
            UpdateStrategy = Strategy(set.Spec.UpdateStrategy),
            RevisionHistoryLimit = set.Spec.RevisionHistoryLimit ?? 10,
        },
    };

    private static DaemonSetUpdateStrategy Strategy(DaemonSetUpdateStrategy strategy)
    {
        var type = strategy.Type.Length == 0 ? "RollingUpdate" : strategy.Type;
        if (type != "RollingUpdate") return strategy;
        var rolling = strategy.RollingUpdate ?? new();
        return strategy with
        {
            Type = type,
            RollingUpdate = rolling with { MaxUnavailable = rolling.MaxUnavailable ?? 1, MaxSurge = rolling.MaxSurge ?? 0 },
        };
    }
}
