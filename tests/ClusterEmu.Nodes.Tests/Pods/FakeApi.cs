using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.Nodes.Tests;

/// <summary>A Kubernetes API of one dictionary: enough for what kubelets write and read.</summary>
internal sealed class FakeApi : IAsyncKubeClient
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, IKubeObject> _objects = [];
    private readonly List<ApiCall> _calls = [];
    private long _version = 100;

    /// <summary>Answers a call instead of the dictionary; null leaves it to that.</summary>
    public Func<ApiCall, ApiReply?> Override { get; set; } = _ => null;

    /// <summary>Told of each object that changed, and whether it is gone, in order.</summary>
    public Action<IKubeObject, bool> Changed { get; set; } = (_, _) => { };

    public IReadOnlyList<ApiCall> Calls
    {
        get
        {
            lock (_lock) return [.. _calls];
        }
    }

    public void Put(IKubeObject value)
    {
        lock (_lock) Store(value);
    }

    public T? Find<T>(string ns, string name) where T : class, IKubeObject
    {
        lock (_lock) return _objects.GetValueOrDefault(Key(typeof(T).Name, ns, name)) as T;
    }

    public void Send(ApiCall call, IActorRef replyTo) => replyTo.Tell(Reply(call));

    public Task<ApiReply> SendAsync(ApiCall call, CancellationToken cancellationToken = default) => Task.FromResult(Reply(call));

    public IWatch Watch(WatchCall call, IActorRef subscriber) => throw new InvalidOperationException("Nothing here watches by itself.");

    public static ApiReply Fail(ApiCall call, int code, string reason) => new(call, code, null, null, null, null, new Status { Reason = reason, Message = reason });

    /// <summary>What a patch of a status says.</summary>
    public static IKubeObject StatusOf(ApiCall call) => call.Kind.Decode(call.Patch.Span);

    private ApiReply Reply(ApiCall call)
    {
        lock (_lock)
        {
            _calls.Add(call);
            return Override(call) ?? Answer(call);
        }
    }

    private IKubeObject Store(IKubeObject value)
    {
        var stored = value.WithMetadata(value.Metadata with { ResourceVersion = $"{++_version}" });
        _objects[Key(value.Kind, value.Metadata.Namespace, value.Metadata.Name)] = stored;
        Changed(stored, false);
        return stored;
    }

    private ApiReply Answer(ApiCall call)
    {
        var name = call.Name ?? call.Body!.Metadata.Name;
        var key = Key(call.Kind.Kind, call.Namespace ?? "", name);
        var known = _objects.GetValueOrDefault(key);
        switch (call.Verb)
        {
            case ApiVerb.Create when known is not null:
                return Fail(call, 409, "AlreadyExists");
            case ApiVerb.Create:
                var body = call.Body!;
                return Ok(call, Store(body.WithMetadata(body.Metadata with { Uid = $"uid-{name}" })));
            case var _ when known is null:
                return Fail(call, 404, "NotFound");
            case ApiVerb.Update when call.Body!.Metadata.ResourceVersion.Length > 0 && call.Body.Metadata.ResourceVersion != known.Metadata.ResourceVersion:
                return Fail(call, 409, "Conflict");
            case ApiVerb.Update:
                return Ok(call, Store(call.Body!));
            case ApiVerb.Patch when call.Subresource == "status":
                return Ok(call, Store((StatusOf(call), known) switch
                {
                    (Pod pod, Pod old) => old with { Status = pod.Status },
                    (Node node, Node old) => old with { Status = node.Status },
                    _ => known,
                }));
            case ApiVerb.Delete:
                _objects.Remove(key);
                Changed(known, true);
                return Ok(call, known);
            default:
                return Ok(call, known);
        }
    }

    private static ApiReply Ok(ApiCall call, IKubeObject value) => new(call, 200, value, null, value.Metadata.ResourceVersion, null, null);

    private static string Key(string kind, string ns, string name) => $"{kind}/{ns}/{name}";
}
