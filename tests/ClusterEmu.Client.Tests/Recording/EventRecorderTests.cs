using ClusterEmu.Api;

namespace ClusterEmu.Client.Tests;

public sealed class EventRecorderTests
{
    private static readonly ObjectReference Web = new() { Kind = "Deployment", Namespace = "shop", Name = "web", Uid = "u1" };

    private readonly FakeKubeClient _client = new();

    [Fact]
    public async Task EqualEventsAreCountedOnOneObject()
    {
        await using var system = new LiveSystem();
        var recorder = system.System.ActorOf(EventRecorder.PropsFor(_client));
        for (var i = 0; i < 5; i++) recorder.Tell(Request("again"));
        recorder.Tell(Request("another"));
        await LiveSystem.Until(() => _client.All<Event>().Sum(one => one.Count) == 6, "six events counted");
        Assert.Equal(["again 5", "another 1"], _client.All<Event>().Select(one => $"{one.Message} {one.Count}").Order());
        Assert.All(_client.All<Event>(), one =>
        {
            Assert.Equal("shop", one.Metadata.Namespace);
            Assert.StartsWith("web.", one.Metadata.Name);
            Assert.Equal("test-controller", one.Source.Component);
        });
    }

    [Fact]
    public async Task AnEventThatWasDeletedIsWrittenAnew()
    {
        await using var system = new LiveSystem();
        var recorder = system.System.ActorOf(EventRecorder.PropsFor(_client));
        recorder.Tell(Request("once"));
        await LiveSystem.Until(() => _client.All<Event>().Count == 1, "the first");
        await LiveSystem.Until(() => _client.Writes.Count == 1, "its answer");
        _client.Remove(_client.All<Event>()[0]);
        recorder.Tell(Request("once"));
        await LiveSystem.Until(() => _client.All<Event>() is [{ Count: 2 }], "the second");
    }

    [Fact]
    public void ABabblerIsCutShortForEachObjectAlone()
    {
        var correlator = new EventCorrelator();
        var taken = Enumerable.Range(0, 100).Count(i => correlator.Take(Request($"m{i}"), Some.Noon) is not null);
        Assert.Equal(EventCorrelator.Burst, taken);
        Assert.NotNull(correlator.Take(Request("m") with { About = Web with { Name = "api" } }, Some.Noon));
        Assert.NotNull(correlator.Take(Request("later"), Some.Noon + EventCorrelator.Refill));
    }

    [Fact]
    public void TwoEventsOfOneInstantHaveTwoNames()
    {
        var correlator = new EventCorrelator();
        var names = Enumerable.Range(0, 3).Select(i => correlator.Take(Request($"m{i}"), Some.Noon)!.Current.Metadata.Name);
        Assert.Equal(3, names.Distinct().Count());
    }

    private static RecordEvent Request(string message) => new(Web, RecordEvent.Normal, "Tested", message, "test-controller");
}
