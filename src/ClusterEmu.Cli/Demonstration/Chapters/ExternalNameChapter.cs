namespace ClusterEmu.Cli.Demonstration.Chapters;

internal static class ExternalNameChapter
{
    public static DemoChapter Create(int number) => new(
        number,
        "ExternalName: an alias in DNS",
        "No address, no rules, no endpoints: cluster DNS answers with a CNAME to a name outside.",
        ["kubectl get svc external-db", "clusteremu request http://external-db --from pod/default/client --trace"],
        RunAsync);

    private static async Task RunAsync(DemoStage stage)
    {
        await stage.ApplyAsync("05-externalname/external-db.yaml");
        await stage.WaitForAnswerAsync(DemoScript.Client, "http://external-db");
        var report = await stage.RequestAsync(DemoScript.Client, "http://external-db");
        stage.Expect(DemoStage.Succeeded(report) == 1 && DemoStage.Reasons(report).Contains("db.example.com", StringComparison.Ordinal), "external-db leads to db.example.com, by DNS alone");
    }
}
