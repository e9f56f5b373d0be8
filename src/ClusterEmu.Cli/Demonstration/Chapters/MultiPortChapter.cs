namespace ClusterEmu.Cli.Demonstration.Chapters;

internal static class MultiPortChapter
{
    public static DemoChapter Create(int number) => new(
        number,
        "Several ports, one Service",
        "One ClusterIP, three ports, each with a name and a target of its own; one of them speaks TLS. The Deployment rolls over to a program that serves all three.",
        ["kubectl get svc multi-port-svc", "kubectl rollout history deployment/web", "kubectl describe endpoints multi-port-svc"],
        RunAsync);

    private static async Task RunAsync(DemoStage stage)
    {
        await stage.ApplyAsync("08-multi-port/multi-port-svc.yaml");
        await stage.ApplyAsync("08-multi-port/web-porter.yaml", show: false);
        await stage.WaitAsync("the Deployment has rolled over", async () =>
        {
            var deployment = await stage.ReadAsync("/apis/apps/v1/namespaces/default/deployments/web");
            var status = deployment["status"];
            return status?["observedGeneration"]?.GetValue<long>() == deployment["metadata"]?["generation"]?.GetValue<long>()
                && status?["updatedReplicas"]?.GetValue<int>() == 3 && status["replicas"]?.GetValue<int>() == 3 && status["availableReplicas"]?.GetValue<int>() == 3;
        });
        // Three Pods with three ports each: the former Pods are out of the endpoints, and soon out of the tables.
        await stage.WaitForEndpointsAsync("multi-port-svc", 9);
        foreach (var (url, what) in ((string, string)[])[("http://multi-port-svc:80", "HTTP"), ("https://multi-port-svc:443", "HTTPS"), ("http://multi-port-svc:9090/metrics", "metrics")])
        {
            await stage.WaitForAnswersAsync(DemoScript.Client, url);
            var report = await stage.RequestAsync(DemoScript.Client, url, trace: what == "HTTPS");
            stage.Expect(DemoStage.Succeeded(report) == 1, $"{what} answers");
        }
    }
}
