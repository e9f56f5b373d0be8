namespace ClusterEmu.Cli.Demonstration.Chapters;

internal static class SessionAffinityChapter
{
    public static DemoChapter Create(int number) => new(
        number,
        "Session affinity: one client, one Pod",
        "With sessionAffinity: ClientIP the node remembers which Pod a client address went to, for as long as the timeout says. The memory is that node's own.",
        ["kubectl describe service web-sticky", "clusteremu request http://web-sticky.default.svc.cluster.local --from node/node-2 --count 50"],
        RunAsync);

    private static async Task RunAsync(DemoStage stage)
    {
        await stage.ApplyAsync("09-session-affinity/web-sticky.yaml");
        await stage.WaitForAnswerAsync(DemoScript.Client, "http://web-sticky");
        var report = await stage.RequestAsync(DemoScript.Client, "http://web-sticky", 100, trace: false);
        stage.Expect(DemoStage.Succeeded(report) == 100 && DemoStage.ByPod(report).Count == 1, "100 connections of one client all reach one Pod");
        report = await stage.RequestAsync(DemoScript.Client, "http://web-svc", 100, trace: false);
        stage.Expect(DemoStage.ByPod(report).Count > 1, "the Service without affinity still spreads the same client");
    }
}
