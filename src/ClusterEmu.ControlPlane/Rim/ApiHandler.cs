using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.ControlPlane.ApiServer;
using ClusterEmu.Hosting;
using Microsoft.AspNetCore.Http;

namespace ClusterEmu.ControlPlane;

/// <summary>Answers one HTTP request: authentication, routing by path, the core, the form of the answer.</summary>
internal sealed class ApiHandler(
    ApiCore core, Authenticator authenticator, HealthPages health, DiscoveryPages discovery, OpenApiPages openApi, DebugPages debug, WatchStreaming watches, BodyReading bodies, ProcessProxy proxy, Determinism determinism, ILoggingAdapter log, CancellationToken stopping)
{
    private const long DefaultWatchSeconds = 1800;

    public async Task HandleAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-cache, private";
        try
        {
            await RouteAsync(context).ConfigureAwait(false);
        }
        catch (Exception problem) when (!context.Response.HasStarted && problem is not OperationCanceledException)
        {
            if (ApiResponse.IsUnforeseen(problem) && !context.RequestAborted.IsCancellationRequested) log.Error(problem, "{0} {1} failed", context.Request.Method, context.Request.Path);
            await HttpAnswers.StatusAsync(context, ApiResponse.Of(problem).Status!).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone: nobody is left to answer.
        }
    }

    private Task RouteAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "/";
        if (HealthPages.Covers(path)) return health.AnswerAsync(context, path);
        var user = authenticator.UserOf(context);
        if (user is null || (user.Length == 0 && path != "/version")) throw Refuse.Unauthorized();
        if (discovery.Answer(context, path, core.Served) is { } document) return document;
        if (RequestTarget.TryParse(core.Served, path, out var target))
            return target is { Subresource: "proxy", Kind.Kind: "Node" } ? proxy.ToNodeAsync(context, target.Name, target.Rest) : ResourceAsync(context, target, user);
        if (ProcessProxy.ProcessTarget(path) is var (process, rest)) return proxy.ToProcessAsync(context, process, rest);
        if (debug.Answer(context, path) is { } weight) return weight;
        if (openApi.Answer(context, path, core.Served) is { } schema) return schema;
        var parts = path.Trim('/').Split('/');
        var served = parts is ["api", "v1", ..] || (parts is ["apis", var group, var version, ..] && core.Served.Serves(group, version));
        return served ? throw Refuse.NoSuchPath() : HttpAnswers.TextAsync(context, 404, "404 page not found\n");
    }

    private async Task ResourceAsync(HttpContext context, RequestTarget target, string user)
    {
        var query = new RequestQuery(context.Request.Query.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.Count > 0 ? pair.Value[0] ?? "" : "")));
        var verb = RequestBuilder.VerbOf(context.Request.Method, target);
        var negotiated = Negotiated.Of(context.Request.Headers.Accept) is { Form: not AnswerForm.Discovery } form ? form : throw Refuse.NotAcceptable(Negotiated.Acceptable);
        var body = verb is ApiVerb.Get or ApiVerb.List ? default : await bodies.ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
        var (request, warnings) = RequestBuilder.Build(verb, target, query, body, context.Request.ContentType, user);
        if (target.Kind.Warning is { } warned) HttpAnswers.AddWarning(context, warned);
        var rendering = new Rendering(target.Kind, negotiated.Form, Include(query), determinism.UtcNow);
        if (verb is ApiVerb.Get or ApiVerb.List && target.Subresource.Length == 0 && query.Flag("watch"))
        {
            await watches.RunAsync(context, core, request, WatchOptionsOf(query), rendering, stopping).ConfigureAwait(false);
            return;
        }
        var reply = new TaskReply();
        core.Handle(request, reply);
        var response = await reply.Task.ConfigureAwait(false);
        foreach (var warning in warnings.Concat(response.Warnings)) HttpAnswers.AddWarning(context, warning);
        if (response.Status is { } status)
        {
            await HttpAnswers.StatusAsync(context, status).ConfigureAwait(false);
            return;
        }
        await HttpAnswers.DocumentAsync(context, response.Code, rendering.Render(response), negotiated.Yaml).ConfigureAwait(false);
    }

    private static IncludeObject Include(RequestQuery query) => query.Text("includeObject") switch
    {
        "Object" => IncludeObject.Object,
        "None" => IncludeObject.None,
        null or "Metadata" => IncludeObject.Metadata,
        var other => throw Refuse.BadRequest($"includeObject: Invalid value: \"{other}\": must be None, Metadata or Object"),
    };

    private static WatchOptions WatchOptionsOf(RequestQuery query)
    {
        var bookmarks = query.Flag("allowWatchBookmarks");
        var initial = query.Flag("sendInitialEvents");
        if (initial && query.Text("resourceVersionMatch") != "NotOlderThan")
        {
            throw Refuse.Invalid("meta.k8s.io", "ListOptions", "",
                [new FieldError("FieldValueForbidden", "resourceVersionMatch", "Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan")]);
        }
        var seconds = Math.Clamp(query.Number("timeoutSeconds") is > 0 and var wanted ? wanted : DefaultWatchSeconds, 1, 86_400);
        return new WatchOptions(bookmarks, initial && bookmarks, TimeSpan.FromSeconds(seconds));
    }
}
