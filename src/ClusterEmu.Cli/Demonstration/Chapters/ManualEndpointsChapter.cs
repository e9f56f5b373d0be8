namespace ClusterEmu.Cli.Demonstration.Chapters;

internal static class ManualEndpointsChapter
{
    public static DemoChapter Create(int number) => new(
        number,
        "Endpoints written by hand",
        "A Service without a selector gets no endpoints from the controllers. Written by hand, they may point outside the cluster; a controller mirrors them into EndpointSlices, and kube-proxy treats them like any others.",
        ["kubectl get endpointslices -l kubernetes.io/service-name=external-api", "clusteremu node tables node-1 --service default/external-api"],
        RunAsync);

    private static async Task RunAsync(DemoStage stage)
    {
        await stage.ApplyAsync("06-manual-endpoints/external-api.yaml");
        await stage.ShowEndpointsAsync("external-api");
        await stage.WaitForAnswerAsync(DemoScript.Client, "https://external-api");
        var report = await stage.RequestAsync(DemoScript.Client, "https://external-api");
        stage.Expect(DemoStage.Succeeded(report) == 1, "the Service leads out of the cluster, over TLS");
        report = await stage.RequestAsync(DemoScript.Client, "https://external-api", 40, trace: false);
        stage.Expect(DemoStage.Succeeded(report) == 40 && DemoStage.ByPod(report).Count == 2, "both outside addresses are used");
    }
}
