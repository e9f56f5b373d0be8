namespace ClusterEmu.Cli.Demonstration.Chapters;

internal static class ClusterIpChapter
{
    public static DemoChapter Create(int number) => new(
        number,
        "ClusterIP: an address that exists in routing tables only",
        "A Service gets a ClusterIP. No machine has that address: each node's kube-proxy writes rules that replace it by the address of one ready Pod.",
        ["kubectl get svc web-svc -o wide", "clusteremu node tables node-1 --service default/web-svc", "clusteremu request http://web-svc --from pod/default/client --count 300"],
        RunAsync);

    private const string Full = "http://web-svc.default.svc.cluster.local";

    private static bool Evenly(System.Text.Json.Nodes.JsonObject report) => DemoStage.ByPod(report).Values.SequenceEqual([3, 3, 3]);

    private static async Task RunAsync(DemoStage stage)
    {
        await DemoScript.PrepareAsync(stage, show: true);
        var report = await stage.RequestAsync(DemoScript.Client, "http://web-svc");
        stage.Expect(DemoStage.Succeeded(report) == 1, "a Pod reaches the Service by its short name");
        report = await stage.RequestAsync(DemoScript.Client, Full, 300, trace: false);
        stage.Expect(DemoStage.Succeeded(report) == 300 && DemoStage.ByPod(report).Count == 3, "300 connections spread over all three Pods");
        stage.Say("The guide draws round robin. The default mode, iptables, draws an endpoint at random instead, because netfilter rules keep no counter. Mode ipvs keeps one; node-3 is switched to it:");
        await stage.PatchAsync("kubectl annotate node node-3 clusteremu.io/kube-proxy-mode=ipvs", "/api/v1/nodes/node-3", """{"metadata":{"annotations":{"clusteremu.io/kube-proxy-mode":"ipvs"}}}""");
        await stage.WaitAsync("node-3 takes turns", async () => Evenly(await stage.QuietRequestAsync("node/node-3", Full, 9)));
        report = await stage.RequestAsync("node/node-3", Full, 9, trace: false);
        stage.Expect(Evenly(report), "from node-3, nine connections give each Pod exactly three");
        await stage.PatchAsync("kubectl annotate node node-3 clusteremu.io/kube-proxy-mode-", "/api/v1/nodes/node-3", """{"metadata":{"annotations":{"clusteremu.io/kube-proxy-mode":null}}}""");

        var ip = (await stage.ReadAsync("/api/v1/namespaces/default/services/web-svc"))["spec"]!["clusterIP"]!.ToString();
        report = await stage.RequestAsync("outside", $"http://{ip}", timeoutMs: 500);
        stage.Expect(DemoStage.Failed(report, "timeout") == 1, "from outside the ClusterIP times out: nothing there knows it");

        stage.Say("Stock nginx listens on port 80. Behind targetPort 8080 nobody answers, and the Pod's own network stack refuses:");
        await stage.ApplyAsync("01-clusterip/nginx-on-8080.yaml", show: false);
        await stage.WaitForEndpointsAsync("nginx-wrong-port", 1);
        await stage.WaitAsync("the routing table knows the Pod behind nginx-wrong-port", async () =>
            DemoStage.Reasons(await stage.QuietRequestAsync(DemoScript.Client, "http://nginx-wrong-port", trace: true, timeoutMs: 1000)).Contains("Nothing listens", StringComparison.Ordinal));
        report = await stage.RequestAsync(DemoScript.Client, "http://nginx-wrong-port");
        stage.Expect(DemoStage.Failed(report, "refused") == 1, "a wrong targetPort is refused");
    }
}
