namespace ClusterEmu.ControlPlane.Tests;

/// <summary>Custom resources with the real kubectl. Skipped where there is none.</summary>
public sealed class CustomKubectlTests(CronTabs tabs) : IClassFixture<CronTabs>
{
    [KubectlFact]
    public async Task TheExampleOfTheDocumentation_Works()
    {
        var (group, json) = CronTabs.Definition();
        var crontab = $"crontabs.{group}";
        Assert.Equal($"customresourcedefinition.apiextensions.k8s.io/{crontab} created\n", await Ok(json, "apply", "-f", "-"));
        Assert.Equal($"customresourcedefinition.apiextensions.k8s.io/{crontab} condition met\n", await Ok("", "wait", "--for=condition=established", "crd/" + crontab, "--timeout=30s"));
        Assert.Matches($@"^NAME +CREATED AT\n{crontab} +\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\dZ\n$", await Ok("", "get", "crd", crontab));
        var manifest = CronTabs.Object(group, "c");
        Assert.Equal($"crontab.{group}/c created\n", await Ok(manifest, "apply", "-f", "-"));
        Assert.Equal($"crontab.{group}/c unchanged\n", await Ok(manifest, "apply", "-f", "-"));
        Assert.Matches(@"^NAME +SPEC +REPLICAS +AGE\nc +\* \* \* \* \*/5 +3 +\d+s\n$", await Ok("", "get", crontab));
        Assert.Matches(@"^NAME +SPEC +REPLICAS +IMAGE +AGE\nc +\* \* \* \* \*/5 +3 +busybox +\d+s\n$", await Ok("", "get", crontab, "-o", "wide"));
        Assert.Equal($"crontab.{group}/c scaled\n", await Ok("", "scale", "--replicas=5", $"crontab.{group}/c"));
        Assert.Equal($"crontab.{group}/c patched\n", await Ok("", "patch", crontab, "c", "--type=merge", "-p", """{"spec":{"image":"nginx"}}"""));
        Assert.Equal("5 nginx", await Ok("", "get", crontab, "c", "-o", "jsonpath={.spec.replicas} {.spec.image}"));
        Assert.Equal($"crontab.{group}/c labeled\n", await Ok("", "label", crontab, "c", "a=b"));
        Assert.Contains("Cron Spec:", await Ok("", "describe", crontab, "c"), StringComparison.Ordinal);
        var explained = await Ok("", "explain", "crontabs.spec.cronSpec", $"--api-version={group}/v1");
        Assert.Contains("When to run it, as five fields.", explained, StringComparison.Ordinal);
        Assert.Matches($@"^crontabs +ct +{group}/v1 +true +CronTab\n$", await Ok("", "api-resources", "--api-group=" + group, "--no-headers"));
        Assert.Equal($"crontab.{group} \"c\" deleted\n", await Ok("", "delete", crontab, "c"));
        Assert.Equal($"customresourcedefinition.apiextensions.k8s.io \"{crontab}\" deleted\n", await Ok("", "delete", "crd", crontab));
    }

    [KubectlFact]
    public async Task UnknownFields_AreNamed()
    {
        var (group, json) = CronTabs.Definition();
        await tabs.Establish((group, json));
        var (code, _, errors) = await Kubectl.Run(tabs.Server, CronTabs.Object(group, "c", """{"foo":1}"""), "create", "-f", "-");
        Assert.Equal((1, "Error from server (BadRequest): error when creating \"STDIN\": CronTab in version \"v1\" cannot be handled as a CronTab: strict decoding error: unknown field \"spec.foo\"\n"), (code, errors));
    }

    private async Task<string> Ok(string input, params string[] arguments)
    {
        var (code, output, errors) = await Kubectl.Run(tabs.Server, input, arguments);
        Assert.True(code == 0, $"kubectl {string.Join(' ', arguments)}: {errors}");
        return output;
    }
}
