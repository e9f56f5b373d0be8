using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.ControlPlane.ApiServer;

namespace ClusterEmu.Simulation;

/// <summary>One request on its way over the link to the API server, and its answer on the way back.</summary>
internal sealed class LinkedCall : IConnection, IApiReply
{
    private readonly SimulatedKubeClient _client;
    private readonly IActorRef _replyTo;
    private readonly LinkedStream _up;
    private readonly LinkedStream _down;
    private LinkedListNode<IConnection>? _node;
    private ServerPort? _port;
    private RequestFate _fate;

    public LinkedCall(SimulatedKubeClient client, ApiCall call, IActorRef replyTo, long id)
    {
        (_client, Call, _replyTo, Id) = (client, call, replyTo, id);
        AskedAt = client.World.Now;
        _up = new LinkedStream(client.World, client.Site, SimulatedKubeClient.Server);
        _down = new LinkedStream(client.World, SimulatedKubeClient.Server, client.Site);
    }

    public long Id { get; }

    public ApiCall Call { get; }

    public long AskedAt { get; }

    public bool IsDone { get; private set; }

    public void Start() => _up.Send(() => _client.Connect(
        AskedAt, Arrive, () => Answer(Unanswered(Call, "The API server refused the connection.")), () => !IsDone));

    /// <summary>Tells the answer to who asked; later ones are dropped.</summary>
    public void Finish(ApiReply reply)
    {
        if (IsDone) return;
        IsDone = true;
        _up.Close();
        _down.Close();
        if (!_client.IsAlive) return;
        Report(_client.World, Id, _client.Site, reply);
        _client.Tell(_replyTo, reply);
    }

    public static void Report(SimulatedWorld world, long id, string client, ApiReply reply)
    {
        var events = world.Events;
        if (events.ApiAnswered.IsHeard) events.ApiAnswered.Publish(new ApiAnswered(id, client, reply.Call, reply));
        if (events.WriteAcknowledged.IsHeard && reply.Ok && reply.Call.Verb is not (ApiVerb.Get or ApiVerb.List))
            events.WriteAcknowledged.Publish(new WriteAcknowledged(client, reply.Call, reply));
    }

    public void Complete(ApiResponse response)
    {
        if (_node is null) return; // The process ended while it worked on it.
        var reply = _fate.Code == 0 ? ApiCalls.ReplyTo(Call, response, _port?.Core.KindNow(Call.Kind)) : Failed(_fate.Code);
        if (_fate.Delay > 0) _client.World.Executor.At(_client.World.Now + _fate.Delay, () => Leave(reply));
        else Leave(reply);
    }

    public void ServerDied()
    {
        _node = null;
        Answer(Unanswered(Call, "The API server ended the connection."));
    }

    public void Drop(ApiFault fault)
    {
        // Watches only.
    }

    private void Arrive(ServerPort port)
    {
        _port = port;
        _node = port.Attach(this);
        var late = _client.World.Events.ArrivedLate;
        if (late.IsHeard && !_client.IsAlive) late.Publish(new ApiAsked(Id, _client.Site, Call));
        _fate = _client.World.ApiFaults.FateOf(_client.Site, Call);
        if (_fate is { Code: not 0, Done: false })
        {
            Complete(ApiResponse.Of(Failed(_fate.Code).Failure!));
            return;
        }
        try
        {
            port.Core.Handle(ApiCalls.RequestOf(Call, _client.User), this);
        }
        catch (ObjectDecodingException malformed)
        {
            Complete(ApiResponse.Of(malformed));
        }
    }

    private void Leave(ApiReply reply)
    {
        if (_node is null) return;
        _port!.Detach(_node);
        _node = null;
        Answer(reply);
    }

    private void Answer(ApiReply reply) => _down.Send(() => Finish(reply));

    private ApiReply Failed(int code) => new(Call, code, null, null, null, null, Refusal(code));

    internal static ApiReply Unanswered(ApiCall call, string why) =>
        new(call, 0, null, null, null, null, new Status { Outcome = "Failure", Reason = "ServiceUnavailable", Message = why });

    private static Status Refusal(int code) => code switch
    {
        429 => Refuse.TooManyRequests("The simulation's fault: too many requests.").Status,
        503 => Refuse.Unavailable("The simulation's fault: the server is not available.").Status,
        504 => new Status { Outcome = "Failure", Code = 504, Reason = "Timeout", Message = "The simulation's fault: the request timed out, and may have been carried out." },
        _ => Refuse.Internal("the simulation's fault.").Status with { Code = code },
    };
}
