namespace ClusterEmu.Api;

/// <summary>What the API server fills into a PriorityClass. Source: pkg/apis/scheduling/v1/defaults.go.</summary>
public static class PriorityClassDefaults
{
    public static PriorityClass Apply(PriorityClass value) => value.PreemptionPolicy is null ? value with { PreemptionPolicy = "PreemptLowerPriority" } : value;
}
