namespace ClusterEmu.Cli.Demonstration.Chapters;

internal static class NodePortChapter
{
    public static DemoChapter Create(int number) => new(
        number,
        "NodePort: one port on every node",
        "A NodePort is open on every node, whether a Pod runs there or not. The node that takes the connection picks any Pod of the cluster, and hides the client behind its own address (source NAT).",
        ["curl http://127.18.0.2:30080/hostname     (node-1; the summary of 'up' lists the addresses)", "kubectl get svc web-nodeport", "clusteremu node tables node-2 --service default/web-nodeport"],
        RunAsync);

    private static async Task RunAsync(DemoStage stage)
    {
        await stage.ApplyAsync("03-nodeport/web-nodeport.yaml");
        await stage.WaitForEndpointsAsync("web-nodeport", 3);
        var nodes = ((await stage.ReadAsync("/api/v1/nodes"))["items"] as System.Text.Json.Nodes.JsonArray)?.Count ?? 0;
        for (var i = 1; i <= Math.Min(nodes, 3); i++)
        {
            var url = $"http://{stage.NodeAddress(i)}:30080/clientip";
            await stage.WaitForAnswerAsync("outside", url);
            var report = await stage.RequestAsync("outside", url, trace: i == 1);
            stage.Expect(DemoStage.Succeeded(report) == 1, $"node-{i} answers on port 30080");
        }
        var inside = await stage.RequestAsync(DemoScript.Client, "http://web-nodeport", trace: false);
        stage.Expect(DemoStage.Succeeded(inside) == 1, "inside the cluster the ClusterIP works as well");
    }
}
