using ClusterEmu.Api;
using ClusterEmu.Fabric;

namespace ClusterEmu.Testing.Tests;

public sealed class LoadBalancerHealthTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static string PodOn(string node) => $$"""
        apiVersion: v1
        kind: Pod
        metadata:
          name: on-{{node}}
          labels: {app: web}
        spec:
          nodeName: {{node}}
          containers:
          - name: web
            image: registry.k8s.io/e2e-test-images/agnhost:2.53
            args: ["netexec", "--http-port=8080"]
        """;

    private static string Service(string name, string policy) => $$"""
        apiVersion: v1
        kind: Service
        metadata: {name: {{name}}}
        spec:
          type: LoadBalancer
          externalTrafficPolicy: {{policy}}
          selector: {app: web}
          ports: [{port: 80, targetPort: 8080}]
        """;

    [Fact]
    public async Task ALoadBalancer_FollowsWhatItsHealthChecksSay()
    {
        await using var cluster = await EmulatedCluster.StartAsync();
        await cluster.ApplyAsync(PodOn("node-1"));
        await cluster.ApplyAsync(Service("anywhere", "Cluster"));
        await cluster.ApplyAsync(Service("local", "Local"));
        await cluster.WaitForReadyAsync("pod/on-node-1");
        var (anywhere, local) = (await UrlAsync(cluster, "anywhere"), await UrlAsync(cluster, "local"));

        // Cluster: every node takes connections. Local: those with a ready endpoint, by healthCheckNodePort.
        await UntilThroughAsync(cluster, anywhere, "node-1 node-2 node-3");
        await UntilThroughAsync(cluster, local, "node-1");
        await cluster.ApplyAsync(PodOn("node-3"));
        await UntilThroughAsync(cluster, local, "node-1 node-3");
        await cluster.DeleteAsync<Pod>("on-node-1");
        await UntilThroughAsync(cluster, local, "node-3");

        // A node that the autoscaler takes away fails kube-proxy's healthz, and still has its endpoints.
        await cluster.PatchAsync<Node>("node-3", """{"spec":{"taints":[{"key":"ToBeDeletedByClusterAutoscaler","effect":"NoSchedule"}]}}""", ns: "");
        await UntilThroughAsync(cluster, anywhere, "node-1 node-2");
        await UntilThroughAsync(cluster, local, "node-3");
        await cluster.PatchAsync<Node>("node-3", """{"spec":{"taints":null}}""", ns: "");
        await UntilThroughAsync(cluster, anywhere, "node-1 node-2 node-3");

        // A node that lost its power answers no check.
        await cluster.NodeOffAsync("node-2");
        await UntilThroughAsync(cluster, anywhere, "node-1 node-3");
    }

    private static async Task<string> UrlAsync(EmulatedCluster cluster, string name) =>
        $"http://{((Service)await cluster.WaitForReadyAsync($"service/{name}")).Status.LoadBalancer.Ingress[0].IP}/hostname";

    private static async Task UntilThroughAsync(EmulatedCluster cluster, string url, string nodes)
    {
        using var limit = new CancellationTokenSource(Patience);
        var found = "";
        while (true)
        {
            var report = await cluster.RequestAsync(new RequestSpec { Url = url, From = "outside", Count = 30, Trace = true, TimeoutMs = 500 });
            var through = report.Traces.Select(trace => trace.Hops.FirstOrDefault(hop => hop.At.StartsWith("lb/", StringComparison.Ordinal))?.Detail ?? "")
                .SelectMany(detail => cluster.Nodes.Where(node => detail.Contains($"; {node} of ", StringComparison.Ordinal)));
            found = $"{string.Join(' ', through.Distinct().Order(StringComparer.Ordinal))}, {report.Succeeded} of {report.Sent} succeeded";
            if (found == $"{nodes}, 30 of 30 succeeded") return;
            Assert.False(limit.IsCancellationRequested, $"{url}: wanted {nodes}, found {found}; {string.Join("; ", report.Answers.Errors.Keys)}");
            await Task.Delay(20);
        }
    }
}
