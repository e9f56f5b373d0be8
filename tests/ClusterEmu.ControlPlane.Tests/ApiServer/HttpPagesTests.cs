using System.Text.RegularExpressions;

namespace ClusterEmu.ControlPlane.Tests;

/// <summary>Health, metrics, limits and the list of paths.</summary>
public sealed class HttpPagesTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Theory] // path; code and text. Source: k8s.io/apiserver server/healthz/healthz.go
    [InlineData("/healthz", 200, "ok")]
    [InlineData("/readyz/ping", 200, "ok")]
    [InlineData("/livez/ping", 200, "ok")]
    [InlineData("/readyz/etcd", 200, "ok")]
    [InlineData("/livez/etcd", 200, "ok")]
    [InlineData("/livez/shutdown", 404, "404 page not found\n")]
    [InlineData("/readyz/poststarthook/bootstrap-controller", 200, "ok")]
    [InlineData("/readyz/nosuch", 404, "404 page not found\n")]
    [InlineData("/livez?verbose", 200, "[+]ping ok\n[+]log ok\n[+]etcd ok\n[+]poststarthook/bootstrap-controller ok\nlivez check passed\n")]
    [InlineData("/readyz?verbose=1&exclude=etcd", 200, "[+]ping ok\n[+]log ok\n[+]etcd excluded: ok\n[+]poststarthook/bootstrap-controller ok\n[+]shutdown ok\nreadyz check passed\n")]
    [InlineData("/livez?verbose&exclude=x&exclude=a", 200, "[+]ping ok\n[+]log ok\n[+]etcd ok\n[+]poststarthook/bootstrap-controller ok\nwarn: some health checks cannot be excluded: no matches for \"a\", \"x\"\nlivez check passed\n")]
    public async Task Health(string path, int code, string expected)
    {
        using var http = server.NewHttp();
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal((code, expected), ((int)response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task Metrics_CountWhatWasAsked_AndFollowTheFormat()
    {
        var ns = await server.NewNamespace();
        for (var i = 0; i < 3; i++) await server.Send("GET", $"/api/v1/namespaces/{ns}/endpoints");
        await server.Send("GET", $"/api/v1/namespaces/{ns}/endpoints/nosuch");
        string[] wanted =
        [
            "apiserver_request_total{component=\"apiserver\",group=\"\",resource=\"endpoints\",scope=\"namespace\",subresource=\"\",verb=\"LIST\",version=\"v1\",code=\"200\",dry_run=\"\"} 3\n",
            "resource=\"endpoints\",scope=\"resource\",subresource=\"\",verb=\"GET\",version=\"v1\",code=\"404\",dry_run=\"\"} 1\n",
            "apiserver_request_duration_seconds_count{component=\"apiserver\",group=\"\",resource=\"endpoints\",scope=\"namespace\",subresource=\"\",verb=\"LIST\",version=\"v1\",dry_run=\"\"} 3\n",
            "apiserver_storage_objects{resource=\"namespaces\"} ",
            "etcd_requests_total{operation=\"create\",type=\"*core.Namespace\"} ",
            "apiserver_current_inflight_requests{request_kind=\"readOnly\"} 0\n",
        ];
        var text = "";
        // A request is counted when its answer is out, which may be a moment after it has arrived.
        for (var i = 0; i < 1000 && !wanted.All(line => text.Contains(line, StringComparison.Ordinal)); i++) text = await server.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        foreach (var line in wanted) Assert.Contains(line, text, StringComparison.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in text.TrimEnd('\n').Split('\n'))
        {
            Assert.Matches("""^(# HELP [a-z_]+ .+|# TYPE [a-z_]+ (counter|gauge|histogram)|[a-z_]+(\{([a-z_]+="[^"\\]*",?)+\})? [0-9.e+-]+)$""", line);
            if (line[0] != '#') Assert.True(seen.Add(line[..line.LastIndexOf(' ')]), line);
        }
    }

    [Fact]
    public async Task TheListOfPaths_LeadsToPages()
    {
        var (_, body) = await server.Send("GET", "/");
        var paths = body["paths"]!.AsArray().Select(path => (string)path!).ToList();
        Assert.Contains("/readyz/shutdown", paths);
        Assert.Contains("/apis/authorization.k8s.io", paths);
        foreach (var path in paths)
        {
            using var response = await server.Http.GetAsync(new Uri(path, UriKind.Relative));
            Assert.True((int)response.StatusCode == 200, $"{path}: {response.StatusCode}");
        }
    }

    [Fact]
    public void BeyondTheBound_RequestsAreRefused_AndAfterwardsTheyAreNot()
    {
        var limit = new InFlightLimit(2, 1, 1);
        limit.Enter(mutating: false);
        limit.Enter(mutating: false);
        limit.Enter(mutating: true);
        limit.EnterWatch();
        foreach (var mutating in (bool[])[false, true])
        {
            var refused = Assert.Throws<ApiServer.ApiException>(() => limit.Enter(mutating)).Status;
            Assert.Equal((429, "TooManyRequests", "Too many requests, please try again later.", 1), (refused.Code, refused.Reason, refused.Message, refused.Details!.RetryAfterSeconds));
        }
        Assert.Matches(new Regex("^Too many watches: 1 are open, and cluster-emu.control-plane.max-watches"), Assert.Throws<ApiServer.ApiException>(limit.EnterWatch).Message);
        limit.Leave(mutating: false);
        limit.LeaveWatch();
        limit.Enter(mutating: false);
        limit.EnterWatch();
        Assert.Equal((2, 1), (limit.Reading, limit.Mutating));
    }
}
