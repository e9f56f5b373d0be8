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
    public async Task EventsAreWrittenOneAtATime_AndThoseThatWaitAreCountedTogether()
    {
        await using var system = new LiveSystem();
        var client = new HeldClient();
        var recorder = system.System.ActorOf(EventRecorder.PropsFor(client));
        var nobodys = new ApiReply(ApiCall.Create(new Event()), 500, null, null, null, null, null);
        recorder.Tell(nobodys);
        foreach (var message in new[] { "a", "b", "c", "b", "b" }) recorder.Tell(Request(message));
        recorder.Tell(nobodys);
        var written = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            await LiveSystem.Until(() => client.Sent.Count == i + 1, $"write {i + 1}");
            var call = client.Sent[i];
            written.Add($"{((Event)call.Body!).Message} {((Event)call.Body).Count}");
            recorder.Tell(new ApiReply(call, 201, call.Body, null, null, null, null));
        }
        Assert.Equal(["a 1", "b 3", "c 1"], written);
        recorder.Tell(Request("d"));
        await LiveSystem.Until(() => client.Sent.Count == 4, "the next one");
        Assert.Equal("d", ((Event)client.Sent[3].Body!).Message);
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

    /// <summary>Keeps calls; the test answers them.</summary>
    private sealed class HeldClient : IKubeClient
    {
        private readonly List<ApiCall> _sent = [];

        public IReadOnlyList<ApiCall> Sent
        {
            get
            {
                lock (_sent) return [.. _sent];
            }
        }

        public void Send(ApiCall call, IActorRef replyTo)
        {
            lock (_sent) _sent.Add(call);
        }

        public IWatch Watch(WatchCall call, IActorRef subscriber) => throw new NotSupportedException("A recorder watches nothing.");
    }
}
