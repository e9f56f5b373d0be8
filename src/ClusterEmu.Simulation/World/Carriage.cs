using ClusterEmu.Fabric;
using ClusterEmu.Network;

namespace ClusterEmu.Simulation;

/// <summary>One request on its way: where it has been, and who waits for it. It belongs to the request, and is used again with it.</summary>
internal sealed class Carriage(SimulatedNetwork network, FastRequest request) : SimulatedWork
{
    private const long Arrives = 0;
    private const long ComesBack = 1;
    private const long IsSentAgain = 2;
    private const long IsAnsweredAgain = 3;

    /// <summary>Linux' TCP_TIMEOUT_INIT: a connection's first packet is sent again after 1, 3, 7, … seconds.</summary>
    private const long FirstResend = 1_000_000;

    /// <summary>Linux' TCP_RTO_MIN: what is sent over a connection is sent again after 0.2, 0.6, 1.4, … seconds.</summary>
    private const long FirstAnswerResend = 200_000;

    private readonly List<string> _sites = new(4);
    private IActorRef? _client;
    private IRequestOwner? _owner;
    private string _here = "";
    private bool _throughEdge;
    private int _resends;
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
        _resends = 0;
        if (from is null)
        {
            _sites.Add(Links.Outside);
            Go(Links.Outside, first, throughEdge: false);
            return;
        }
        _sites.Add(from.Name);
        if (first.DataPath is { } dataPath) dataPath.Tell(request, _client ?? ActorRefs.NoSender);
        else Lose();
    }

    /// <summary>On to another machine.</summary>
    public void Go(string here, NetworkPort next, bool throughEdge)
    {
        (_here, _target, _throughEdge) = (here, next, throughEdge);
        if (throughEdge) _sites.Add(network.Edge.Name);
        _sites.Add(next.Name);
        Travel();
    }

    /// <summary>Back to the client, by the way that it came: every machine on it may have translated the addresses.</summary>
    public void GoBack()
    {
        _resends = 0;
        if (request.Outcome == FastOutcome.Dropped) Lose();
        else TravelBack();
    }

    /// <summary>Nothing comes back: the client notices when its patience ends.</summary>
    public void Lose()
    {
        if (request.Outcome == FastOutcome.Pending) request.Fail(FastOutcome.Dropped, DecisionCause.Routed, request.Trace ? "A packet was lost on its way." : "");
        World.Executor.At(_deadline, this, ComesBack);
    }

    protected override void Run(long tag)
    {
        switch (tag)
        {
            case Arrives when _target!.DataPath is { } dataPath:
                dataPath.Tell(request, _client ?? ActorRefs.NoSender);
                break;
            case Arrives:
                SendAgain(); // Nobody is there; perhaps later somebody is.
                break;
            case IsSentAgain:
                Travel();
                break;
            case IsAnsweredAgain:
                TravelBack();
                break;
            default:
                HandBack();
                break;
        }
    }

    private void HandBack()
    {
        // Its sender has died meanwhile: nobody hears the answer.
        if (_from is { } from && from.Life != _fromLife) request.LoseAnswer();
        World.Executor.Note(((ulong)request.Outcome << 32) | (uint)request.Status);
        if (_owner is { } owner) owner.Ended(request);
        else _client!.Tell(request, ActorRefs.NoSender);
    }

    private void Travel()
    {
        var links = World.Links;
        var travel = _throughEdge
            ? links.Travel(_here, network.Edge.Name) + links.Travel(network.Edge.Name, _target!.Name)
            : links.Travel(_here, _target!.Name);
        if (travel is not { } known) SendAgain();
        // Who has stopped waiting has closed the connection: what would come later finds nobody to serve.
        else if (World.Now + known > _deadline) Lose();
        else World.Executor.At(World.Now + known, this, Arrives);
    }

    private void TravelBack()
    {
        var travel = 0L;
        var lost = false;
        for (var i = _sites.Count - 1; i > 0; i--)
        {
            if (World.Links.Travel(_sites[i], _sites[i - 1]) is { } part) travel += part;
            else lost = true;
        }
        if (!lost && World.Now + travel <= _deadline)
        {
            World.Executor.At(World.Now + travel, this, ComesBack);
            return;
        }
        var again = World.Now + (FirstAnswerResend << _resends);
        // Only what a server says over its connection is sent again, not RST and ICMP.
        if (lost && request is { Protocol: IpProtocol.Tcp, Outcome: FastOutcome.Answered } && again < _deadline)
        {
            _resends++;
            World.Executor.At(again, this, IsAnsweredAgain);
            return;
        }
        request.LoseAnswer();
        Lose();
    }

    /// <summary>TCP sends a packet again that was lost; a lost datagram is its sender's affair.</summary>
    private void SendAgain()
    {
        var again = World.Now + (FirstResend << _resends);
        if (request.Protocol != IpProtocol.Tcp || again >= _deadline)
        {
            Lose();
            return;
        }
        _resends++;
        World.Executor.At(again, this, IsSentAgain);
    }
}
