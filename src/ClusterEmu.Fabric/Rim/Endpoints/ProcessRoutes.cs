using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterEmu.Fabric;

/// <summary>The routes that nodes and edge processes share.</summary>
public static class ProcessRoutes
{
    /// <summary>Maps <c>POST /clusteremu/request</c>: a <see cref="RequestSpec"/> in, a <see cref="RequestReport"/> out.</summary>
    public static void MapRequests(this IEndpointRouteBuilder routes, RequestRunner runner, IRequestSenders senders) =>
        routes.MapPost("/clusteremu/request", (RequestDelegate)(async context =>
        {
            try
            {
                var spec = await JsonSerializer.DeserializeAsync(context.Request.Body, RequestJson.Default.RequestSpec, context.RequestAborted)
                    .ConfigureAwait(false) ?? throw new JsonException("The body is null.");
                var sender = await senders.FindAsync(spec.From, context.RequestAborted).ConfigureAwait(false);
                var report = await runner.RunAsync(spec, sender, context.RequestAborted).ConfigureAwait(false);
                context.Response.ContentType = "application/json";
                await JsonSerializer.SerializeAsync(context.Response.Body, report, RequestJson.Default.RequestReport, context.RequestAborted)
                    .ConfigureAwait(false);
            }
            catch (RequestRefusedException refusal)
            {
                await RefuseAsync(context, refusal.Code, refusal.Message).ConfigureAwait(false);
            }
            catch (JsonException error)
            {
                await RefuseAsync(context, 400, $"The body is no request: {error.Message} Send JSON such as {{\"url\":\"http://web-svc\",\"from\":\"pod/default/client\",\"count\":1}}.")
                    .ConfigureAwait(false);
            }
        }));

    /// <summary>
    /// Maps <c>GET /clusteremu/status</c>: pid, role, name and memory of the process, and what <paramref name="details"/>
    /// adds, such as <c>nodes</c>.
    /// </summary>
    public static void MapStatus(
        this IEndpointRouteBuilder routes, string name, string role, Func<JsonObject, CancellationToken, Task> details) =>
        routes.MapGet("/clusteremu/status", (RequestDelegate)(async context =>
        {
            using var process = Process.GetCurrentProcess();
            var status = new JsonObject
            {
                ["name"] = name,
                ["role"] = role,
                ["pid"] = process.Id,
                ["workingSetBytes"] = process.WorkingSet64,
            };
            await details(status, context.RequestAborted).ConfigureAwait(false);
            await WriteAsync(context, 200, status).ConfigureAwait(false);
        }));

    /// <summary>Answers with a Kubernetes Status, so that callers need to know one form of error only.</summary>
    public static Task RefuseAsync(HttpContext context, int code, string message) => WriteAsync(context, code, new JsonObject
    {
        ["kind"] = "Status",
        ["apiVersion"] = "v1",
        ["metadata"] = new JsonObject(),
        ["status"] = "Failure",
        ["message"] = message,
        ["reason"] = code switch { 404 => "NotFound", 409 => "Conflict", 503 => "ServiceUnavailable", _ => "BadRequest" },
        ["code"] = code,
    });

    /// <summary>Answers with JSON.</summary>
    public static async Task WriteAsync(HttpContext context, int code, JsonNode body)
    {
        context.Response.StatusCode = code;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body.ToJsonString(), context.RequestAborted).ConfigureAwait(false);
    }
}
