namespace ClusterEmu.Api;

/// <summary>What the API server fills into a Deployment. Source: SetDefaults_Deployment in pkg/apis/apps/v1/defaults.go.</summary>
public static class DeploymentDefaults
{
    public static Deployment Apply(Deployment deployment)
    {
        var spec = deployment.Spec;
        return deployment with
        {
            Spec = spec with
            {
                Replicas = spec.Replicas ?? 1,
                Template = PodSpecDefaults.Apply(spec.Template),
                Strategy = Strategy(spec.Strategy),
                RevisionHistoryLimit = spec.RevisionHistoryLimit ?? 10,
                ProgressDeadlineSeconds = spec.ProgressDeadlineSeconds ?? 600,
            },
        };
    }

    private static DeploymentStrategy Strategy(DeploymentStrategy strategy)
    {
        var type = strategy.Type.Length == 0 ? "RollingUpdate" : strategy.Type;
        if (type != "RollingUpdate") return strategy;
        var rolling = strategy.RollingUpdate ?? new();
        return strategy with
        {
            Type = type,
            RollingUpdate = rolling with { MaxUnavailable = rolling.MaxUnavailable ?? "25%", MaxSurge = rolling.MaxSurge ?? "25%" },
        };
    }
}
