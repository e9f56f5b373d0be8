namespace ClusterEmu.Cli.Demonstration.Chapters;

internal static class LoadBalancerChapter
{
    public static DemoChapter Create(int number) => new(
        number,
        "LoadBalancer: an address from the cloud",
        "The cloud's controller gives the Service an external address; its load balancer checks the nodes and sends each connection to a NodePort, where the path of chapter 3 begins.",
        ["kubectl get service web-lb", "curl http://$(kubectl get svc web-lb -o jsonpath='{.status.loadBalancer.ingress[0].ip}')/hostname"],
        RunAsync);

    private static async Task RunAsync(DemoStage stage)
    {
        await stage.ApplyAsync("04-loadbalancer/web-lb.yaml");
        var ip = "";
        await stage.WaitAsync("web-lb has an external address", async () =>
            (ip = (await stage.ReadAsync("/api/v1/namespaces/default/services/web-lb"))["status"]?["loadBalancer"]?["ingress"]?[0]?["ip"]?.ToString() ?? "").Length > 0);
        stage.Show("kubectl get service web-lb", $"web-lb   LoadBalancer   EXTERNAL-IP {ip}");
        await stage.WaitAsync("every node's table knows the NodePort", async () => DemoStage.Succeeded(await stage.QuietRequestAsync("outside", $"http://{ip}/hostname", 40, timeoutMs: 1000)) == 40);
        var report = await stage.RequestAsync("outside", $"http://{ip}/hostname");
        stage.Expect(DemoStage.Succeeded(report) == 1, "the load balancer's address answers from outside");
        report = await stage.RequestAsync("outside", $"http://{ip}/hostname", 90, trace: false);
        stage.Expect(DemoStage.Succeeded(report) == 90 && DemoStage.ByPod(report).Count == 3, "it reaches all three Pods");
    }
}
