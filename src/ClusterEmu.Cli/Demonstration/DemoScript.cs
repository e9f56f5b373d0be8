using ClusterEmu.Cli.Demonstration.Chapters;

namespace ClusterEmu.Cli.Demonstration;

/// <summary>The chapters in their order.</summary>
internal static class DemoScript
{
    public static IReadOnlyList<DemoChapter> Chapters { get; } =
    [
        ClusterIpChapter.Create(1),
        EndpointsChapter.Create(2),
        NodePortChapter.Create(3),
        LoadBalancerChapter.Create(4),
        ExternalNameChapter.Create(5),
        ManualEndpointsChapter.Create(6),
        HeadlessChapter.Create(7),
        MultiPortChapter.Create(8),
        SessionAffinityChapter.Create(9),
        WrongSelectorChapter.Create(10),
        NotReadyChapter.Create(11),
        DeadNodeChapter.Create(12),
    ];

    /// <summary>What all chapters build on: three Pods that answer, their Service, and a Pod to send from.</summary>
    public static async Task PrepareAsync(DemoStage stage, bool show)
    {
        await stage.ApplyAsync("01-clusterip/web.yaml", show);
        await stage.ApplyAsync("01-clusterip/web-svc.yaml", show);
        await stage.ApplyAsync("01-clusterip/client.yaml", show: false);
        await stage.WaitForEndpointsAsync("web-svc", 3);
        await stage.WaitAsync("the client Pod is Running", async () =>
            (await stage.ReadAsync("/api/v1/namespaces/default/pods/client"))["status"]?["phase"]?.ToString() == "Running");
        await stage.WaitForAnswerAsync(Client, "http://web-svc");
    }

    public const string Client = "pod/default/client";
}
