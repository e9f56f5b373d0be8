using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.Hosting;
using ClusterEmu.Network;

namespace ClusterEmu.Nodes;

/// <summary>Compiles the process's routing tables from the Services and EndpointSlices that the API server tells of. One per process.</summary>
/// <remarks>
/// As kube-proxy does, it publishes nothing before both lists are there. Whoever waits is told once per newer table, so that a busy
/// cluster costs a slow kube-proxy one message per sync.
/// </remarks>
public sealed class TableSource : ReceiveActor
{
    /// <summary>All that this actor accepts, besides what the InformerHub tells.</summary>
    public abstract record Command
    {
        private Command() { } // No cases outside this file.

        /// <summary>The sender wants one <see cref="NewerTable"/> as soon as there is a table with a revision above this one.</summary>
        public sealed record AwaitNewer(long Revision) : Command;
    }

    /// <summary>Answer to <see cref="Command.AwaitNewer"/>.</summary>
    public sealed record NewerTable(FedTable Table);

    private readonly TableCompiler _compiler;
    private readonly Dictionary<IActorRef, long> _waiting = [];
    private readonly IActorRef _informers;
    private readonly TableFeed _feed;
    private readonly Determinism _determinism;
    private bool _servicesSynced;
    private bool _slicesSynced;

    public TableSource(IActorRef informers, TableFeed feed)
    {
        _informers = informers;
        _feed = feed;
        _compiler = new TableCompiler(feed.Newest.Root.Revision); // After a restart the count goes on.
        _determinism = Determinism.For(Context.System);
        Receive<InformerSynced>(message =>
        {
            foreach (var item in message.Items) Apply(item, removed: false, item.Metadata.ResourceVersion);
            if (message.Kind == Kinds.Service) _servicesSynced = true;
            if (message.Kind == Kinds.EndpointSlice) _slicesSynced = true;
            Publish();
        });
        Receive<InformerChanged>(message =>
        {
            Apply(message.Object, message.Type == WatchEventType.Deleted, message.ResourceVersion);
            Publish();
        });
        Receive<Command.AwaitNewer>(message =>
        {
            if (_feed.Newest.Root.Revision > message.Revision) Sender.Tell(new NewerTable(_feed.Newest));
            else if (_waiting.TryAdd(Sender, message.Revision)) Context.Watch(Sender);
            else _waiting[Sender] = message.Revision;
        });
        Receive<Terminated>(message => { _waiting.Remove(message.ActorRef); });
    }

    /// <param name="informers">The process's InformerHub.</param>
    /// <param name="feed">Where the tables go.</param>
    public static Props PropsFor(IActorRef informers, TableFeed feed) => Props.Create(() => new TableSource(informers, feed));

    protected override void PreStart()
    {
        base.PreStart();
        _informers.Tell(new SubscribeInformer(Kinds.Service, Self));
        _informers.Tell(new SubscribeInformer(Kinds.EndpointSlice, Self));
    }

    protected override void PreRestart(Exception reason, object message)
    {
        // The next incarnation does not know who waits: they ask again after this answer, which is no newer than what they have.
        foreach (var waiting in _waiting.Keys) waiting.Tell(new NewerTable(_feed.Newest));
        base.PreRestart(reason, message);
    }

    private void Apply(IKubeObject value, bool removed, string version)
    {
        switch (value)
        {
            case Service service when removed:
                _compiler.RemoveService(service, version);
                break;
            case Service service:
                _compiler.SetService(service, version);
                break;
            case EndpointSlice slice when removed:
                _compiler.RemoveSlice(slice, version);
                break;
            case EndpointSlice slice:
                _compiler.SetSlice(slice, version);
                break;
        }
    }

    private void Publish()
    {
        if (!_servicesSynced || !_slicesSynced || _compiler.Root.Revision == _feed.Newest.Root.Revision) return;
        var table = new FedTable(_compiler.Root, _determinism.Microseconds);
        _feed.Publish(table);
        var told = new NewerTable(table);
        foreach (var waiting in _waiting.Where(w => w.Value < table.Root.Revision).Select(w => w.Key).ToList())
        {
            _waiting.Remove(waiting);
            Context.Unwatch(waiting);
            waiting.Tell(told);
        }
    }
}
