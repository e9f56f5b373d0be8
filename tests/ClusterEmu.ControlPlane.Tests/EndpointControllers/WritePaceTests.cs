using System.Globalization;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane.Tests;

public sealed class WritePaceTests
{
    private static readonly ObjectKey A = new("default", "a");
    private static readonly ObjectKey B = new("default", "b");

    [Theory] // 0.1 ms per item, credit 100 ms. Attempts as time in ms:items; what each waits in ms, a write being made only where it need not wait.
    [InlineData("0:1000", "0")]
    [InlineData("0:300 5:300 10:300 15:300 20:300", "0 0 0 0 0")] // 5 x 30 ms, of which 20 ms are paid meanwhile
    [InlineData("0:300 0:300 0:300 0:300 0:300 20:300", "0 0 0 0 20 0")]
    [InlineData("0:1000 1:1000 2:1000 99:1000 100:1000", "0 0 98 1 0")]
    [InlineData("0:1000 100:1000 200:1000 300:1000", "0 0 0 0")] // isolated: never waits
    [InlineData("0:5000 0:1 399:1 400:1", "0 400 1 0")] // one write may overdraw the credit, and is paid for afterwards
    [InlineData("0:0 0:0 0:0 0:0", "0 0 0 0")]
    public void AWriteWaitsForWhatWasWrittenBefore(string attempts, string expected)
    {
        var pace = new WritePace(TimeSpan.FromMilliseconds(0.1), TimeSpan.FromMilliseconds(100));
        var waits = new List<string>();
        foreach (var attempt in attempts.Split(' '))
        {
            var (at, items) = (long.Parse(attempt.Split(':')[0], CultureInfo.InvariantCulture) * 1000, int.Parse(attempt.Split(':')[1], CultureInfo.InvariantCulture));
            var wait = pace.Wait(A, at);
            if (wait is null) pace.Spend(A, items, at);
            waits.Add((wait ?? TimeSpan.Zero).TotalMilliseconds.ToString(CultureInfo.InvariantCulture));
        }
        Assert.Equal(expected, string.Join(' ', waits));
    }

    [Fact]
    public void ABurstIsBoundedByItsLengthAndTheCredit()
    {
        var pace = new WritePace(TimeSpan.FromMilliseconds(0.1), TimeSpan.FromMilliseconds(100));
        var items = 0;
        for (long now = 0; now < 2_000_000; now += 500) // For 2 s, one more Pod each half millisecond up to 1000.
        {
            var pods = (int)Math.Min(1000, (now / 500) + 1);
            if (pace.Wait(A, now) is not null) continue;
            pace.Spend(A, pods, now);
            items += pods;
        }
        Assert.InRange(items, 19_000, 22_000); // 2 s and 0.1 s at 0.1 ms an item, and one write that overdraws.
    }

    [Fact]
    public void ObjectsDoNotWaitForOneAnother_NorForFormerOnesOfTheirName()
    {
        var pace = new WritePace(TimeSpan.FromMilliseconds(0.1), TimeSpan.Zero);
        pace.Spend(A, 10, 0);
        Assert.Equal(TimeSpan.FromMilliseconds(1), pace.Wait(A, 0));
        Assert.Null(pace.Wait(B, 0));
        pace.Forget(A);
        Assert.Null(pace.Wait(A, 0));
    }
}
