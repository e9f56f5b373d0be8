using System.Text.Json;
using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>Builds an <see cref="ApiRequest"/> from the parts of an HTTP request.</summary>
public static class RequestBuilder
{
    /// <summary>What the method asks of the target.</summary>
    /// <exception cref="ApiException">405: nothing that is served.</exception>
    public static ApiVerb VerbOf(string method, RequestTarget target)
    {
        var named = target.Name.Length > 0;
        var verb = (method, named) switch
        {
            ("GET" or "HEAD", true) => ApiVerb.Get,
            ("GET" or "HEAD", false) => ApiVerb.List,
            ("POST", _) => ApiVerb.Create,
            ("PUT", true) => ApiVerb.Update,
            ("PATCH", true) => ApiVerb.Patch,
            ("DELETE", true) => ApiVerb.Delete,
            ("DELETE", false) => ApiVerb.DeleteCollection,
            _ => throw Refuse.MethodNotAllowed(),
        };
        if (!IsServed(verb, target)) throw Refuse.MethodNotAllowed();
        return verb;
    }

    /// <param name="verb">What <see cref="VerbOf"/> says.</param>
    /// <param name="target">The resource.</param>
    /// <param name="query">The options of the request.</param>
    /// <param name="body">As it was sent.</param>
    /// <param name="contentType">The header.</param>
    /// <param name="user">Who asks.</param>
    /// <param name="userAgent">The header: it names the field manager where the query does not.</param>
    /// <returns>The request, and warnings about its body.</returns>
    /// <exception cref="ApiException">The request is refused.</exception>
    /// <exception cref="ObjectDecodingException">The body is refused.</exception>
    public static (ApiRequest Request, IReadOnlyList<string> Warnings) Build(
        ApiVerb verb, RequestTarget target, RequestQuery query, ReadOnlyMemory<byte> body, string? contentType, string user, string? userAgent = null)
    {
        var format = verb == ApiVerb.Patch ? RequestBody.FormatOf(contentType) : default;
        CheckManager(verb, format, query);
        var request = new ApiRequest
        {
            Verb = verb,
            Kind = target.Kind,
            Namespace = target.Namespace,
            Name = target.Name,
            Subresource = target.Subresource,
            LabelSelector = query.Text("labelSelector"),
            FieldSelector = query.Text("fieldSelector"),
            ResourceVersion = query.Text("resourceVersion"),
            ResourceVersionMatch = query.Text("resourceVersionMatch"),
            Limit = (int)Math.Clamp(query.Number("limit") ?? 0, 0, int.MaxValue),
            Continue = query.Text("continue"),
            FieldManager = ManagerNames.Of(query.Text("fieldManager"), userAgent),
            Force = verb == ApiVerb.Patch && query.Flag("force"),
            DryRun = query.DryRun,
            FieldValidation = query.FieldValidation,
            User = user,
        };
        switch (verb)
        {
            case ApiVerb.Create when target.Subresource == "eviction":
                return (request with { DeleteOptions = OptionsOfEviction(RequestBody.ToJson(body, contentType), target.Name) }, []);
            case ApiVerb.Create or ApiVerb.Update:
                var kind = BodyKind(target);
                var (value, warnings) = RequestBody.Decode(kind, RequestBody.ToJson(body, contentType, kind).Span, request.FieldValidation);
                return (request with { Body = value }, warnings);
            case ApiVerb.Patch:
                return (request with { Patch = body, PatchFormat = format }, []);
            case ApiVerb.Delete or ApiVerb.DeleteCollection:
                var options = DeleteOptionsOf(RequestBody.DecodeDeleteOptions(RequestBody.ToJson(body, contentType)), query);
                return (request with { DeleteOptions = options, DryRun = request.DryRun || options.DryRun.Contains("All") }, []);
            default:
                return (request, []);
        }
    }

