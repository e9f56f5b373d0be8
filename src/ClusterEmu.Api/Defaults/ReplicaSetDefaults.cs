namespace ClusterEmu.Api;

/// <summary>What the API server fills into a ReplicaSet. Source: SetDefaults_ReplicaSet in pkg/apis/apps/v1/defaults.go.</summary>
public static class ReplicaSetDefaults
{
    public static ReplicaSet Apply(ReplicaSet set) => set with
    {
        Spec = set.Spec with { Replicas = set.Spec.Replicas ?? 1, Template = PodSpecDefaults.Apply(set.Spec.Template) },
    };
}
