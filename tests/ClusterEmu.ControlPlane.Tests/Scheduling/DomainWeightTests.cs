namespace ClusterEmu.ControlPlane.Tests;

public sealed class DomainWeightTests
{
    [Theory] // ln(domains + 2), from a table of logarithms.
    [InlineData(0, 0.693147)]
    [InlineData(1, 1.098612)]
    [InlineData(2, 1.386294)]
    [InlineData(3, 1.609438)]
    [InlineData(8, 2.302585)]
    [InlineData(98, 4.605170)]
    [InlineData(4998, 8.517193)]
    [InlineData(int.MaxValue, 21.487563)]
    public void Of_IsTheNaturalLogarithm(int domains, double expected) =>
        Assert.InRange(DomainWeight.Of(domains) / (double)DomainWeight.One, expected - (2.0 / DomainWeight.One), expected + 0.000001);

    [Fact]
    public void Of_GrowsWithTheDomains()
    {
        for (var domains = 0; domains < 10_000; domains++) Assert.True(DomainWeight.Of(domains) < DomainWeight.Of(domains + 1), $"{domains}");
    }
}
