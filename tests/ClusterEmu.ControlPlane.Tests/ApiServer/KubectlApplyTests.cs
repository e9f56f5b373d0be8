namespace ClusterEmu.ControlPlane.Tests;

/// <summary>Server-side apply, and the way to it from client-side apply, with the real kubectl. Skipped where there is none.</summary>
public sealed class KubectlApplyTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const string Managers = "jsonpath={range .metadata.managedFields[*]}{.manager} {.operation} {.subresource}\n{end}";

    private const string Web = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          replicas: 2
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: nginx, image: 'nginx:1.21'}]}
        """;

    [KubectlFact]
    public async Task ClientSideApply_BecomesServerSide_AndConflictsCanBeForced()
    {
        var ns = await server.NewNamespace();
        await Ok(Web, "apply", "-n", ns, "-f", "-");
        Assert.Equal(["kubectl-client-side-apply Update "], await ManagersOf(ns));
        Assert.Equal("deployment.apps/web serverside-applied\n", await Ok(Web, "apply", "--server-side", "-n", ns, "-f", "-"));
        Assert.Equal(["kubectl Apply ", "kubectl-last-applied Apply "], await ManagersOf(ns));

        var (code, diff, _) = await Kubectl.Run(server, Web.Replace("replicas: 2", "replicas: 4", StringComparison.Ordinal), "diff", "--server-side", "-n", ns, "-f", "-");
        Assert.Equal(1, code);
        Assert.Contains("-  replicas: 2\n+  replicas: 4\n", diff, StringComparison.Ordinal);

        await Ok("", "scale", "deployment", "web", "--replicas=5", "-n", ns);
        var program = Path.GetFileName(Kubectl.Binary!); // The commands without a manager of their own are known by it.
        Assert.Contains($"{program} Update scale", await ManagersOf(ns));
        (code, _, var errors) = await Kubectl.Run(server, Web, "apply", "--server-side", "-n", ns, "-f", "-");
        Assert.Equal(1, code);
        Assert.StartsWith($"error: Apply failed with 1 conflict: conflict with \"{program}\" with subresource \"scale\" using apps/v1: .spec.replicas\n", errors, StringComparison.Ordinal);
        Assert.Equal("deployment.apps/web serverside-applied\n", await Ok(Web, "apply", "--server-side", "--force-conflicts", "-n", ns, "-f", "-"));
        Assert.Equal("2", await Ok("", "get", "deployment", "web", "-n", ns, "-o", "jsonpath={.spec.replicas}"));
        Assert.Contains("replicas: 2\n", await Ok("", "apply", "view-last-applied", "deployment/web", "-n", ns), StringComparison.Ordinal);
    }

    [KubectlFact]
    public async Task OtherCommands_AreNotedByTheirNames()
    {
        var ns = await server.NewNamespace();
        await Ok("", "create", "deployment", "web", "--image=nginx:1.21", "-n", ns);
        await Ok("", "set", "image", "deployment/web", "nginx=nginx:1.22", "-n", ns);
        await Ok("", "label", "deployment", "web", "a=b", "-n", ns);
        await Ok("", "annotate", "deployment", "web", "a=b", "-n", ns);
        await Ok("", "patch", "deployment", "web", "-p", """{"spec":{"paused":true}}""", "-n", ns);
        var shown = await Ok("", "get", "deployment", "web", "-n", ns, "-o", "yaml");
        Assert.DoesNotContain("managedFields", shown, StringComparison.Ordinal);
        await Ok(shown.Replace("nginx:1.22", "nginx:1.23", StringComparison.Ordinal), "replace", "-n", ns, "-f", "-");
        Assert.Equal(
            ["kubectl-annotate Update ", "kubectl-create Update ", "kubectl-label Update ", "kubectl-patch Update ", "kubectl-replace Update "],
            await ManagersOf(ns)); // What kubectl-set had is replaced.
        Assert.Contains("managedFields:\n", await Ok("", "get", "deployment", "web", "-n", ns, "-o", "yaml", "--show-managed-fields"), StringComparison.Ordinal);
    }

    /// <summary>In the order of their names: their own order is by time.</summary>
    private async Task<IEnumerable<string>> ManagersOf(string ns) =>
        (await Ok("", "get", "deployment", "web", "-n", ns, "--show-managed-fields", "-o", Managers)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal);

    private async Task<string> Ok(string input, params string[] arguments)
    {
        var (code, output, errors) = await Kubectl.Run(server, input, arguments);
        Assert.True(code == 0, $"kubectl {string.Join(' ', arguments)}: {errors}");
        return output;
    }
}
