using System.Diagnostics;
using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.ControlPlane.ApiServer;
using ClusterEmu.Hosting;
using Microsoft.AspNetCore.Http;

namespace ClusterEmu.ControlPlane;

/// <summary>Answers one request for objects: limits, options, the core, the form of the answer; and counts it.</summary>
internal sealed class ResourceHandler(
    ApiCore core, InFlightLimit limit, ApiMetrics metrics, BodyReading bodies, WatchStreaming watches, Determinism determinism, ILoggingAdapter log, CancellationToken stopping)
{
    private const long DefaultWatchSeconds = 1800;
    private const long MaxWatchSeconds = 86_400;

    public async Task HandleAsync(HttpContext context, RequestTarget target, RequestUser user)
    {
        var began = Stopwatch.GetTimestamp();
        var asked = new Asked(context, target, user);
        var gone = false;
        try
        {
            asked.Read();
            Allow(asked);
            if (target.Kind.Warning is { } warned) HttpAnswers.AddWarning(context, warned);
            await (asked.Watches ? WatchAsync(asked) : ServeAsync(asked)).ConfigureAwait(false);
        }
        catch (Exception problem) when (!context.Response.HasStarted && problem is not OperationCanceledException)
        {
            await ApiHandler.AnswerAsync(context, problem, log).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            gone = true; // Nobody is left to answer.
        }
        finally
        {
            metrics.Count(asked.Kind(context.Request.Method), gone && !context.Response.HasStarted ? 499 : context.Response.StatusCode, began);
        }
    }

    private async Task ServeAsync(Asked asked)
    {
        var mutating = asked.Verb is not (ApiVerb.Get or ApiVerb.List);
        limit.Enter(mutating);
        try
        {
            var (context, target) = (asked.Context, asked.Target);
            var body = mutating ? await bodies.ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false) : default;
            var (request, warnings) = asked.Build(body);
            var reply = new TaskReply();
            core.Handle(request, reply);
            var response = await reply.Task.ConfigureAwait(false);
            foreach (var warning in warnings.Concat(response.Warnings)) HttpAnswers.AddWarning(context, warning);
            if (response.Status is { } status)
            {
                await HttpAnswers.StatusAsync(context, status).ConfigureAwait(false);
                return;
            }
            var document = asked.Rendering(determinism.UtcNow).Render(response);
            await HttpAnswers.DocumentAsync(context, response.Code, document, asked.Form.Yaml, asked.Form.Pretty).ConfigureAwait(false);
        }
        finally
        {
            limit.Leave(mutating);
        }
    }

    private async Task WatchAsync(Asked asked)
    {
        var (request, _) = asked.Build(default);
        limit.EnterWatch();
        var kind = asked.Kind(asked.Context.Request.Method);
        metrics.CountLongRunning(kind, 1);
        try
        {
            await watches.RunAsync(asked.Context, core, request, WatchOptionsOf(asked.Query), asked.Rendering(determinism.UtcNow), stopping).ConfigureAwait(false);
        }
        finally
        {
            limit.LeaveWatch();
            metrics.CountLongRunning(kind, -1);
        }
    }

    private void Allow(Asked asked)
    {
        var verb = asked.Watches ? "watch" : asked.Verb!.Value.ToString().ToLowerInvariant();
        var target = asked.Target;
        var question = new AccessQuestion(asked.User, verb)
        {
            Group = target.Kind.Group,
            Resource = target.Kind.Plural,
            Subresource = target.Subresource,
            Namespace = target.Namespace,
            Name = target.Name,
        };
        if (!core.Access.Authorizer.Decide(question).Allowed) throw AccessRefusal.Of(question);
    }

    private static WatchOptions WatchOptionsOf(RequestQuery query)
    {
        var wanted = query.Number("timeoutSeconds") ?? 0;
        return new WatchOptions(query.Flag("allowWatchBookmarks"), TimeSpan.FromSeconds(wanted == 0 ? DefaultWatchSeconds : Math.Clamp(wanted, 0, MaxWatchSeconds)));
    }

    /// <summary>A request on its way to the core.</summary>
    private sealed class Asked(HttpContext context, RequestTarget target, RequestUser user)
    {
        private static readonly RequestQuery NoQuery = new([]);

        public HttpContext Context => context;
        public RequestTarget Target => target;
        public RequestUser User => user;
        public RequestQuery Query { get; private set; } = NoQuery;

        /// <summary>Null as long as the method was not understood.</summary>
        public ApiVerb? Verb { get; private set; }
        public bool Watches { get; private set; }
        public Negotiated Form { get; private set; } = null!;

        /// <exception cref="ApiException">405 or 406.</exception>
        public void Read()
        {
            var request = context.Request;
            if (request.QueryString.HasValue)
                Query = new RequestQuery(request.Query.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.Count > 0 ? pair.Value[0] ?? "" : "")));
            Verb = RequestBuilder.VerbOf(request.Method, target);
            Watches = target.IsWatch || (Verb is ApiVerb.Get or ApiVerb.List && target.Subresource.Length == 0 && Query.Flag("watch"));
            Form = Negotiated.Of(request.Headers.Accept, Watches) is { Form: not AnswerForm.Discovery } form
                ? form
                : throw Refuse.NotAcceptable(Watches ? Negotiated.AcceptableForWatch : Negotiated.Acceptable);
        }

        public (ApiRequest Request, IReadOnlyList<string> Warnings) Build(ReadOnlyMemory<byte> body)
        {
            if (Form.Form == AnswerForm.Table) Include(); // Before anything is changed.
            var (request, warnings) = RequestBuilder.Build(Verb!.Value, target, Query, body, context.Request.ContentType, user.Name, context.Request.Headers.UserAgent);
            return (request with { Identity = user }, warnings);
        }

        public Rendering Rendering(DateTimeOffset now) =>
            new(target.Kind, Form.Form, Form.Form == AnswerForm.Table ? Include() : IncludeObject.Metadata, now, Form.Version);

        public ApiMetrics.RequestKind Kind(string method) => ApiMetrics.RequestKind.Of(target, method, Verb, Watches, Query.Raw("dryRun") == "All");

        private IncludeObject Include() => Query.Text("includeObject") switch
        {
            "Object" => IncludeObject.Object,
            "None" => IncludeObject.None,
            null or "Metadata" => IncludeObject.Metadata,
            var other => throw Refuse.Invalid("meta.k8s.io", "TableOptions", "",
                [FieldErrors.Invalid(FieldPath.Of("includeObject"), other, "must be 'Metadata', 'Object', 'None', or empty")]),
        };
    }
}
