namespace ClusterEmu.Cli.Demonstration.Chapters;

internal static class HeadlessChapter
{
    public static DemoChapter Create(int number) => new(
        number,
        "Headless: DNS answers with the Pods themselves",
        "With clusterIP: None there is nothing to balance: the name resolves to every ready Pod's address, and the client chooses.",
        ["kubectl get svc database", "clusteremu request http://database:5432 --from pod/default/client --trace"],
        RunAsync);

    private static async Task RunAsync(DemoStage stage)
    {
        await stage.ApplyAsync("07-headless/database.yaml");
        await stage.WaitForEndpointsAsync("database", 3);
        await stage.ShowEndpointsAsync("database");
        var addresses = await stage.EndpointsAsync("database");
        await stage.WaitAsync("DNS answers with all three Pods", async () =>
        {
            var reasons = DemoStage.Reasons(await stage.QuietRequestAsync(DemoScript.Client, "http://database:5432", trace: true, timeoutMs: 1000));
            return addresses.All(address => reasons.Contains(address.Split(':')[0], StringComparison.Ordinal));
        });
        var report = await stage.RequestAsync(DemoScript.Client, "http://database:5432");
        stage.Expect(DemoStage.Succeeded(report) == 1, "a Pod is reached directly, with no Service address in between");
    }
}
