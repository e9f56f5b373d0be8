using System.Globalization;
using ClusterEmu.Api;

namespace ClusterEmu.Client.Tests;

/// <summary>A small store behind the client's interface: revisions, conflicts, finalizers, generated names, watches. Thread-safe.</summary>
public sealed class FakeKubeClient : IKubeClient
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, IKubeObject> _objects = new(StringComparer.Ordinal);
    private readonly List<(string Kind, ulong Revision, WatchEventType Type, IKubeObject Object)> _log = [];
    private readonly List<FakeWatch> _watches = [];
    private readonly List<ApiCall> _calls = [];
    private readonly List<Func<ApiCall, int>> _refusals = [];
    private ulong _revision = 100;
    private ulong _compacted;
    private int _names;

    /// <summary>Every call but gets and lists, in order.</summary>
    public IReadOnlyList<ApiCall> Writes
    {
        get
        {
            lock (_lock) return [.. _calls.Where(call => call.Verb is not (ApiVerb.Get or ApiVerb.List))];
        }
    }

    public int Lists
    {
        get
        {
            lock (_lock) return _calls.Count(call => call.Verb == ApiVerb.List && call.Continue is null);
        }
    }

    /// <summary>Answers calls with the code that <paramref name="rule"/> gives; 0 lets the call through.</summary>
    public void Refuse(Func<ApiCall, int> rule)
    {
        lock (_lock) _refusals.Add(rule);
    }

    public void RefuseNothing()
    {
        lock (_lock) _refusals.Clear();
    }

    public IReadOnlyList<T> All<T>() where T : class, IKubeObject
    {
        lock (_lock) return [.. _objects.Values.OfType<T>()];
    }

    public T? Find<T>(string ns, string name) where T : class, IKubeObject => All<T>().FirstOrDefault(value => value.Metadata.Namespace == ns && value.Metadata.Name == name);

    /// <summary>Creates or replaces an object, as another client would.</summary>
    public T Put<T>(T value) where T : class, IKubeObject
    {
        lock (_lock)
        {
            var known = _objects.GetValueOrDefault(KeyOf(value));
            var meta = value.Metadata with { Uid = known?.Metadata.Uid ?? (value.Metadata.Uid.Length > 0 ? value.Metadata.Uid : NewUid()) };
            return (T)Store((T)value.WithMetadata(meta), known);
        }
    }

    public void Remove(IKubeObject value)
    {
        lock (_lock)
        {
            if (_objects.Remove(KeyOf(value), out var known)) Publish(WatchEventType.Deleted, Stamp(known));
        }
    }

    /// <summary>Ends all watches. With 410 the history before now is gone.</summary>
    public void BreakWatches(int code)
    {
        List<FakeWatch> broken;
        lock (_lock)
        {
            if (code == 410) _compacted = _revision;
            broken = [.. _watches];
            _watches.Clear();
        }
        foreach (var watch in broken) watch.Close(code);
    }

    public void Send(ApiCall call, IActorRef replyTo)
    {
        ApiReply reply;
        lock (_lock)
        {
            _calls.Add(call);
            var refused = _refusals.Select(rule => rule(call)).FirstOrDefault(code => code != 0);
            reply = refused != 0
                ? Failed(call, refused < 0 ? 0 : refused, refused < 0 ? "no answer" : $"refused with {refused}", refused == 409 ? "Conflict" : "")
                : Answer(call);
        }
        replyTo.Tell(reply);
    }

    public IWatch Watch(WatchCall call, IActorRef subscriber)
    {
        lock (_lock)
        {
            var watch = new FakeWatch(this, call, subscriber);
            var since = ResourceVersions.Parse(call.ResourceVersion);
            if (since < _compacted)
            {
                watch.Close(410);
                return watch;
            }
            foreach (var entry in _log.Where(entry => entry.Kind == call.Kind.Kind && entry.Revision > since)) watch.Tell(entry.Type, entry.Object);
            _watches.Add(watch);
            return watch;
        }
    }

    private ApiReply Answer(ApiCall call)
    {
        var key = $"{call.Kind.Kind}|{call.Namespace}|{call.Name}";
        var known = _objects.GetValueOrDefault(key);
        switch (call.Verb)
        {
            case ApiVerb.List:
                return AnswerList(call);
            case ApiVerb.Create when call.Subresource == "binding":
                if (known is not Pod pod) return Failed(call, 404, "no such Pod", "NotFound");
                if (pod.Spec.NodeName.Length > 0) return Failed(call, 409, "bound already", "Conflict");
                Store(pod with { Spec = pod.Spec with { NodeName = ((Binding)call.Body!).Target.Name } }, pod);
                return new ApiReply(call, 201, null, null, null, null, null);
            case ApiVerb.Create:
                return AnswerCreate(call);
        }
        if (known is null) return Failed(call, 404, $"{key} not found", "NotFound");
        switch (call.Verb)
        {
            case ApiVerb.Get:
                return Done(call, known);
            case ApiVerb.Update:
                return AnswerUpdate(call, known);
            case ApiVerb.Patch:
                return Done(call, Store(Merge.Apply(call.Kind, known, call.Patch), known));
            case ApiVerb.Delete:
                return AnswerDelete(call, known);
            default:
                return Failed(call, 405, $"{call.Verb} is not served", "MethodNotAllowed");
        }
    }

    private ApiReply AnswerList(ApiCall call)
    {
        var start = int.Parse(call.Continue ?? "0", CultureInfo.InvariantCulture);
        var all = _objects.Values.Where(value => value.Kind == call.Kind.Kind && (call.Namespace is null || value.Metadata.Namespace == call.Namespace)).ToList();
        var items = all.Skip(start).Take(call.Limit ?? int.MaxValue).ToList();
        var next = start + items.Count < all.Count ? (start + items.Count).ToString(CultureInfo.InvariantCulture) : null;
        return new ApiReply(call, 200, null, items, _revision.ToString(CultureInfo.InvariantCulture), next, null);
    }

    private ApiReply AnswerCreate(ApiCall call)
    {
        var meta = call.Body!.Metadata;
        if (meta.Name.Length == 0) meta = meta with { Name = $"{meta.GenerateName}n{_names++:d4}" };
        var value = call.Body.WithMetadata(meta with { Uid = NewUid(), CreationTimestamp = meta.CreationTimestamp ?? DateTimeOffset.UnixEpoch, Generation = 1 });
        return _objects.ContainsKey(KeyOf(value))
            ? Failed(call, 409, $"{meta.Name} already exists", "AlreadyExists")
            : Done(call, Store(value, null)) with { Code = 201 };
    }

    private ApiReply AnswerUpdate(ApiCall call, IKubeObject known)
    {
        var meta = call.Body!.Metadata;
        if (meta.ResourceVersion.Length > 0 && meta.ResourceVersion != known.Metadata.ResourceVersion) return Failed(call, 409, "stale", "Conflict");
        var next = Store(call.Body.WithMetadata(meta with { Uid = known.Metadata.Uid, DeletionTimestamp = known.Metadata.DeletionTimestamp }), known);
        if (next.Metadata.DeletionTimestamp is not null && next.Metadata.Finalizers.Count == 0)
        {
            _objects.Remove(KeyOf(next));
            Publish(WatchEventType.Deleted, Stamp(next));
        }
        return Done(call, next);
    }

    private ApiReply AnswerDelete(ApiCall call, IKubeObject known)
    {
        if (call.DeleteOptions?.Preconditions?.Uid is { } uid && uid != known.Metadata.Uid) return Failed(call, 409, "another object", "Conflict");
        var finalizers = known.Metadata.Finalizers;
        if (call.DeleteOptions?.PropagationPolicy == "Foreground" && !finalizers.Contains("foregroundDeletion")) finalizers = [.. finalizers, "foregroundDeletion"];
        if (call.DeleteOptions?.PropagationPolicy == "Orphan" && !finalizers.Contains("orphan")) finalizers = [.. finalizers, "orphan"];
        if (finalizers.Count > 0)
        {
            var meta = known.Metadata with { Finalizers = finalizers, DeletionTimestamp = known.Metadata.DeletionTimestamp ?? DateTimeOffset.UnixEpoch };
            return Done(call, Store(known.WithMetadata(meta), known));
        }
        _objects.Remove(KeyOf(known));
        Publish(WatchEventType.Deleted, Stamp(known));
        return Done(call, known);
    }

    private IKubeObject Store(IKubeObject value, IKubeObject? known)
    {
        var stored = Stamp(value);
        _objects[KeyOf(stored)] = stored;
        Publish(known is null ? WatchEventType.Added : WatchEventType.Modified, stored);
        return stored;
    }

    private IKubeObject Stamp(IKubeObject value) =>
        value.WithMetadata(value.Metadata with { ResourceVersion = (++_revision).ToString(CultureInfo.InvariantCulture) });

    private void Publish(WatchEventType type, IKubeObject value)
    {
        _log.Add((value.Kind, _revision, type, value));
        foreach (var watch in _watches.Where(watch => watch.Call.Kind.Kind == value.Kind)) watch.Tell(type, value);
    }

    private string NewUid() => $"uid-{_names++:d6}";

    private static string KeyOf(IKubeObject value) => $"{value.Kind}|{value.Metadata.Namespace}|{value.Metadata.Name}";

    private static ApiReply Done(ApiCall call, IKubeObject value) => new(call, 200, value, null, value.Metadata.ResourceVersion, null, null);

    private static ApiReply Failed(ApiCall call, int code, string message, string reason) =>
        new(call, code, null, null, null, null, new Status { Outcome = "Failure", Code = code, Message = message, Reason = reason });

    private sealed class FakeWatch(FakeKubeClient owner, WatchCall call, IActorRef subscriber) : IWatch
    {
        private int _closed;

        public WatchCall Call => call;

        public void Tell(WatchEventType type, IKubeObject value) => subscriber.Tell(new WatchEvent(call, type, value, value.Metadata.ResourceVersion));

        public void Close(int code)
        {
            if (Interlocked.Exchange(ref _closed, 1) == 0) subscriber.Tell(new WatchClosed(call, code, $"closed with {code}"));
        }

        public void Dispose()
        {
            lock (owner._lock) owner._watches.Remove(this);
            Close(0);
        }
    }
}
