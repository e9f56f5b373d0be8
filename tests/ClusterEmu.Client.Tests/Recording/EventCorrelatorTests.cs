using ClusterEmu.Api;

namespace ClusterEmu.Client.Tests;

/// <summary>As client-go's tools/record/events_cache_test.go demands.</summary>
public sealed class EventCorrelatorTests
{
    private readonly EventCorrelator _correlator = new();

    [Fact]
    public void TheTenthTextOfAKind_BeginsACombinedEvent()
    {
        var written = Enumerable.Range(1, 12).Select(i => Take($"text {i}")!.Current).ToList();
        Assert.Equal(Enumerable.Range(1, 9).Select(i => $"text {i}"), written.Take(9).Select(one => one.Message));
        Assert.Equal(["(combined from similar events): text 10 1", "(combined from similar events): text 11 2", "(combined from similar events): text 12 3"],
            written.Skip(9).Select(one => $"{one.Message} {one.Count}"));
        Assert.Single(written.Skip(9).Select(one => one.Metadata.Name).Distinct());
        Assert.Equal(written[9].FirstTimestamp, written[11].FirstTimestamp);
    }

    [Fact]
    public void TextsSeenBefore_AreCountedOnTheirOwn()
    {
        for (var i = 1; i <= 10; i++) Take($"text {i}");
        Assert.Equal("text 3 2", Shown(Take("text 3")));
        Assert.Equal("(combined from similar events): text 10 2", Shown(Take("text 10")));
    }

    [Theory] // what differs; whether the next text is combined with ten of the usual sort
    [InlineData("nothing", true)]
    [InlineData("reason", false)]
    [InlineData("type", false)]
    [InlineData("component", false)]
    [InlineData("host", false)]
    [InlineData("object", false)]
    [InlineData("apiVersion", false)]
    [InlineData("time", false)]
    public void OnlySimilarEvents_AreCombined(string difference, bool combined)
    {
        for (var i = 1; i <= 10; i++) Take($"text {i}");
        var usual = Request("another");
        var request = difference switch
        {
            "reason" => usual with { Reason = "Other" },
            "type" => usual with { Type = RecordEvent.Warning },
            "component" => usual with { Component = "other" },
            "host" => usual with { Host = "node-1" },
            "object" => usual with { About = usual.About with { Uid = "u2" } },
            "apiVersion" => usual with { About = usual.About with { ApiVersion = "apps/v2" } },
            _ => usual,
        };
        var later = Some.Noon + (difference == "time" ? EventCorrelator.SimilarFor + TimeSpan.FromSeconds(1) : TimeSpan.Zero);
        Assert.Equal(combined, _correlator.Take(request, later)!.Current.Message != "another");
    }

    [Fact]
    public void EventsThatAreDropped_AreCountedAllTheSame()
    {
        for (var i = 0; i < EventCorrelator.Burst; i++) Assert.NotNull(Take("same"));
        Assert.Null(Take("same"));
        Assert.Equal($"same {EventCorrelator.Burst + 2}", Shown(_correlator.Take(Request("same"), Some.Noon + EventCorrelator.Refill)));
        Assert.Null(_correlator.Take(Request("same"), Some.Noon + EventCorrelator.Refill));
    }

    [Fact]
    public void PlacesInOneObject_AreToldApart()
    {
        var usual = Request("same");
        Take("same");
        Assert.Equal(1, _correlator.Take(usual with { About = usual.About with { FieldPath = "spec.containers{c}" } }, Some.Noon)!.Current.Count);
    }

    [Fact]
    public void OnlyTheNewest_AreRemembered()
    {
        var order = new RecentlyUsed<int, string>(2);
        Assert.Equal(["a", "b", "a"], [order.GetOrAdd(1, _ => "a"), order.GetOrAdd(2, _ => "b"), order.GetOrAdd(1, _ => "x")]);
        order.GetOrAdd(3, _ => "c"); // Forgets 2, which was not asked for longest.
        Assert.Equal(("a", "new", 2), (order.GetOrAdd(1, _ => "new"), order.GetOrAdd(2, _ => "new"), order.Count));
    }

    private static string Shown(EventCorrelator.Entry? entry) => $"{entry!.Current.Message} {entry.Count}";

    private static RecordEvent Request(string message) => new(
        new ObjectReference { ApiVersion = "apps/v1", Kind = "Deployment", Namespace = "shop", Name = "web", Uid = "u1" }, RecordEvent.Normal, "Tested", message, "test-controller");

    private EventCorrelator.Entry? Take(string message) => _correlator.Take(Request(message), Some.Noon);
}
