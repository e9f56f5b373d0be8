using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.ControlPlane.ApiServer;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.Simulation;

/// <summary>One watch over the link to the API server: a sink at the server's end, a stream, and a reader at the client's end.</summary>
internal sealed class LinkedWatch : IWatch, IWatchSink, IConnection
{
    private static readonly TimeSpan ServerTimeout = TimeSpan.FromMinutes(30);
    private readonly SimulatedKubeClient _client;
    private readonly WatchCall _call;
    private readonly IActorRef _subscriber;
    private readonly LinkedStream _up;
    private readonly LinkedStream _down;
    private readonly int _capacity;
    private readonly long _beganAt;
    private readonly long _id;
    private LinkedListNode<IConnection>? _serverNode;
    private ServerPort? _port;
    private OpenWatch? _open;
    private int _underway;
    private bool _starved;
    private bool _sealed;
    private bool _drawn;
    private bool _ended;

    public LinkedWatch(SimulatedKubeClient client, WatchCall call, IActorRef subscriber, long id)
    {
        (_client, _call, _subscriber, _id) = (client, call, subscriber, id);
        _beganAt = client.World.Now;
        _capacity = client.World.Options.WatchBuffer;
        _up = new LinkedStream(client.World, client.Site, SimulatedKubeClient.Server);
        _down = new LinkedStream(client.World, SimulatedKubeClient.Server, client.Site, () => client.World.ApiFaults.Stalls(client.Site, call));
        Node = new LinkedListNode<LinkedWatch>(this);
    }

    public LinkedListNode<LinkedWatch> Node { get; }

    /// <summary>As the server's own sink: what was handed over and has not been taken by the client.</summary>
    public bool IsFull => _starved |= _underway >= _capacity;

    private WorldEvents Events => _client.World.Events;

    public void Start()
    {
        if (Events.WatchOpened.IsHeard) Events.WatchOpened.Publish(new WatchOpened(_id, _client.Site, _call));
        _up.Send(() => _client.Connect(_beganAt, Open, () => Seal(0, "The API server refused the connection."), () => !_ended));
    }

    public void Deliver(WatchDelivery delivery)
    {
        if (_sealed) return;
        var message = ApiCalls.EventOf(_call, delivery, _port?.Core.KindNow(_call.Kind));
        _underway++;
        _down.Send(() => Arrived(message, delivery.Revision));
        if (_client.World.ApiFaults.Drop(_client.Site, _call) is { } code) Drop(code);
    }

    public void Close(int code, string message)
    {
        Detach();
        Seal(code, message);
    }

    public void ServerDied()
    {
        _serverNode = null;
        _open = null;
        Seal(0, "The API server ended the connection.");
    }

    public void Drop(ApiFault fault)
    {
        if (fault.Covers(_client.Site, _call.Kind.QualifiedPlural)) Drop(fault.DropCode);
    }

    public void Dispose() => Break("The watch was closed by its owner.");

    /// <summary>The client's end closes; the server hears of it when the link lets it.</summary>
    public void Break(string why)
    {
        if (_ended) return;
        End(0, why);
        _up.Send(Release);
    }

    private void Open(ServerPort port)
    {
        try
        {
            _open = port.Core.Watch(ApiCalls.RequestOf(_call, _client.User), new WatchOptions(Bookmarks: true, Timeout: ServerTimeout), this);
            _port = port;
            _serverNode = port.Attach(this);
        }
        catch (ApiException refused)
        {
            var code = refused.Status.Code;
            Seal(code is 429 or >= 500 ? 0 : code, refused.Message);
        }
        catch (SelectorException malformed)
        {
            Seal(400, malformed.Message);
        }
    }

    private void Arrived(WatchEvent message, long revision)
    {
        _underway--;
        if (_ended) return;
        if (_starved && _underway < _capacity / 2)
        {
            _starved = false;
            _open?.Resume();
        }
        if (!_client.IsAlive) return;
        if (Events.WatchDelivered.IsHeard) Events.WatchDelivered.Publish(new WatchDelivered(_id, revision, message));
        _client.Tell(_subscriber, message);
    }

    private void Drop(int code)
    {
        Release();
        _drawn |= !_sealed;
        Seal(code, code == 410 ? "too old resource version (the simulation's fault)" : "The connection broke (the simulation's fault).");
    }

    /// <summary>The stream's last word; what was sent before still arrives.</summary>
    private void Seal(int code, string why)
    {
        if (_sealed) return;
        _sealed = true;
        _down.Send(() => End(code, why));
    }

    private void End(int code, string why)
    {
        if (_ended) return;
        _ended = true;
        _sealed = true;
        _down.Close();
        _client.Forget(this);
        if (!_client.IsAlive) return;
        if (Events.WatchEnded.IsHeard) Events.WatchEnded.Publish(new WatchEnded(_id, code) { IsDrawn = _drawn });
        _client.Tell(_subscriber, new WatchClosed(_call, code, why));
    }

    /// <summary>The server lets go of the watch.</summary>
    private void Release()
    {
        _open?.Dispose();
        _open = null;
        Detach();
    }

    private void Detach()
    {
        if (_serverNode is { } node) _port!.Detach(node);
        _serverNode = null;
    }
}
