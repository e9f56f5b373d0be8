using ClusterEmu.Api;

namespace ClusterEmu.Nodes.Tests;

public sealed class PodReporterTests
{
    /// <summary>Contradicted all the time, it waits longer and longer; after 10 s of peace it corrects at once again.</summary>
    [Fact]
    public void Corrections_WaitEverLonger_UntilThereIsPeace()
    {
        var reporter = new PodReporter(new FakeApi(), ActorRefs.Nobody, PodStatus.Empty);
        var (now, made) = (5_000_000L, new List<long>());
        while (now < 30_000_000)
        {
            var wait = reporter.CorrectAfter(now);
            if (wait == TimeSpan.Zero) made.Add(now / 1000);
            now += 1_000;
        }
        Assert.Equal([5_000, 5_200, 5_600, 6_400, 8_000, 11_200, 16_200, 21_200, 26_200], made);
        Assert.Equal(TimeSpan.FromSeconds(1), reporter.CorrectAfter(30_200_000));
        Assert.Equal(TimeSpan.Zero, reporter.CorrectAfter(36_200_000));
        Assert.Equal(TimeSpan.FromMilliseconds(200), reporter.CorrectAfter(36_200_000));
    }
}
