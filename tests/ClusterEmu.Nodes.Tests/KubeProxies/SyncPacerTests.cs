namespace ClusterEmu.Nodes.Tests;

public class SyncPacerTests
{
    [Theory] //  case                        calls at (ms)            waits (ms)
    [InlineData("an isolated change", "0 5000 10000", "0 0 0")]
    [InlineData("a burst of two", "0 0 0", "0 0 1000")]
    [InlineData("one per second after it", "0 10 20 1020 1500 2040", "0 0 980 0 500 0")]
    [InlineData("no more than two are saved up", "0 60000 60000 60000", "0 0 0 1000")]
    public void TryTake_AllowsABurstThenOnePerPeriod(string because, string calls, string waits)
    {
        var pacer = new SyncPacer(TimeSpan.FromSeconds(1), 2, 0);
        var got = string.Join(' ', calls.Split(' ').Select(at => pacer.TryTake(long.Parse(at) * 1000) / 1000));
        Assert.True(waits == got, $"{because}: {got}");
    }

    [Theory] //  case                            calls at (ms)          waits (ms)
    [InlineData("four at start, then one a period", "0 0 0 0 0 10", "0 0 0 0 1000 990")]
    [InlineData("two are saved up again", "0 0 0 0 60000 60000 60000", "0 0 0 0 0 0 1000")]
    [InlineData("the start does not last", "0 10000 10000 10000", "0 0 0 1000")]
    public void TryTake_AllowsMoreAtStart(string because, string calls, string waits)
    {
        var pacer = new SyncPacer(TimeSpan.FromSeconds(1), 2, 0, atStart: 4);
        var got = string.Join(' ', calls.Split(' ').Select(at => pacer.TryTake(long.Parse(at) * 1000) / 1000));
        Assert.True(waits == got, $"{because}: {got}");
    }

    [Fact]
    public void TryTake_WithoutPeriod_NeverWaits()
    {
        var pacer = new SyncPacer(TimeSpan.Zero, 1, 0);
        for (var i = 0; i < 100; i++) Assert.Equal(0, pacer.TryTake(0));
    }
}
