using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.ControlPlane.ApiServer;
using ClusterEmu.Fabric;
using ClusterEmu.Network;

namespace ClusterEmu.Simulation.Tests;

/// <summary>A running cluster with Deployments behind Services, and requests into it.</summary>
internal sealed class TrafficWorld
{
    public TrafficWorld(ulong seed = 1, WorldOptions? options = null)
    {
        World = new SimulatedWorld(options ?? new WorldOptions(), seed);
        World.Start();
        Until("nodes and DNS are ready", () => Read<Node>(Kinds.Node).Count(node => node.Status.Conditions.Any(c => c is { Type: "Ready", Status: "True" })) == World.Options.Nodes
            && Ready("kube-system") == World.Options.DnsReplicas);
    }

    public SimulatedWorld World { get; }

    /// <summary>Adds Pods behind a Service of that name, and waits until every node can reach them.</summary>
    public Service Serve(string name, int replicas, Func<ServiceSpec, ServiceSpec>? change = null, string image = "agnhost:2.40")
    {
        var labels = new Dictionary<string, string> { ["app"] = name };
        var container = new Container { Name = "web", Image = image, Args = image.StartsWith("agnhost", StringComparison.Ordinal) ? ["netexec", "--http-port=8080"] : [], Ports = [new ContainerPort { Port = 8080 }] };
        Create(new Deployment
        {
            Metadata = new ObjectMeta { Namespace = "default", Name = name },
            Spec = new DeploymentSpec
            {
                Replicas = replicas,
                Selector = new LabelSelector { MatchLabels = labels },
                Template = new PodTemplateSpec { Metadata = new ObjectMeta { Labels = labels }, Spec = new PodSpec { Containers = [container] } },
            },
        });
        var spec = new ServiceSpec { Selector = labels, Ports = [new ServicePort { Port = 80, TargetPort = 8080, Protocol = "TCP" }] };
        Create(new Service { Metadata = new ObjectMeta { Namespace = "default", Name = name }, Spec = change?.Invoke(spec) ?? spec });
        Until($"{name} is ready on all nodes", () => World.Nodes.All(site => site.Nodes.All(node => site.TableOf(node)?.Published.Root is { } root
            && root.Services.TryGet(new ObjectName("default", name), out var table) && table.Ports.Count > 0 && table.Ports[0].Endpoints.Count(e => e.Ready) == replicas)));
        return Read<Service>(Kinds.Service).Single(service => service.Metadata.Name == name);
    }

    public void Create(IKubeObject value) => World.Client.Send(ApiCall.Create(value), ActorRefs.Nobody);

    public void Until(string what, Func<bool> reached, long patience = 30_000_000)
    {
        var due = World.Now;
        var end = World.Now + patience;
        // Looked at once in a while: the question costs more than a step.
        while (!reached())
        {
            Assert.True(World.Now < end, $"Not after {patience / 1_000_000} s: {what}. {string.Join('\n', World.Errors)}");
            World.Executor.RunUntil(due += 100_000);
        }
    }

    public int Ready(string ns) =>
        Read<Pod>(Kinds.Pod).Count(pod => pod.Metadata.Namespace == ns && pod.Status.Conditions.Any(c => c is { Type: "Ready", Status: "True" }));

    public List<T> Read<T>(KindInfo kind) where T : IKubeObject
    {
        List<T> found = [];
        World.ControlPlane.Core?.Handle(new ApiRequest { Verb = ApiVerb.List, Kind = kind, User = "test" }, new Answer(response =>
        {
            foreach (var item in response.List?.Items ?? []) found.Add((T)item.Decode());
        }));
        return found;
    }

    /// <summary>Sends it, waits until it is back, and says how long that took.</summary>
    public long Ask(FastRequest request)
    {
        var owner = new Owner();
        var began = World.Now;
        World.Network.Send(request, owner);
        World.Executor.RunUntil(World.Now + 100_000_000, () => owner.Back);
        Assert.True(owner.Back);
        return World.Now - began;
    }

    private int _port = 40_000;

    /// <summary>A request from a node's own address.</summary>
    public FastRequest From(int node, string destination)
    {
        var parts = destination.Split(':');
        return new FastRequest
        {
            From = $"node-{node}",
            SentBy = FlowOrigin.LocalHost,
            Source = new IpPort(Ip.Parse($"172.18.0.{1 + node}"), _port++),
            Destination = new IpPort(Ip.Parse(parts[0]), int.Parse(parts[1])),
            Path = "/hostname",
        };
    }

    /// <summary>A request from outside.</summary>
    public FastRequest FromOutside(string destination)
    {
        var request = From(1, destination);
        (request.From, request.SentBy, request.Source) = ("", FlowOrigin.Outside, request.Source with { Ip = Ip.Parse("192.0.2.1") });
        return request;
    }

    private sealed class Owner : IRequestOwner
    {
        public bool Back { get; private set; }

        public void Ended(FastRequest request) => Back = true;
    }

    private sealed class Answer(Action<ApiResponse> take) : IApiReply
    {
        public void Complete(ApiResponse response) => take(response);
    }
}
