namespace ClusterEmu.Edge.Tests;

public sealed class HealthStateTests
{
    private static readonly HealthCheckOptions TwoAndThree = new() { HealthyThreshold = 2, UnhealthyThreshold = 3 };
    private static readonly HealthCheckOptions Ones = new() { HealthyThreshold = 1, UnhealthyThreshold = 1 };

    [Theory]
    //          phase                  count  passed  after                    count  with thresholds 2 (healthy) and 3 (unhealthy)
    [InlineData(HealthPhase.New, 0, true, HealthPhase.Healthy, 0)]
    [InlineData(HealthPhase.New, 0, false, HealthPhase.New, 1)]
    [InlineData(HealthPhase.New, 7, true, HealthPhase.Healthy, 0)]
    [InlineData(HealthPhase.New, 7, false, HealthPhase.New, 8)]
    [InlineData(HealthPhase.Healthy, 0, true, HealthPhase.Healthy, 0)]
    [InlineData(HealthPhase.Healthy, 0, false, HealthPhase.Failing, 1)]
    [InlineData(HealthPhase.Failing, 1, true, HealthPhase.Healthy, 0)]
    [InlineData(HealthPhase.Failing, 1, false, HealthPhase.Failing, 2)]
    [InlineData(HealthPhase.Failing, 2, true, HealthPhase.Healthy, 0)]
    [InlineData(HealthPhase.Failing, 2, false, HealthPhase.Unhealthy, 0)]
    [InlineData(HealthPhase.Unhealthy, 0, true, HealthPhase.Recovering, 1)]
    [InlineData(HealthPhase.Unhealthy, 0, false, HealthPhase.Unhealthy, 0)]
    [InlineData(HealthPhase.Recovering, 1, true, HealthPhase.Healthy, 0)]
    [InlineData(HealthPhase.Recovering, 1, false, HealthPhase.Unhealthy, 0)]
    public void After_GoesByThresholds(HealthPhase phase, int count, bool passed, HealthPhase next, int nextCount) =>
        Assert.Equal(new HealthState(next, nextCount), new HealthState(phase, count).After(passed, TwoAndThree));

    [Theory]
    [InlineData(HealthPhase.New, true, HealthPhase.Healthy)]
    [InlineData(HealthPhase.New, false, HealthPhase.New)]
    [InlineData(HealthPhase.Healthy, true, HealthPhase.Healthy)]
    [InlineData(HealthPhase.Healthy, false, HealthPhase.Unhealthy)]
    [InlineData(HealthPhase.Unhealthy, true, HealthPhase.Healthy)]
    [InlineData(HealthPhase.Unhealthy, false, HealthPhase.Unhealthy)]
    public void After_WithThresholdsOfOneFollowsEachAnswer(HealthPhase phase, bool passed, HealthPhase next) =>
        Assert.Equal(next, new HealthState(phase, 0).After(passed, Ones).Phase);

    [Fact]
    public void After_KnowsEveryPair()
    {
        foreach (var phase in Enum.GetValues<HealthPhase>())
            foreach (var passed in (bool[])[true, false])
                Assert.True(Enum.IsDefined(new HealthState(phase, 1).After(passed, TwoAndThree).Phase), $"{phase}, {passed}");
        Assert.Throws<InvalidOperationException>(() => new HealthState((HealthPhase)99, 0).After(true, TwoAndThree));
    }

    [Theory]
    [InlineData(HealthPhase.New, false)]
    [InlineData(HealthPhase.Healthy, true)]
    [InlineData(HealthPhase.Failing, true)]
    [InlineData(HealthPhase.Unhealthy, false)]
    [InlineData(HealthPhase.Recovering, false)]
    public void Serving_AreTheHealthyAndThoseThatFailedSeldom(HealthPhase phase, bool serving) => Assert.Equal(serving, new HealthState(phase, 1).Serving);

    [Theory]
    //          phase                      count  milliseconds, of a period of 500
    [InlineData(HealthPhase.New, 1, 50)]
    [InlineData(HealthPhase.New, 2, 100)]
    [InlineData(HealthPhase.New, 4, 400)]
    [InlineData(HealthPhase.New, 5, 500)]
    [InlineData(HealthPhase.New, 1_000_000, 500)]
    [InlineData(HealthPhase.Healthy, 0, 500)]
    [InlineData(HealthPhase.Failing, 1, 500)]
    [InlineData(HealthPhase.Unhealthy, 0, 500)]
    [InlineData(HealthPhase.Recovering, 1, 500)]
    public void Pace_IsQuickerForTheNew(HealthPhase phase, int count, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), new HealthState(phase, count).Pace(HealthCheckOptions.Fast));
}
