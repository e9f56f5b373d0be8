namespace ClusterEmu.Cli.Demonstration.Chapters;

internal static class WrongSelectorChapter
{
    public static DemoChapter Create(int number) => new(
        number,
        "A wrong selector, and its mend",
        "A selector that matches no Pod leaves the Service without endpoints, and kube-proxy refuses its connections. The mend needs no restart of anything.",
        ["kubectl get endpoints broken-svc", "kubectl get pods --show-labels"],
        RunAsync);

    private static async Task RunAsync(DemoStage stage)
    {
        await stage.ApplyAsync("10-wrong-selector/broken-svc.yaml");
        await stage.WaitAsync("the routing table knows broken-svc", async () =>
            DemoStage.Failed(await stage.QuietRequestAsync(DemoScript.Client, "http://broken-svc", timeoutMs: 1000), "refused") == 1);
        await stage.ShowEndpointsAsync("broken-svc");
        var report = await stage.RequestAsync(DemoScript.Client, "http://broken-svc");
        stage.Expect(DemoStage.Failed(report, "refused") == 1, "no endpoints: connection refused");
        await stage.PatchAsync(
            """kubectl patch service broken-svc -p '{"spec":{"selector":{"app":"web"}}}'""",
            "/api/v1/namespaces/default/services/broken-svc",
            """{"spec":{"selector":{"app":"web"}}}""");
        await stage.WaitForEndpointsAsync("broken-svc", 3);
        await stage.ShowEndpointsAsync("broken-svc");
        await stage.WaitForAnswerAsync(DemoScript.Client, "http://broken-svc");
        report = await stage.RequestAsync(DemoScript.Client, "http://broken-svc", trace: false);
        stage.Expect(DemoStage.Succeeded(report) == 1, "mended: the same Service answers");
    }
}
