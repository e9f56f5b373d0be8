using ClusterEmu.Fabric;
using ClusterEmu.Network;

namespace ClusterEmu.Simulation;

/// <summary>One request on its way: where it has been, and who waits for it. It belongs to the request, and is used again with it.</summary>
internal sealed class Carriage(SimulatedNetwork network, FastRequest request) : SimulatedWork
{
    private const long Arrives = 0;
    private const long ComesBack = 1;

    private readonly List<string> _sites = new(4);
    private IActorRef? _client;
    private IRequestOwner? _owner;
    private NetworkPort? _target;
    private NetworkPort? _from;
    private int _fromLife;
    private long _deadline;

    public SimulatedNetwork Network => network;

    private SimulatedWorld World => network.World;

    /// <summary>Sends it off.</summary>
    /// <param name="from">The sender's machine; null: it is outside.</param>
    /// <param name="first">The first that has it.</param>
    /// <param name="client">Told when it is back; null: the owner is.</param>
    /// <param name="owner">Called when it is back; null: the client is told.</param>
    public void Begin(NetworkPort? from, NetworkPort first, IActorRef? client, IRequestOwner? owner)
    {
        (_client, _owner) = (client, owner);
        (_from, _fromLife) = (from, from?.Life ?? 0);
        _deadline = World.Now + request.TimeoutMicroseconds;
        _sites.Clear();
        if (from is null)
        {
            _sites.Add(Links.Outside);
            Travel(Links.Outside, first, 0);
            return;
        }
        _sites.Add(from.Name);
        Hand(first);
    }

    /// <summary>On to another machine.</summary>
    public void Go(NetworkPort here, NetworkPort next, bool throughEdge)
    {
        if (!throughEdge)
        {
            Travel(here.Name, next, 0);
            return;
        }
        _sites.Add(network.Edge.Name);
        if (World.Links.Travel(here.Name, network.Edge.Name) is { } first) Travel(network.Edge.Name, next, first);
        else Lose();
    }

    /// <summary>Back to the client, by the way that it came: every machine on it may have translated the addresses.</summary>
    public void GoBack()
    {
        if (request.Outcome == FastOutcome.Dropped)
        {
            Lose();
            return;
        }
        var travel = 0L;
        for (var i = _sites.Count - 1; i > 0; i--)
        {
            if (World.Links.Travel(_sites[i], _sites[i - 1]) is { } part)
            {
                travel += part;
                continue;
            }
            request.LoseAnswer();
            Lose();
            return;
        }
        if (World.Now + travel > _deadline)
        {
            request.LoseAnswer();
            Lose();
        }
        else
        {
            World.Executor.At(World.Now + travel, this, ComesBack);
        }
    }

    /// <summary>Nothing comes back: the client notices when its patience ends.</summary>
    public void Lose()
    {
        if (request.Outcome == FastOutcome.Pending) request.Fail(FastOutcome.Dropped, DecisionCause.Routed, request.Trace ? "A packet was lost on its way." : "");
        World.Executor.At(_deadline, this, ComesBack);
    }

    protected override void Run(long tag)
    {
        if (tag == Arrives)
        {
            Hand(_target!);
            return;
        }
        // Its sender has died meanwhile: nobody hears the answer.
        if (_from is { } from && from.Life != _fromLife) request.LoseAnswer();
        World.Executor.Note(((ulong)request.Outcome << 32) | (uint)request.Status);
        if (_owner is { } owner) owner.Ended(request);
        else _client!.Tell(request, ActorRefs.NoSender);
    }

    private void Travel(string here, NetworkPort next, long before)
    {
        _sites.Add(next.Name);
        // Who has stopped waiting has closed the connection: what would come later finds nobody to serve.
        if (World.Links.Travel(here, next.Name) is not { } travel || World.Now + before + travel > _deadline)
        {
            Lose();
            return;
        }
        _target = next;
        World.Executor.At(World.Now + before + travel, this, Arrives);
    }

    private void Hand(NetworkPort target)
    {
        if (target.DataPath is { } dataPath) dataPath.Tell(request, _client ?? ActorRefs.NoSender);
        else Lose();
    }
}
