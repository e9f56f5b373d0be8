namespace ClusterEmu.Cli.Demonstration.Chapters;

internal static class ClusterIpChapter
{
    public static DemoChapter Create(int number) => new(
        number,
        "ClusterIP: an address that exists in routing tables only",
        "A Service gets a ClusterIP. No machine has that address: each node's kube-proxy writes rules that replace it by the address of one ready Pod.",
        ["kubectl get svc web-svc -o wide", "clusteremu node tables node-1 --service default/web-svc", "clusteremu request http://web-svc --from pod/default/client --count 300"],
        RunAsync);

    private static async Task RunAsync(DemoStage stage)
    {
        await DemoScript.PrepareAsync(stage, show: true);
        var report = await stage.RequestAsync(DemoScript.Client, "http://web-svc");
        stage.Expect(DemoStage.Succeeded(report) == 1, "a Pod reaches the Service by its short name");
        report = await stage.RequestAsync(DemoScript.Client, "http://web-svc.default.svc.cluster.local", 300, trace: false);
        stage.Expect(DemoStage.Succeeded(report) == 300 && DemoStage.ByPod(report).Count == 3, "300 connections spread over all three Pods");
        stage.Say("The guide draws round robin. That is what mode ipvs does ('clusteremu up --proxy-mode ipvs'); the default, iptables, draws an endpoint at random for each connection, because netfilter rules keep no counter.");

        var ip = (await stage.ReadAsync("/api/v1/namespaces/default/services/web-svc"))["spec"]!["clusterIP"]!.ToString();
        report = await stage.RequestAsync("outside", $"http://{ip}", timeoutMs: 500);
        stage.Expect(DemoStage.Failed(report, "timeout") == 1, "from outside the ClusterIP times out: nothing there knows it");

        stage.Say("Stock nginx listens on port 80. Behind targetPort 8080 nobody answers, and the Pod's own network stack refuses:");
        await stage.ApplyAsync("01-clusterip/nginx-on-8080.yaml", show: false);
        await stage.WaitForEndpointsAsync("nginx-wrong-port", 1);
        await stage.WaitAsync("the routing table knows nginx-wrong-port", async () =>
            DemoStage.Failed(await stage.QuietRequestAsync(DemoScript.Client, "http://nginx-wrong-port", trace: true, timeoutMs: 1000), "refused") == 1);
        report = await stage.RequestAsync(DemoScript.Client, "http://nginx-wrong-port");
        stage.Expect(DemoStage.Failed(report, "refused") == 1, "a wrong targetPort is refused");
    }
}
