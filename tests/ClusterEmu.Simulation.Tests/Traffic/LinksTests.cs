using ClusterEmu.Hosting;

namespace ClusterEmu.Simulation.Tests;

public sealed class LinksTests
{
    private static Links Made(ulong seed = 1) => new(name => new RandomStream(RandomStream.SeedOf(seed, name)));

    [Theory]
    [InlineData("node-1", "node-2", true, true, true)]
    [InlineData("node-1", "node-2", false, true, false)]
    [InlineData("node-1,node-3", "node-2", true, true, true)]
    [InlineData("node-1", "", true, true, true)]
    [InlineData("", "node-2", false, true, false)]
    [InlineData("node-3", "", true, false, false)]
    [InlineData("", "", true, true, true)]
    public void Cut_ConcernsItsSites_InItsDirections(string from, string to, bool bothWays, bool there, bool back)
    {
        var links = Made();
        using var rule = links.Add(new LinkRule { Name = "cut", From = Sites(from), To = Sites(to), BothWays = bothWays, Cut = true });
        Assert.Equal((there, back), (links.Travel("node-1", "node-2") is null, links.Travel("node-2", "node-1") is null));
        Assert.Equal((there, back), (links.IsCut("node-1", "node-2"), links.IsCut("node-2", "node-1")));
        rule.Dispose();
        Assert.NotNull(links.Travel("node-1", "node-2"));
        Assert.NotNull(links.Travel("node-2", "node-1"));
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1_000_000, 10_000, 10_000)]
    [InlineData(250_000, 2300, 2700)]
    [InlineData(1000, 1, 30)]
    public void Loss_TakesItsShare(int perMillion, int least, int most)
    {
        var links = Made();
        links.Add(new LinkRule { Name = "loss", LossPerMillion = perMillion });
        Assert.InRange(Enumerable.Range(0, 10_000).Count(_ => links.Travel("a", "b") is null), least, most);
    }

    [Fact]
    public void Rules_AddUp_AndOneTakenAwayLeavesTheOthersDraws()
    {
        var delay = new LinkRule { Name = "delay", ExtraMinMicroseconds = 5000, ExtraMaxMicroseconds = 9000 };
        var loss = new LinkRule { Name = "loss", LossPerMillion = 300_000 };
        var late = new LinkRule { Name = "late", ReorderPerMillion = 1_000_000, ReorderMicroseconds = 100_000 };
        var alone = Times(delay);
        var all = Times(loss, delay, late);
        Assert.Equal([.. Times(delay, loss)], Times(loss, delay));
        Assert.All(alone, travel => Assert.InRange(travel!.Value, 5060, 10_200));
        Assert.Contains(null, all);
        for (var i = 0; i < alone.Count; i++)
            if (all[i] is { } travel) Assert.Equal(alone[i] + 100_000, travel);

        static List<long?> Times(params LinkRule[] rules)
        {
            var links = Made();
            links.Travel("a", "b");
            foreach (var rule in rules) links.Add(rule);
            return [.. Enumerable.Range(0, 200).Select(_ => links.Travel("a", "b"))];
        }
    }

    [Fact]
    public void Reordering_LetsLaterPacketsOvertake()
    {
        var links = Made();
        links.Add(new LinkRule { Name = "reorder", ReorderPerMillion = 200_000, ReorderMicroseconds = 20_000 });
        var arrivals = Enumerable.Range(0, 1000).Select(i => (i * 1000) + links.Travel("a", "b")!.Value).ToList();
        Assert.InRange(arrivals.Zip(arrivals.Skip(1)).Count(pair => pair.First > pair.Second), 100, 300);
    }

    [Fact]
    public void Links_DrawFromStreamsOfTheirOwn()
    {
        var (first, second) = (Made(), Made());
        for (var i = 0; i < 50; i++) second.Travel("node-1", "node-3");
        for (var i = 0; i < 50; i++) Assert.Equal(first.Travel("node-1", "node-2"), second.Travel("node-1", "node-2"));
        Assert.True(first.Travel("outside", "edge") > 3999);
    }

    [Theory]
    [InlineData(16, 60, 1200)]
    [InlineData(2, 5, 5)]
    [InlineData(3, 0, 1_000_000_000)]
    public void Table_DrawsWithinItsBounds_AndMeetsItsQuantiles(int steps, int least, int most)
    {
        var table = new LatencyTable([.. Enumerable.Range(0, steps).Select(i => least + (int)((long)(most - least) * i / (steps - 1)))]);
        var random = new RandomStream(9);
        var draws = Enumerable.Range(0, 4000).Select(_ => table.Draw(random)).Order().ToList();
        Assert.InRange(draws[0], least, most);
        Assert.InRange(draws[^1], least, most);
        var middle = least + ((most - least) / 2.0);
        Assert.InRange(draws[2000], middle - ((most - least) / 20.0), middle + ((most - least) / 20.0));
    }

    [Theory]
    [InlineData("ExtraMinMicroseconds is 10, but must lie between 0 and 9")]
    [InlineData("LossPerMillion is -1")]
    [InlineData("needs a name")]
    public void Problems_AreRefused(string message)
    {
        var rule = message[0] switch
        {
            'E' => new LinkRule { Name = "x", ExtraMinMicroseconds = 10, ExtraMaxMicroseconds = 9 },
            'L' => new LinkRule { Name = "x", LossPerMillion = -1 },
            _ => new LinkRule { Name = "" },
        };
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => Made().Add(rule)).Message);
        Assert.Throws<ArgumentException>(() => new LatencyTable(3, 2));
        Assert.Throws<ArgumentException>(() => new LatencyTable(3));
    }

    private static string[] Sites(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
