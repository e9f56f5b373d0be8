using System.Globalization;
using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.Client.Tests;

namespace ClusterEmu.ControlPlane.Tests;

/// <summary>All controllers over the fake store, with an actor that does a kubelet's part: bound Pods get an address and are ready.</summary>
internal sealed class SmallCluster : IAsyncDisposable
{
    private readonly LiveSystem _live = new();

    public SmallCluster(ControllerOptions? options = null, int nodes = 3)
    {
        for (var i = 1; i <= nodes; i++) Client.Put(Node(i));
        Client.Put(new Namespace { Metadata = new ObjectMeta { Name = "default" }, Spec = new NamespaceSpec { Finalizers = ["kubernetes"] } });
        var hub = _live.System.ActorOf(InformerHub.PropsFor(Client), "informers");
        _live.System.ActorOf(Props.Create(() => new EmulatedKubelet(Client, hub)), "kubelet");
        Manager = ControllerManager.Start(_live.System, Client, hub, options ?? new ControllerOptions());
    }

    public FakeKubeClient Client { get; } = new();

    public IActorRef Manager { get; }

    public static Node Node(int number) => new()
    {
        Metadata = new ObjectMeta { Name = string.Create(CultureInfo.InvariantCulture, $"node-{number}") },
        Status = new NodeStatus { Conditions = [new NodeCondition { Type = "Ready", Status = "True" }] },
    };

    public IReadOnlyList<Pod> Pods => Client.All<Pod>();

    public string Addresses(string service) => string.Join(',', (Client.Find<Endpoints>("default", service)?.Subsets ?? [])
        .SelectMany(subset => subset.Addresses).Select(address => address.IP).Order(StringComparer.Ordinal));

    public ValueTask DisposeAsync() => _live.DisposeAsync();
}
