namespace ClusterEmu.ControlPlane.Tests;

/// <summary>What people do first, with the real kubectl. Skipped where there is none.</summary>
public sealed class KubectlTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const string Web = """
        apiVersion: v1
        kind: Service
        metadata:
          name: web-svc
          annotations: {note: first}
        spec:
          selector: {app: web}
          ports:
          - port: 80
            targetPort: 8080
        """;

    [KubectlFact]
    public async Task Apply_CreatesConfiguresAndLeavesUnchanged()
    {
        var ns = await server.NewNamespace();
        Assert.Equal("service/web-svc created\n", await Ok(Web, "apply", "-n", ns, "-f", "-"));
        Assert.Equal("service/web-svc unchanged\n", await Ok(Web, "apply", "-n", ns, "-f", "-"));
        Assert.Equal("service/web-svc configured\n", await Ok(Web.Replace("port: 80\n", "port: 81\n", StringComparison.Ordinal), "apply", "-n", ns, "-f", "-"));
        var shown = await Ok("", "get", "svc", "-n", ns);
        Assert.Matches(@"^NAME +TYPE +CLUSTER-IP +EXTERNAL-IP +PORT\(S\) +AGE\nweb-svc +ClusterIP +10\.\d+\.\d+\.\d+ +<none> +81/TCP +\d+s\n$", shown);
        Assert.Equal("service \"web-svc\" deleted\n", await Ok("", "delete", "svc", "web-svc", "-n", ns));
    }

    [KubectlFact]
    public async Task CreateExposeScaleLabelAndPatch_Work()
    {
        var ns = await server.NewNamespace();
        Assert.Equal("deployment.apps/web created\n", await Ok("", "create", "deployment", "web", "--image=nginx:1.21", "--replicas=3", "-n", ns));
        Assert.Equal("service/web exposed\n", await Ok("", "expose", "deployment", "web", "--port=80", "--target-port=8080", "-n", ns));
        Assert.Equal("deployment.apps/web scaled\n", await Ok("", "scale", "deployment", "web", "--replicas=5", "-n", ns));
        Assert.Equal("5", await Ok("", "get", "deployment", "web", "-n", ns, "-o", "jsonpath={.spec.replicas}"));
        Assert.Equal("deployment.apps/web labeled\n", await Ok("", "label", "deployment", "web", "tier=front", "-n", ns));
        Assert.Equal("deployment.apps/web image updated\n", await Ok("", "set", "image", "deployment/web", "nginx=nginx:1.22", "-n", ns));
        Assert.Equal("service/web patched\n", await Ok("", "patch", "svc", "web", "-p", """{"spec":{"type":"NodePort"}}""", "-n", ns));
        Assert.Matches(@"^3\d{4}$", await Ok("", "get", "svc", "web", "-n", ns, "-o", "jsonpath={.spec.ports[0].nodePort}"));
        Assert.Equal("pod/p created\n", await Ok("", "run", "p", "--image=nginx", "-n", ns));
        Assert.Contains("deployment.apps/web", await Ok("", "get", "all", "-n", ns, "-o", "name"), StringComparison.Ordinal);
        Assert.Contains("SELECTOR", await Ok("", "get", "deploy", "-o", "wide", "-n", ns), StringComparison.Ordinal);
        Assert.Contains("RollingUpdate", await Ok("", "describe", "deployment", "web", "-n", ns), StringComparison.Ordinal);
    }

    [KubectlTheory] // manifest or arguments; the error that kubectl shows
    [InlineData("spec: {ports: [{port: 80}], type: NodePort, bogus: 1}", "strict decoding error: unknown field \"spec.bogus\"")]
    [InlineData("spec: {type: NodePort, ports: [{port: 80, nodePort: 80}]}", "spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767")]
    [InlineData("spec: {ports: [{port: 80}, {port: 81}]}", "* spec.ports[0].name: Required value\n* spec.ports[1].name: Required value")]
    [InlineData("spec: {clusterIP: 10.96.0.1, ports: [{port: 80}]}", "provided IP is already allocated")]
    public async Task BadServices_AreRefused_InKubernetesWords(string spec, string expected)
    {
        var ns = await server.NewNamespace();
        var (code, _, errors) = await Kubectl.Run(server, $"apiVersion: v1\nkind: Service\nmetadata: {{name: bad}}\n{spec}\n", "apply", "-n", ns, "-f", "-");
        Assert.Equal(1, code);
        Assert.Contains(expected, errors, StringComparison.Ordinal);
    }

    [KubectlFact]
    public async Task DiscoveryExplainAndVersion_Answer()
    {
        var resources = await Ok("", "api-resources");
        Assert.Matches(@"(?m)^endpointslices +discovery\.k8s\.io/v1 +true +EndpointSlice$", resources);
        Assert.Contains("v1.32.0", await Ok("", "version"), StringComparison.Ordinal);
        Assert.Contains("clusterIP", await Ok("", "explain", "service.spec"), StringComparison.Ordinal);
        Assert.Equal("kube-system", await Ok("", "get", "ns", "kube-system", "-o", "jsonpath={.metadata.name}"));
        Assert.Contains("10.96.0.10", await Ok("", "get", "svc", "-A"), StringComparison.Ordinal);
    }

    [KubectlFact]
    public async Task Wait_SeesAChangeThroughItsWatch()
    {
        var ns = await server.NewNamespace();
        await Ok("", "create", "configmap", "m", "--from-literal=a=1", "-n", ns);
        var waiting = Kubectl.Run(server, "", "wait", "configmap/m", "--for=delete", "--timeout=50s", "-n", ns);
        await Ok("", "delete", "configmap", "m", "-n", ns);
        Assert.Equal(0, (await waiting).Code);
    }

    [KubectlFact]
    public async Task RolesClassesAndBudgets_AreMadeShownAndDeleted()
    {
        var ns = await server.NewNamespace();
        Assert.Equal("priorityclass.scheduling.k8s.io/high created\n", await Ok("", "create", "priorityclass", "high", "--value=1000", "--description=for tests"));
        Assert.Matches(@"^NAME +VALUE +GLOBAL-DEFAULT +AGE +PREEMPTIONPOLICY\nhigh +1000 +false +\d+s +PreemptLowerPriority\n$", await Ok("", "get", "pc", "high"));
        Assert.Equal("clusterrole.rbac.authorization.k8s.io/health created\n", await Ok("", "create", "clusterrole", "health", "--verb=get", "--non-resource-url=/healthz"));
        Assert.Equal("clusterrolebinding.rbac.authorization.k8s.io/health created\n", await Ok("", "create", "clusterrolebinding", "health", "--clusterrole=health", "--group=dev"));
        Assert.Matches(@"health +ClusterRole/health +\d+s +dev", await Ok("", "get", "clusterrolebinding", "health", "-o", "wide"));
        Assert.Equal("poddisruptionbudget.policy/web created\n", await Ok("", "create", "pdb", "web", "--selector=app=web", "--max-unavailable=1", "-n", ns));
        Assert.Contains("Max unavailable:  1", await Ok("", "describe", "pdb", "web", "-n", ns), StringComparison.Ordinal);
        Assert.Matches(@"^NAME +MIN AVAILABLE +MAX UNAVAILABLE +ALLOWED DISRUPTIONS +AGE\nweb +N/A +1 +0 +\d+s\n$", await Ok("", "get", "pdb.v1beta1.policy", "-n", ns));
        Assert.Contains("How many of some Pods may be missing", await Ok("", "explain", "pdb"), StringComparison.Ordinal);
        Assert.Contains("-required-", await Ok("", "explain", "hpa.spec", "--recursive"), StringComparison.Ordinal);
        Assert.Contains("topology", await Ok("", "explain", "endpointslice.endpoints", "--api-version=discovery.k8s.io/v1beta1"), StringComparison.Ordinal);
        Assert.Equal("priorityclass.scheduling.k8s.io \"high\" deleted\n", await Ok("", "delete", "pc", "high"));
        await Ok("", "delete", "clusterrole,clusterrolebinding", "health");
        Assert.Equal("poddisruptionbudget.policy \"web\" deleted\n", await Ok("", "delete", "pdb", "--all", "-n", ns));
    }

    private async Task<string> Ok(string input, params string[] arguments)
    {
        var (code, output, errors) = await Kubectl.Run(server, input, arguments);
        Assert.True(code == 0, $"kubectl {string.Join(' ', arguments)} ended with {code}: {errors}");
        return output;
    }
}
