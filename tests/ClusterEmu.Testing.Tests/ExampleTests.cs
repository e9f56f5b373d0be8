using ClusterEmu.Api;
using Xunit.Abstractions;

namespace ClusterEmu.Testing.Tests;

public sealed class ExampleTests(ITestOutputHelper output)
{
    private const string Manifest = """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: 3
          selector:
            matchLabels: {app: web}
          template:
            metadata:
              labels: {app: web}
            spec:
              containers:
              - name: web
                image: registry.k8s.io/e2e-test-images/agnhost:2.53
                args: ["netexec", "--http-port=8080"]
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: web
        spec:
          selector: {app: web}
          ports:
          - port: 80
            targetPort: 8080
        ---
        apiVersion: v1
        kind: Pod
        metadata:
          name: client
        spec:
          containers:
          - name: client
            image: busybox:1.36
            command: ["sleep", "infinity"]
        """;

    [Fact]
    public async Task RequestsAreSpreadOverThePods()
    {
        await using var cluster = await EmulatedCluster.StartAsync(new EmulatedClusterOptions { Nodes = 1, ProxyMode = "ipvs" });
        await cluster.ApplyAsync(Manifest);
        await cluster.WaitForReadyAsync("deployment/web");
        await cluster.WaitForReadyAsync("pod/client");
        await cluster.WaitForEndpointsAsync("web", 3);
        await cluster.WaitForTablesAsync();

        var report = await cluster.RequestAsync("http://web/", from: "pod/default/client", count: 30, trace: true);
        output.WriteLine($"{report.Succeeded} of {report.Sent} requests were answered:");
        foreach (var (pod, answers) in report.ByPod) output.WriteLine($"  {pod}: {answers}");
        output.WriteLine("The first one's path:");
        foreach (var hop in report.Traces[0].Hops) output.WriteLine($"  {hop.At}: {hop.What}: {hop.Detail}");
        Assert.Equal([10, 10, 10], report.ByPod.Values);

        await cluster.PatchAsync<Service>("web", """{"spec":{"selector":{"app":"wrong"}}}""");
        await cluster.WaitForEndpointsAsync("web", 0);
        await cluster.WaitForTablesAsync();
        var table = await cluster.TableAsync("node-1", "default/web");
        foreach (var rule in table.Services[0].Rules) output.WriteLine($"{table.Node}: {rule.Destination}: {rule.Verdict}: {rule.Reason}");
        report = await cluster.RequestAsync("http://web/", from: "pod/default/client", count: 5);
        Assert.Equal(5, report.Failed.Refused);
    }
}
