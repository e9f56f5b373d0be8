using ClusterEmu.Api;
using ClusterEmu.ControlPlane.ApiServer;
using Microsoft.AspNetCore.Http;

namespace ClusterEmu.ControlPlane;

/// <summary>What is served here: /api, /apis and below, /version, the list of paths.</summary>
/// <param name="version">The Kubernetes version that is reported.</param>
/// <param name="others">Paths beside those of discovery, for the list of paths.</param>
internal sealed class DiscoveryPages(string version, IReadOnlyList<string> others)
{
    private DiscoveryDocuments? _last;

    /// <summary>Answers if the path is one of discovery; else null.</summary>
    public Task? Answer(HttpContext context, string path, ServedKinds kinds)
    {
        if (path.StartsWith("/api/v1/", StringComparison.Ordinal)) return null; // Nearly all requests.
        var documents = DocumentsOf(kinds);
        var parts = path.Trim('/').Split('/');
        switch (parts)
        {
            case [""]: return Indented(context, Paths(documents));
            case ["version"]: return Indented(context, VersionDocument());
            case ["api"]: return Aggregated(context, documents, core: true) ?? Json(context, ServerVersions(context));
            case ["apis"]: return Aggregated(context, documents, core: false) ?? Json(context, ApiJson.Encode(documents.GroupList()));
            case ["api", var v] when documents.Resources("", v) is { } resources: return Json(context, ApiJson.Encode(resources));
            case ["apis", var group] when documents.Groups.Contains(group): return Json(context, ApiJson.Encode(documents.GroupOf(group)));
            case ["apis", var group, var v] when group.Length > 0 && documents.Resources(group, v) is { } resources: return Json(context, ApiJson.Encode(resources));
            default: return null;
        }
    }

    /// <summary>The documents are kept while the kinds stay the same. Racing requests may both make them.</summary>
    private DiscoveryDocuments DocumentsOf(ServedKinds kinds)
    {
        var last = _last;
        return last?.Described == kinds ? last : _last = new DiscoveryDocuments(kinds);
    }

    private static Task Json(HttpContext context, byte[] json) => HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)
        ? HttpAnswers.JsonAsync(context, 200, json)
        : throw Refuse.MethodNotAllowed();

    /// <summary>These two are always indented by a real server.</summary>
    private static Task Indented(HttpContext context, byte[] json) => HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)
        ? HttpAnswers.BytesAsync(context, 200, "application/json", HttpAnswers.Indent(json))
        : throw Refuse.MethodNotAllowed();

    private static Task? Aggregated(HttpContext context, DiscoveryDocuments documents, bool core)
    {
        if (Negotiated.Of(context.Request.Headers.Accept) is not { Form: AnswerForm.Discovery } negotiated) return null;
        context.Response.Headers.Vary = "Accept";
        return HttpAnswers.JsonAsync(context, 200, AggregatedDiscovery.Write(documents, core, negotiated.Version), AggregatedDiscovery.ContentType(negotiated.Version));
    }

    private static byte[] ServerVersions(HttpContext context) => System.Text.Encoding.UTF8.GetBytes(
        $$"""{"kind":"APIVersions","versions":["v1"],"serverAddressByClientCIDRs":[{"clientCIDR":"0.0.0.0/0","serverAddress":"{{context.Connection.LocalIpAddress}}:{{context.Connection.LocalPort}}"}]}""");

    private byte[] VersionDocument()
    {
        var (major, minor) = ControlPlaneOptions.ParseVersion(version)!.Value;
        return System.Text.Encoding.UTF8.GetBytes(
            $$"""{"major":"{{major}}","minor":"{{minor}}","gitVersion":"{{version}}","gitCommit":"clusteremu","gitTreeState":"clean","buildDate":"1970-01-01T00:00:00Z","goVersion":"none","compiler":"none","platform":"linux/amd64"}""");
    }

    private byte[] Paths(DiscoveryDocuments documents)
    {
        IEnumerable<string> paths =
        [
            "/api", "/api/v1", "/apis", "/apis/",
            .. documents.Groups.SelectMany(group => (string[])[$"/apis/{group}", .. documents.GroupOf(group).Versions.Select(v => $"/apis/{v.GroupVersion}")]),
            "/metrics", "/openapi/v2", "/openapi/v3", "/version",
            .. others,
        ];
        return System.Text.Encoding.UTF8.GetBytes($$"""{"paths":[{{string.Join(',', paths.Order(StringComparer.Ordinal).Select(path => $"\"{path}\""))}}]}""");
    }
}
