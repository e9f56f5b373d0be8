using ClusterEmu.Api;

namespace ClusterEmu.Simulation.Tests;

public sealed class RolloutRulesTests
{
    [Theory]
    // 4 wanted, 1 may be missing, 1 more may be there. The other set is the new one of (wanted, available).
    [InlineData(1, 0, 4, 4, 3, null)] // The first old one goes at once.
    [InlineData(1, 0, 4, 4, 2, "only 2 available Pods")]
    [InlineData(2, 2, 3, 3, 1, null)]
    [InlineData(2, 0, 3, 3, 2, "only 2 available Pods")]
    [InlineData(1, 0, 4, 2, 3, null)] // What is not available may go: 2 available are left as before.
    [InlineData(1, 0, 4, 2, 2, null)]
    [InlineData(1, 0, 4, 2, 1, "only 1 available Pods")]
    [InlineData(1, 0, 3, 3, 4, null)] // Growth up to 5 in all.
    [InlineData(2, 0, 3, 3, 4, "ask for 6 Pods")]
    public void AResize_IsHeldAgainstMaxUnavailableAndMaxSurge(int otherWanted, int otherAvailable, int before, int available, int after, string? expected)
    {
        var broken = RolloutRules.Broken(4, 1, 1, [new SetSize(otherWanted, otherAvailable)], new SetSize(before, available), new SetSize(after, available));
        if (expected is null) Assert.Null(broken);
        else Assert.Contains(expected, broken, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, "25%", "25%", 1, 1)]
    [InlineData(3, "25%", "25%", 0, 1)] // Rounded down and up.
    [InlineData(3, "0", "0", 1, 0)] // Not both 0.
    [InlineData(2, "200%", "150%", 2, 3)]
    public void Limits_AreRoundedAsKubernetesDoes(int replicas, string unavailable, string surge, int expectedUnavailable, int expectedSurge)
    {
        var deployment = new Deployment
        {
            Spec = new DeploymentSpec
            {
                Replicas = replicas,
                Strategy = new DeploymentStrategy { Type = "RollingUpdate", RollingUpdate = new RollingUpdateDeployment { MaxUnavailable = unavailable, MaxSurge = surge } },
            },
        };
        Assert.Equal((expectedUnavailable, expectedSurge), RolloutRules.Limits(deployment));
        Assert.Equal((replicas, 0), RolloutRules.Limits(deployment with { Spec = deployment.Spec with { Strategy = new DeploymentStrategy { Type = "Recreate" } } }));
    }
}
