using System.Text.RegularExpressions;
using ClusterEmu.EndToEnd.Tests.Harness;

namespace ClusterEmu.EndToEnd.Tests.Guide;

/// <summary>Every kubectl line of the course on Services, as it stands there, in its order (but exec, run -it and logs).</summary>
public sealed class GuideTests
{
    private const string LoadBalancer = """
        apiVersion: v1
        kind: Service
        metadata:
          name: web-lb
        spec:
          type: LoadBalancer
          selector:
            app: web
          ports:
          - port: 80
            targetPort: 8080
        """;

    [KubectlFact]
    public async Task EachLine_AnswersAsTheCourseSays()
    {
        await using var cluster = await RunningCluster.StartAsync();
        await cluster.ApplyAsync(WebManifests.Deployment);
        await cluster.ApplyAsync(WebManifests.Service);
        await cluster.ApplyAsync(LoadBalancer);
        (await cluster.KubectlAsync("rollout status deployment/web --timeout=30s")).Succeeded();
        await cluster.EventuallyAsync(async () => (await cluster.KubectlAsync("get endpoints web-svc")).Output, text => text.Split(":8080").Length == 4);

        await SaysAsync(cluster, "get endpoints web-svc", @"NAME +ENDPOINTS +AGE\nweb-svc +172\.17\.\d+\.\d+:8080,172\.17\.\d+\.\d+:8080,172\.17\.\d+\.\d+:8080 +\d+s\n");
        await SaysAsync(cluster, "get endpoints", @"web-svc +172\.17\.");
        await SaysAsync(cluster, "describe endpoints web-svc", @"Subsets:\n  Addresses: +172\.17\.\d+\.\d+,172\.17\.\d+\.\d+,172\.17\.\d+\.\d+\n  NotReadyAddresses: +<none>\n  Ports:\n    Name +Port +Protocol\n    ---- +---- +--------\n    <unset> +8080 +TCP\n");
        await SaysAsync(cluster, "get endpointslices", @"NAME +ADDRESSTYPE +PORTS +ENDPOINTS +AGE\n(.*\n)*web-svc-\w{5} +IPv4 +8080 +172\.17\.");
        await cluster.EventuallyAsync(async () => (await cluster.KubectlAsync("get service web-lb")).Output, text => Regex.IsMatch(text, @"web-lb +LoadBalancer +10\.\d+\.\d+\.\d+ +127\.2\d\d\.\d+\.\d+ +80:3\d{4}/TCP"));
        await SaysAsync(cluster, "get service web-svc", @"NAME +TYPE +CLUSTER-IP +EXTERNAL-IP +PORT\(S\) +AGE\nweb-svc +ClusterIP +10\.\d+\.\d+\.\d+ +<none> +80/TCP");
        await SaysAsync(cluster, "get service web-svc -o yaml", @"  selector:\n    app: web\n");
        await SaysAsync(cluster, "get service web-svc -o yaml", @"  ports:\n  - port: 80\n    protocol: TCP\n    targetPort: 8080\n");
        await SaysAsync(cluster, "get pods --show-labels", @"web-\w+-\w{5} +1/1 +Running +0 +\w+ +app=web,pod-template-hash=");
        await SaysAsync(cluster, "get endpoints web-svc -o yaml", @"subsets:\n- addresses:\n  - ip: 172\.17\.");
        await SaysAsync(cluster, "get pods -n kube-system -l k8s-app=kube-dns", @"coredns-\w+-\w{5} +1/1 +Running");
        var pod = (await cluster.KubectlAsync("get pods -l app=web -o jsonpath={.items[0].metadata.name}")).Output.Trim();
        await SaysAsync(cluster, $"describe pod {pod}", @"Conditions:\n(.*\n)*  Ready +True");
        await SaysAsync(cluster, $"get pod {pod} -o yaml", @"    - containerPort: 8080\n");
        (await cluster.KubectlAsync("delete deployment web")).Succeeded();
        (await cluster.KubectlAsync("delete service web-svc web-lb")).Succeeded();

        // Exercise 1.
        await SaysAsync(cluster, "create deployment nginx --image=nginx:1.21 --replicas=3", "^deployment.apps/nginx created\n$");
        await SaysAsync(cluster, "expose deployment nginx --port=80 --target-port=80", "^service/nginx exposed\n$");
        await SaysAsync(cluster, "get service nginx", @"nginx +ClusterIP +10\.");
        await cluster.EventuallyAsync(async () => (await cluster.KubectlAsync("get endpoints nginx")).Output, text => text.Split(":80").Length == 4);
        await cluster.EventuallyAsync(async () => (await cluster.RequestAsync("http://nginx.default.svc.cluster.local", "node/node-1")).ToJsonString(), text => text.Contains("\"succeeded\":1", StringComparison.Ordinal));
        await SaysAsync(cluster, "delete service nginx", "^service \"nginx\" deleted\n$");
        await SaysAsync(cluster, "delete deployment nginx", "^deployment.apps \"nginx\" deleted\n$");

        // Exercise 2.
        await SaysAsync(cluster, "create deployment web --image=nginx:1.21", "^deployment.apps/web created\n$");
        await SaysAsync(cluster, "create service clusterip broken-svc --tcp=80:80", "^service/broken-svc created\n$");
        await SaysAsync(cluster, """patch service broken-svc -p {"spec":{"selector":{"app":"wrong"}}}""", "^service/broken-svc patched\n$");
        await cluster.EventuallyAsync(async () => (await cluster.KubectlAsync("get endpoints broken-svc")).Output, text => text.Contains("<none>", StringComparison.Ordinal));
        await SaysAsync(cluster, """patch service broken-svc -p {"spec":{"selector":{"app":"web"}}}""", "^service/broken-svc patched\n$");
        await cluster.EventuallyAsync(async () => (await cluster.KubectlAsync("get endpoints broken-svc")).Output, text => Regex.IsMatch(text, @"172\.17\.\d+\.\d+:80 "));
        await SaysAsync(cluster, "delete service broken-svc", "^service \"broken-svc\" deleted\n$");
        await SaysAsync(cluster, "delete deployment web", "^deployment.apps \"web\" deleted\n$");
    }

    private static async Task SaysAsync(RunningCluster cluster, string command, string pattern)
    {
        var outcome = (await cluster.KubectlAsync(command)).Succeeded();
        Assert.True(Regex.IsMatch(outcome.Output, pattern), $"{outcome}\ndoes not match {pattern}");
    }
}
