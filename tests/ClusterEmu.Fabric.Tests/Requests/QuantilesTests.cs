namespace ClusterEmu.Fabric.Tests;

public sealed class QuantilesTests
{
    [Theory]
    [InlineData("", 50, 0)]
    [InlineData("7", 50, 7)]
    [InlineData("7", 99, 7)]
    [InlineData("1 2", 50, 1)]
    [InlineData("1 2", 51, 2)]
    [InlineData("1 2 3 4 5 6 7 8 9 10", 50, 5)]
    [InlineData("1 2 3 4 5 6 7 8 9 10", 99, 10)]
    [InlineData("1 2 3 4 5 6 7 8 9 10", 100, 10)]
    [InlineData("1 2 3 4 5 6 7 8 9 10", 1, 1)]
    public void Of_TakesTheNearestRank(string values, int percent, long expected) =>
        Assert.Equal(expected, Quantiles.Of([.. values.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(long.Parse)], percent));
}
