namespace ClusterEmu.Simulation.Tests;

public sealed class VirtualTimeTests
{
    [Theory]
    [InlineData("0s", 0)]
    [InlineData("250us", 250)]
    [InlineData("50ms", 50_000)]
    [InlineData("1.5s", 1_500_000)]
    [InlineData("2m", 120_000_000)]
    [InlineData("0.000001s", 1)]
    [InlineData("24h", 86_400_000_000)]
    public void Time_IsReadExactly_AndItsTextReadsToTheSame(string text, long microseconds)
    {
        Assert.True(VirtualTime.TryParse(text, out var read));
        Assert.Equal(microseconds, read);
        Assert.True(VirtualTime.TryParse(VirtualTime.Text(read), out var again));
        Assert.Equal(read, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("s")]
    [InlineData("-1s")]
    [InlineData("1.s")]
    [InlineData("1,5s")]
    [InlineData("1e3s")]
    [InlineData("25h")]
    [InlineData("99999999999999999999s")]
    [InlineData("1d")]
    public void Time_WithoutUnitOrOutOfRange_IsRefused(string text) => Assert.False(VirtualTime.TryParse(text, out _));
}
