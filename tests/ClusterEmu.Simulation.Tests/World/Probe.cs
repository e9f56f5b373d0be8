using ClusterEmu.Client;

namespace ClusterEmu.Simulation.Tests;

/// <summary>A client of the simulation that keeps what it is told.</summary>
internal sealed class Probe
{
    private readonly SimulatedWorld _world;

    public Probe(SimulatedWorld world)
    {
        _world = world;
        Ref = world.ClientSystem.ActorOf(Props.Create(() => new Ear(this)));
    }

    public IActorRef Ref { get; }

    public List<(long At, object Message)> Heard { get; } = [];

    public IReadOnlyList<ApiReply> Replies => [.. Heard.Select(heard => heard.Message).OfType<ApiReply>()];

    /// <summary>Runs the world until the call is answered.</summary>
    public ApiReply Ask(ApiCall call)
    {
        var before = Replies.Count;
        _world.Client.Send(call, Ref);
        _world.Executor.RunUntil(_world.Now + 60_000_000, () => Replies.Count > before);
        Assert.True(Replies.Count > before, $"{call.Verb} of {call.Kind.Plural} was not answered.");
        return Replies[^1];
    }

    private sealed class Ear : ReceiveActor
    {
        public Ear(Probe probe) => ReceiveAny(message => { probe.Heard.Add((probe._world.Now, message)); });
    }
}
