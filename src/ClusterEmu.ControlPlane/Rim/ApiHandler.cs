using ClusterEmu.ControlPlane.ApiServer;
using Microsoft.AspNetCore.Http;

namespace ClusterEmu.ControlPlane;

/// <summary>What the server shows beside objects.</summary>
internal sealed record ApiPages(HealthPages Health, DiscoveryPages Discovery, OpenApiPages OpenApi, MetricsPage Metrics, DebugPages Debug, TokenPages? Tokens);

/// <summary>Answers one HTTP request: authentication, impersonation, routing by path.</summary>
internal sealed class ApiHandler(ApiCore core, Authenticator authenticator, ApiPages pages, ResourceHandler resources, ProcessProxy proxy, ILoggingAdapter log)
{
    public async Task HandleAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-cache, private";
        try
        {
            await RouteAsync(context).ConfigureAwait(false);
        }
        catch (Exception problem) when (!context.Response.HasStarted && problem is not OperationCanceledException)
        {
            await AnswerAsync(context, problem, log).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone: nobody is left to answer.
        }
    }

    /// <summary>Says what went wrong; what no rule of the API explains is logged.</summary>
    public static Task AnswerAsync(HttpContext context, Exception problem, ILoggingAdapter log)
    {
        if (ApiResponse.IsUnforeseen(problem) && !context.RequestAborted.IsCancellationRequested) log.Error(problem, "{0} {1} failed", context.Request.Method, context.Request.Path);
        return HttpAnswers.StatusAsync(context, ApiResponse.Of(problem).Status!);
    }

    private Task RouteAsync(HttpContext context)
    {
        // Kestrel has decoded the path but for encoded slashes; Go decodes those, too.
        var path = (context.Request.Path.Value ?? "/").Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        if (HealthPages.Covers(path)) return pages.Health.AnswerAsync(context, path);
        var user = authenticator.UserOf(context, core.Reader.Current);
        if (user is null || (ReferenceEquals(user, RequestUser.Anonymous) && path != "/version")) throw Refuse.Unauthorized();
        user = Impersonated(context.Request, user);
        var isObject = RequestTarget.TryParse(core.Served, path, out var target);
        if (isObject && target!.Subresource != "proxy") return resources.HandleAsync(context, target, user);
        Allow(new AccessQuestion(user, context.Request.Method.ToLowerInvariant(), path));
        if (target is { Kind.Kind: "Node" }) return proxy.ToNodeAsync(context, target.Name, target.Rest);
        if (pages.Discovery.Answer(context, path, core.Served) is { } document) return document;
        if (ProcessProxy.ProcessTarget(path) is var (process, rest)) return proxy.ToProcessAsync(context, process, rest);
        if (pages.OpenApi.Answer(context, path, core.Served) is { } schema) return schema;
        if (pages.Debug.Answer(context, path) is { } weight) return weight;
        if (path == "/metrics") return pages.Metrics.AnswerAsync(context);
        if (pages.Tokens?.Answer(context, path) is { } keys) return keys;
        var parts = path.Trim('/').Split('/');
        var served = parts is ["api", "v1", ..] || (parts is ["apis", var group, var version, ..] && core.Served.Serves(group, version));
        return served ? throw Refuse.NoSuchPath() : HttpAnswers.TextAsync(context, 404, "404 page not found\n");
    }

    private void Allow(AccessQuestion question)
    {
        if (!core.Access.Authorizer.Decide(question).Allowed) throw AccessRefusal.Of(question);
    }

    private RequestUser Impersonated(HttpRequest request, RequestUser user)
    {
        var headers = request.Headers;
        Dictionary<string, IReadOnlyList<string>>? extra = null;
        var asked = headers.ContainsKey(Impersonation.UserHeader);
        foreach (var (name, values) in headers)
        {
            if (!name.StartsWith("Impersonate-", StringComparison.OrdinalIgnoreCase)) continue;
            asked = true;
            if (!name.StartsWith(Impersonation.ExtraPrefix, StringComparison.OrdinalIgnoreCase)) continue;
            var key = Uri.UnescapeDataString(name[Impersonation.ExtraPrefix.Length..].ToLowerInvariant());
            (extra ??= new(StringComparer.Ordinal))[key] = [.. values.OfType<string>()];
        }
        if (!asked) return user;
        List<string> groups = [.. headers[Impersonation.GroupHeader].OfType<string>().SelectMany(group => group.Split(", "))];
        return Impersonation.Apply(
            user, headers[Impersonation.UserHeader].ToString(), groups, headers[Impersonation.UidHeader].ToString(), extra ?? new(StringComparer.Ordinal), core.Access.Authorizer);
    }
}
