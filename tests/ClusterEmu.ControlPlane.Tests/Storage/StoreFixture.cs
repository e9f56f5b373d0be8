using ClusterEmu.Api;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.Tests;

/// <summary>A store over a journal, with an actor system of its own.</summary>
internal sealed class StoreFixture : IDisposable
{
    private long _watches;

    public StoreFixture(IJournal journal, Func<StoreOptions, StoreOptions>? adjust = null)
    {
        System = ActorSystem.Create("store-" + Guid.NewGuid().ToString("n"));
        var options = new StoreOptions { Kinds = KindCatalog.Stored };
        options = adjust?.Invoke(options) ?? options;
        Owner = new Collector(System);
        Hub = System.ActorOf(WatchHub.PropsFor(options), "watches");
        Writer = System.ActorOf(StoreWriter.PropsFor(options, journal, Reader, Hub, Owner.Ref), "writer");
    }

    public ActorSystem System { get; }
    public Collector Owner { get; }
    public StoreReader Reader { get; } = new();
    public IActorRef Hub { get; }
    public IActorRef Writer { get; }

    public StoreFixture Recovered()
    {
        Owner.Take<StoreRecovered>();
        return this;
    }

    /// <summary>Puts a ConfigMap and waits until it is durable.</summary>
    public StoredObject Put(string name, string value = "", string label = "", string ns = "default") =>
        (StoredObject)Write(transaction => transaction.Put(Kinds.ConfigMap, Map(name, value, label, ns))).GetAwaiter().GetResult();

    public StoredObject Delete(string name, string ns = "default") => (StoredObject)Write(transaction =>
        transaction.Delete(transaction.Objects.Find(Kinds.ConfigMap, ns, name)!)).GetAwaiter().GetResult();

    public Task<object> Write(Func<StoreTransaction, object> work)
    {
        var write = new TestWrite(work);
        Writer.Tell(write, ActorRefs.NoSender);
        return write.Answer.WaitAsync(TimeSpan.FromSeconds(20));
    }

    public (long Id, RecordingSink Sink) Watch(Func<WatchRequest, WatchRequest> adjust, RecordingSink? sink = null)
    {
        sink ??= new RecordingSink();
        var id = ++_watches;
        Hub.Tell(new WatchHub.Command.Open(id, adjust(new WatchRequest { Filter = new WatchFilter { Kind = Kinds.ConfigMap }, Sink = sink })), ActorRefs.NoSender);
        return (id, sink);
    }

    public static ConfigMap Map(string name, string value = "", string label = "", string ns = "default") => new()
    {
        Metadata = new ObjectMeta
        {
            Name = name,
            Namespace = ns,
            Uid = name + "-uid",
            Labels = label.Length == 0 ? EmptyMap.Strings : new Dictionary<string, string> { ["l"] = label },
        },
        Data = new Dictionary<string, string> { ["value"] = value },
    };

    public void Dispose() => System.Terminate().Wait(TimeSpan.FromSeconds(20));

    private sealed class TestWrite(Func<StoreTransaction, object> work) : StoreWrite
    {
        private readonly TaskCompletionSource<object> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<object> Answer => _answer.Task;

        public override object Execute(StoreTransaction transaction) => work(transaction);

        public override void Complete(object answer) => _answer.SetResult(answer);

        public override void Fail(Exception reason) => _answer.SetException(reason);
    }
}
