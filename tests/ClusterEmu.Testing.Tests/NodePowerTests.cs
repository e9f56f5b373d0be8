using System.Net;
using System.Net.Sockets;
using System.Text;
using ClusterEmu.Api;
using ClusterEmu.Fabric;

namespace ClusterEmu.Testing.Tests;

public sealed class NodePowerTests
{
    private const string Server = """
        apiVersion: v1
        kind: Pod
        metadata:
          name: server
          labels: {app: server}
        spec:
          nodeName: node-3
          tolerations: [{operator: Exists}]
          containers:
          - name: server
            image: registry.k8s.io/e2e-test-images/agnhost:2.53
            args: ["netexec", "--http-port=8080"]
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: server
        spec:
          type: NodePort
          selector: {app: server}
          ports:
          - port: 80
            targetPort: 8080
            nodePort: 30080
        """;

    [Fact]
    public async Task ADeadNodeLosesItsEndpoints_AndComesBack()
    {
        await using var cluster = await EmulatedCluster.StartAsync();
        await cluster.ApplyAsync(Texts.Sample("01-clusterip/web.yaml"));
        await cluster.ApplyAsync(Texts.Sample("01-clusterip/web-svc.yaml"));
        await cluster.WaitForReadyAsync("deployment/web");
        var endpoints = await cluster.WaitForEndpointsAsync("web-svc", 3);
        await cluster.WaitForTablesAsync();
        var victim = endpoints.Select(endpoint => endpoint.NodeName!).Distinct().Order(StringComparer.Ordinal).Last();
        var sender = cluster.Nodes.First(node => node != victim);
        // By address: the dead node may take the cluster's DNS with it.
        var url = $"http://{(await cluster.GetAsync<Service>("web-svc")).Spec.ClusterIP}/";

        await cluster.NodeOffAsync(victim);
        var refusal = await Assert.ThrowsAsync<RequestRefusedException>(() => cluster.RequestAsync("http://web-svc/", $"node/{victim}"));
        Assert.Contains($"{victim} is switched off", refusal.Message, StringComparison.Ordinal);
        // Its Pods are still in the tables, but nobody is there.
        var dead = endpoints.First(endpoint => endpoint.NodeName == victim).Addresses[0];
        Assert.Equal(1, (await cluster.RequestAsync($"http://{dead}:8080/", $"node/{sender}", timeout: TimeSpan.FromMilliseconds(200))).Failed.Timeout);
        await cluster.WaitForAsync<Node>(victim, node => ReadyRules.Missing(node) is not null, "it is NotReady");
        await cluster.WaitForAllAsync<EndpointSlice>(
            slices => slices.SelectMany(slice => slice.Endpoints).Where(endpoint => endpoint.Conditions.Ready ?? true).All(endpoint => endpoint.NodeName != victim),
            $"no ready endpoint is on {victim}", labels: "kubernetes.io/service-name=web-svc");
        await cluster.WaitForTablesAsync();
        await AssertAnsweredAsync(cluster, url, sender);

        await cluster.NodeOnAsync(victim);
        await cluster.WaitForReadyAsync($"node/{victim}");
        await cluster.WaitForEndpointsAsync("web-svc", 3);
        await cluster.WaitForTablesAsync();
        await AssertAnsweredAsync(cluster, url, victim);
    }

    [Fact]
    public async Task AnOpenConnection_HangsWhileANodeOnItsWayIsDead_AndIsResetByItsNextLife()
    {
        const int Slot = 43;
        await using var cluster = await EmulatedCluster.StartAsync(new EmulatedClusterOptions { Nodes = 3, HostListeners = true, Slot = Slot });
        await cluster.ApplyAsync(Server);
        await cluster.WaitForReadyAsync("pod/server");
        await cluster.WaitForEndpointsAsync("server", 1);
        await cluster.WaitForTablesAsync();
        // A program of this machine asks node-2's NodePort; the server is on node-3.
        foreach (var victim in new[] { "node-2", "node-3" })
        {
            using var client = await ConnectAsync(IPAddress.Parse($"127.{18 + Slot}.0.3"));
            Assert.Contains("server", await AskAsync(client), StringComparison.Ordinal);

            await cluster.NodeOffAsync(victim);
            var answer = AskAsync(client);
            await Task.WhenAny(answer, Task.Delay(500));
            Assert.False(answer.IsCompleted, $"{victim} is dead, but something came back");

            await cluster.NodeOnAsync(victim);
            var reset = await Assert.ThrowsAsync<SocketException>(() => answer.WaitAsync(TimeSpan.FromSeconds(30)));
            Assert.Equal(SocketError.ConnectionReset, reset.SocketErrorCode);
            await cluster.WaitForReadyAsync($"node/{victim}");
            await cluster.WaitForReadyAsync("pod/server");
            await cluster.WaitForEndpointsAsync("server", 1);
            await cluster.WaitForTablesAsync();
        }
    }

    /// <summary>The port is there once the edge knows of the node's table.</summary>
    private static async Task<Socket> ConnectAsync(IPAddress node)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(new IPEndPoint(node, 30080), limit.Token);
                return socket;
            }
            catch (SocketException error) when (error.SocketErrorCode == SocketError.ConnectionRefused)
            {
                socket.Dispose();
                await Task.Delay(20, limit.Token);
            }
        }
    }

    private static async Task<string> AskAsync(Socket socket)
    {
        var buffer = new byte[4096];
        await socket.SendAsync("GET /hostname HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray());
        return Encoding.ASCII.GetString(buffer, 0, await socket.ReceiveAsync(buffer));
    }

    private static async Task AssertAnsweredAsync(EmulatedCluster cluster, string url, string node)
    {
        var report = await cluster.RequestAsync(url, $"node/{node}", count: 20);
        Assert.True(report.Succeeded == 20, $"from {node} {report.Succeeded} of 20 were answered: {string.Join("; ", report.Answers.Errors)}");
    }
}
