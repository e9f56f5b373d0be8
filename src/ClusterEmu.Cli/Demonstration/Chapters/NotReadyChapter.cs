using System.Text.Json.Nodes;

namespace ClusterEmu.Cli.Demonstration.Chapters;

internal static class NotReadyChapter
{
    public static DemoChapter Create(int number) => new(
        number,
        "A Pod that runs but is not ready",
        "A readiness probe decides whether a Pod gets traffic. While it fails, the Pod's address stands under notReadyAddresses, and no rule leads to it.",
        ["kubectl get endpoints unready-svc -o yaml", "kubectl describe pod unready"],
        RunAsync);

    private static async Task RunAsync(DemoStage stage)
    {
        await stage.ApplyAsync("11-not-ready/unready.yaml");
        await stage.WaitAsync("the Pod is listed as not ready", async () => NotReady(await stage.ReadAsync("/api/v1/namespaces/default/endpoints/unready-svc")).Length > 0);
        var endpoints = await stage.ReadAsync("/api/v1/namespaces/default/endpoints/unready-svc");
        stage.Show("kubectl get endpoints unready-svc -o yaml", $"subsets:\n- notReadyAddresses:\n  - ip: {NotReady(endpoints)}");
        await stage.WaitAsync("the routing table knows unready-svc", async () =>
            DemoStage.Failed(await stage.QuietRequestAsync(DemoScript.Client, "http://unready-svc", timeoutMs: 1000), "refused") == 1);
        var report = await stage.RequestAsync(DemoScript.Client, "http://unready-svc");
        stage.Expect(DemoStage.Failed(report, "refused") == 1, "the Service refuses, although the Pod is Running");
        var ip = NotReady(endpoints);
        report = await stage.RequestAsync(DemoScript.Client, $"http://{ip}:8080/hostname", trace: false);
        stage.Expect(DemoStage.Succeeded(report) == 1, "asked directly, the Pod answers: it is only left out");
    }

    private static string NotReady(JsonObject endpoints) => endpoints["subsets"]?[0]?["notReadyAddresses"]?[0]?["ip"]?.ToString() ?? "";
}
