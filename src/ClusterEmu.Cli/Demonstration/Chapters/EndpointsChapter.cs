namespace ClusterEmu.Cli.Demonstration.Chapters;

internal static class EndpointsChapter
{
    public static DemoChapter Create(int number) => new(
        number,
        "Endpoints follow the Pods",
        "Pods come and go; the Service stays. The endpoint controllers watch Pods and write their addresses; every kube-proxy watches those and rewrites its rules.",
        ["kubectl scale deployment web --replicas=5", "kubectl get endpoints web-svc -w", "kubectl delete pod -l app=web", "clusteremu status"],
        RunAsync);

    private static async Task RunAsync(DemoStage stage)
    {
        await stage.ShowEndpointsAsync("web-svc");
        await ScaleAsync(stage, 5);
        await stage.WaitForEndpointsAsync("web-svc", 5);
        await stage.ShowEndpointsAsync("web-svc");
        await stage.WaitAsync("all five Pods answer", async () => DemoStage.ByPod(await stage.QuietRequestAsync(DemoScript.Client, "http://web-svc", 100)).Count == 5);
        var report = await stage.RequestAsync(DemoScript.Client, "http://web-svc", 200, trace: false);
        stage.Expect(DemoStage.ByPod(report).Count == 5, "the two new Pods get traffic");
        await ScaleAsync(stage, 3);
        await stage.WaitForEndpointsAsync("web-svc", 3);
        await stage.ShowEndpointsAsync("web-svc");
        stage.Say("The Pods stop at once, but a kube-proxy that has synced twice within a second waits for the next: for up to a second connections to them are refused. Real clusters do the same; a preStop sleep is the usual cure.");
        await stage.WaitAsync("only three Pods are asked", async () =>
            await stage.QuietRequestAsync(DemoScript.Client, "http://web-svc", 60) is var now && DemoStage.Succeeded(now) == 60 && DemoStage.ByPod(now).Count == 3);
        report = await stage.RequestAsync(DemoScript.Client, "http://web-svc", 100, trace: false);
        stage.Expect(DemoStage.Succeeded(report) == 100 && DemoStage.ByPod(report).Count == 3, "once the table has caught up, the Pods that went are asked no more");
    }

    private static Task ScaleAsync(DemoStage stage, int replicas) => stage.PatchAsync(
        $"kubectl scale deployment web --replicas={replicas}",
        "/apis/apps/v1/namespaces/default/deployments/web/scale",
        $"{{\"spec\":{{\"replicas\":{replicas}}}}}");
}
