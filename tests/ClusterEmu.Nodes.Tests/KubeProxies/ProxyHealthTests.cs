using System.Text;
using ClusterEmu.Api;
using ClusterEmu.Fabric;
using ClusterEmu.Network;

namespace ClusterEmu.Nodes.Tests;

public class ProxyHealthTests : TestKit
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static TableRoot Root(int healthPort, params string[] nodes) => TableCompiler.CompileAll(
        [
            new Service
            {
                Metadata = new ObjectMeta { Namespace = "default", Name = "web" },
                Spec = new ServiceSpec
                {
                    Type = "LoadBalancer",
                    ClusterIP = "10.96.0.9",
                    ExternalTrafficPolicy = "Local",
                    HealthCheckNodePort = healthPort,
                    Ports = [new ServicePort { Port = 80, NodePort = 30080 }],
                },
            },
        ],
        [
            new EndpointSlice
            {
                Metadata = new ObjectMeta { Namespace = "default", Name = "web-1", Labels = new Dictionary<string, string> { ["kubernetes.io/service-name"] = "web" } },
                AddressType = "IPv4",
                Ports = [new EndpointSlicePort { Port = 8080 }],
                Endpoints = [.. nodes.Select((node, i) => new Endpoint
                {
                    Addresses = [$"172.17.0.{i + 1}"],
                    NodeName = node.TrimEnd('~'),
                    Conditions = node.EndsWith('~') ? new EndpointConditions { Ready = false, Serving = true, Terminating = true } : new EndpointConditions { Ready = true },
                })],
            },
        ]);

    [Theory] //  node     code  endpoints
    [InlineData("node-1", 200, 2)]
    [InlineData("node-2", 200, 1)]
    [InlineData("node-3", 503, 0)]
    [InlineData("node-4", 503, 0)] // Its only endpoint serves while it terminates.
    public void OfService_CountsTheNodesOwnReadyEndpoints(string node, int code, int endpoints)
    {
        var answer = ProxyHealth.OfService(Root(31000, "node-1", "node-1", "node-2", "node-4~", "node-2~"), node, new ObjectName("default", "web"));
        Assert.Equal((code, endpoints), (answer.Code, answer.Weight));
        Assert.Contains($"\"localEndpoints\": {endpoints},", answer.Body);
    }

    [Theory]
    [InlineData("/healthz", true, 200, "\"nodeEligible\": true")]
    [InlineData("/healthz", false, 503, "\"nodeEligible\": false")]
    [InlineData("/livez", true, 200, "lastUpdated")]
    [InlineData("/livez", false, 200, "lastUpdated")]
    [InlineData("/", true, 404, "not found")]
    public void OfProxy_AnswersItsPaths(string path, bool eligible, int code, string wanted)
    {
        var answer = ProxyHealth.OfProxy(path, eligible, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);
        Assert.Equal(code, answer.Code);
        Assert.Contains(wanted, answer.Body);
    }

    [Theory]
    [InlineData("", false, true)]
    [InlineData("node.kubernetes.io/not-ready", false, true)]
    [InlineData("ToBeDeletedByClusterAutoscaler", false, false)]
    [InlineData("", true, false)]
    public void IsEligible_EndsWithTheNode(string taint, bool deleting, bool expected)
    {
        var node = new Node
        {
            Metadata = new ObjectMeta { Name = "node-1", DeletionTimestamp = deleting ? DateTimeOffset.UnixEpoch : null },
            Spec = new NodeSpec { Taints = taint.Length > 0 ? [new Taint { Key = taint, Effect = "NoSchedule" }] : [] },
        };
        Assert.Equal(expected, ProxyHealth.IsEligible(node));
    }

    [Fact]
    public void TheFastPath_GetsTheSameAnswer()
    {
        var request = new FastRequest { Path = "/healthz" };
        ((IFastListener)new HealthListener("node-1", path => new HealthAnswer(503, path, 2))).Answer(request, DateTimeOffset.UnixEpoch);
        Assert.Equal((503, "/healthz", "application/json"), (request.Status, request.Body, request.ContentType));
        Assert.Contains(new KeyValuePair<string, string>("X-Load-Balancing-Endpoint-Weight", "2"), request.AnswerHeaders);
    }

    [Fact]
    public async Task Ports_FollowTheTable_AndAnswerOverHttp()
    {
        var dataPath = CreateTestProbe();
        var node = new Node { Metadata = new ObjectMeta { Name = "node-1" }, Status = new NodeStatus { Addresses = [new NodeAddress { Type = "InternalIP", Address = "172.18.0.2" }] } };
        var table = new NodeTable(new TableFeed(), NodeFactsReader.Read(node, new AddressPlan(), ProxyMode.Iptables));
        var ports = new HealthPorts(table, dataPath.Ref, Hosting.Determinism.For(Sys));
        table.Publish(new PublishedTable(Root(31000, "node-1"), 0));
        ports.Follow(table.Published);
        Assert.Equal("172.18.0.2:10256", dataPath.ExpectMsg<AddListener>(Patience).Address.ToString());
        var opened = dataPath.ExpectMsg<AddListener>(Patience);
        Assert.Equal(31000, opened.Address.Port);
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", await AskAsync(opened.Listener, "GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
        table.Publish(new PublishedTable(Root(31000), 0));
        ports.Follow(table.Published); // The same ports: nothing is told.
        Assert.StartsWith("HTTP/1.1 503 ", await AskAsync(opened.Listener, "GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
        Assert.Equal("", await AskAsync(opened.Listener, "nonsense\r\n\r\n"));
        ports.Follow(new PublishedTable(Root(31001), 0));
        Assert.Equal(31000, dataPath.ExpectMsg<RemoveListener>(Patience).Address.Port);
        Assert.Equal(31001, dataPath.ExpectMsg<AddListener>(Patience).Address.Port);
        ports.CloseAll();
        Assert.Equal([10256, 31001], [dataPath.ExpectMsg<RemoveListener>(Patience).Address.Port, dataPath.ExpectMsg<RemoveListener>(Patience).Address.Port]);
    }

    private static async Task<string> AskAsync(IInboundListener listener, string request)
    {
        var stream = new Exchange(Encoding.ASCII.GetBytes(request));
        listener.Accept(new InboundConnection(new Flow(IpProtocol.Tcp, new IpPort(Ip.Any, 1), new IpPort(Ip.Any, 2)), stream));
        return await stream.Answer.WaitAsync(Patience);
    }

    /// <summary>Reads a request, and keeps what is written until it is closed.</summary>
    private sealed class Exchange(byte[] request) : MemoryStream(request)
    {
        private readonly MemoryStream _written = new();
        private readonly TaskCompletionSource<string> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> Answer => _answer.Task;

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => _written.WriteAsync(buffer, cancellationToken);

        protected override void Dispose(bool disposing)
        {
            _answer.TrySetResult(Encoding.UTF8.GetString(_written.ToArray()));
            base.Dispose(disposing);
        }
    }
}