    /// <summary>Source: apimachinery meta/v1/validation (ValidateCreateOptions, ValidateUpdateOptions, ValidatePatchOptions).</summary>
    private static void CheckManager(ApiVerb verb, PatchFormat format, RequestQuery query)
    {
        var options = verb switch
        {
            ApiVerb.Create => "CreateOptions",
            ApiVerb.Update => "UpdateOptions",
            ApiVerb.Patch => "PatchOptions",
            _ => null,
        };
        if (options is null) return;
        var (errors, path) = (new List<FieldError>(), FieldPath.Of("fieldManager"));
        var manager = query.Text("fieldManager") ?? "";
        var isApply = verb == ApiVerb.Patch && format == PatchFormat.Apply;
        if (isApply && manager.Length == 0) errors.Add(FieldErrors.Required(path, "is required for apply patch"));
        if (verb == ApiVerb.Patch && !isApply && query.Has("force")) errors.Add(FieldErrors.Forbidden(FieldPath.Of("force"), "may not be specified for non-apply patch"));
        errors.AddRange(ManagerNames.Problems(manager, path));
        if (errors.Count > 0) throw Refuse.Invalid("meta.k8s.io", options, "", errors);
    }

    private static bool IsServed(ApiVerb verb, RequestTarget target)
    {
        var kind = target.Kind;
        switch (target.Subresource)
        {
            case "":
                var name = verb.ToString().ToLowerInvariant();
                var created = verb != ApiVerb.Create || (target.Name.Length == 0 && kind.Namespaced == target.Namespace.Length > 0);
                return kind.Verbs.Contains(name) && created;
            case "status": return kind.HasStatus && verb is ApiVerb.Get or ApiVerb.Update or ApiVerb.Patch ? true : throw NotServed(kind.HasStatus);
            case "scale":
                var scales = kind.Subresources.Contains("scale");
                return scales && verb is ApiVerb.Get or ApiVerb.Update or ApiVerb.Patch ? true : throw NotServed(scales);
            case "finalize": return kind == Kinds.Namespace && verb == ApiVerb.Update ? true : throw NotServed(kind == Kinds.Namespace);
            case "binding" or "eviction": return kind == Kinds.Pod && verb == ApiVerb.Create ? true : throw NotServed(kind == Kinds.Pod);
            default: throw Refuse.NoSuchPath();
        }
    }

    private static ApiException NotServed(bool exists) => exists ? Refuse.MethodNotAllowed() : Refuse.NoSuchPath();

    private static KindInfo BodyKind(RequestTarget target) => target.Subresource switch
    {
        "scale" => Kinds.Scale,
        "binding" => Kinds.Binding,
        _ => target.Kind,
    };

    private static DeleteOptions DeleteOptionsOf(DeleteOptions options, RequestQuery query) => options with
    {
        GracePeriodSeconds = options.GracePeriodSeconds ?? query.Number("gracePeriodSeconds"),
        PropagationPolicy = options.PropagationPolicy ?? query.Text("propagationPolicy"),
        OrphanDependents = options.OrphanDependents ?? (query.Has("orphanDependents") ? query.Flag("orphanDependents") : null),
    };

    /// <summary>A policy/v1 Eviction carries the options of the delete that it asks for.</summary>
    private static DeleteOptions OptionsOfEviction(ReadOnlyMemory<byte> json, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.TryGetProperty("metadata", out var metadata) && metadata.TryGetProperty("name", out var said) && said.GetString() is { Length: > 0 } other && other != name)
                throw Refuse.BadRequest($"name in URL does not match name in Eviction object");
            return root.TryGetProperty("deleteOptions", out var options) && options.ValueKind == JsonValueKind.Object
                ? ApiJson.Decode<DeleteOptions>(System.Text.Encoding.UTF8.GetBytes(options.GetRawText()))
                : new DeleteOptions();
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            throw Refuse.BadRequest($"the object provided is no Eviction: {problem.Message}");
        }
    }
}
