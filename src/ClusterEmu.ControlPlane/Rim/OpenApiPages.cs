using ClusterEmu.Api;
using ClusterEmu.ControlPlane.ApiServer;
using Microsoft.AspNetCore.Http;

namespace ClusterEmu.ControlPlane;

/// <summary>/openapi/v2 and /openapi/v3, which kubectl reads for validation, patches and explain.</summary>
internal sealed class OpenApiPages
{
    private OpenApiDocuments? _last;

    /// <summary>Answers if the path is one of OpenAPI; else null.</summary>
    public Task? Answer(HttpContext context, string path, ServedKinds kinds)
    {
        if (!path.StartsWith("/openapi/", StringComparison.Ordinal)) return null;
        var documents = _last;
        if (documents?.Described != kinds) _last = documents = new OpenApiDocuments(kinds);
        var accept = context.Request.Headers.Accept.ToString();
        var wantsProtobuf = accept.Contains(OpenApiDocuments.V2ProtobufAccepted, StringComparison.Ordinal);
        if (path == "/openapi/v2" && wantsProtobuf && HttpMethods.IsGet(context.Request.Method))
            return HttpAnswers.BytesAsync(context, 200, OpenApiDocuments.V2ProtobufContentType, documents.V2Protobuf());
        var json = path.Trim('/').Split('/') switch
        {
            ["openapi", "v2"] => documents.V2(),
            ["openapi", "v3"] => documents.V3Index(),
            ["openapi", "v3", "api", var version] => documents.V3("", version),
            ["openapi", "v3", "apis", var group, var version] => documents.V3(group, version),
            _ => null,
        };
        if (json is null) return null;
        if (!HttpMethods.IsGet(context.Request.Method)) throw Refuse.MethodNotAllowed();
        // kubectl reads v3 as JSON. A client that accepts nothing but its protobuf form is told so.
        if (!AcceptsJson(accept)) throw Refuse.NotAcceptable("application/json");
        return HttpAnswers.BytesAsync(context, 200, "application/json", json);
    }

    private static bool AcceptsJson(string accept) =>
        accept.Length == 0 || accept.Contains("json", StringComparison.Ordinal) || accept.Contains("*/*", StringComparison.Ordinal);
}
