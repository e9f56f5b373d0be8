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
            ("GET", true) => ApiVerb.Get,
            ("GET", false) => ApiVerb.List,
            ("POST", _) => ApiVerb.Create,
            ("PUT", true) => ApiVerb.Update,
            ("PATCH", true) => ApiVerb.Patch,
            ("DELETE", true) => ApiVerb.Delete,
            ("DELETE", false) => ApiVerb.DeleteCollection,
            _ => throw Refuse.MethodNotAllowed(),
        };
        if (!IsServed(verb, target) || (target.IsWatch && verb is not (ApiVerb.Get or ApiVerb.List))) throw Refuse.MethodNotAllowed();
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
        var changes = verb is not (ApiVerb.Get or ApiVerb.List);
        var hasOptionsBody = verb is ApiVerb.Delete or ApiVerb.DeleteCollection && !body.IsEmpty; // Then the query does not count.
        var (dryRun, validation) = changes && !hasOptionsBody ? WriteOptionRules.Read(verb, query) : (false, FieldValidation.Warn);
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
            SendInitialEvents = query.OptionalFlag("sendInitialEvents"),
            FieldManager = ManagerNames.Of(query.Text("fieldManager"), userAgent),
            Force = verb == ApiVerb.Patch && query.Flag("force"),
            DryRun = dryRun,
            FieldValidation = validation,
            User = user,
        };
        if (verb == ApiVerb.List) query.Number("timeoutSeconds"); // A list takes no time worth a limit, but what is no number is refused.
        switch (verb)
        {
            case ApiVerb.Create when target.Subresource == "eviction":
                return Eviction(request, RequestBody.ToJson(body, contentType));
            case ApiVerb.Create or ApiVerb.Update:
                var kind = BodyKind(target);
                var (value, warnings) = RequestBody.Decode(kind, RequestBody.ToJson(body, contentType, kind).Span, request.FieldValidation);
                return (request with { Body = value }, warnings);
            case ApiVerb.Patch:
                return (request with { Patch = body, PatchFormat = format }, []);
            case ApiVerb.Delete or ApiVerb.DeleteCollection:
                var options = hasOptionsBody ? RequestBody.DecodeDeleteOptions(RequestBody.ToJson(body, contentType)) : DeleteOptionsOf(query);
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
            case "approval":
                var approved = kind.Subresources.Contains("approval");
                return approved && verb is ApiVerb.Get or ApiVerb.Update or ApiVerb.Patch ? true : throw NotServed(approved);
            case "token": return kind == Kinds.ServiceAccount && verb == ApiVerb.Create ? true : throw NotServed(kind == Kinds.ServiceAccount);
            case "binding" or "eviction": return kind == Kinds.Pod && verb == ApiVerb.Create ? true : throw NotServed(kind == Kinds.Pod);
            default: throw Refuse.NoSuchPath();
        }
    }

    private static ApiException NotServed(bool exists) => exists ? Refuse.MethodNotAllowed() : Refuse.NoSuchPath();

    private static KindInfo BodyKind(RequestTarget target) => target.Subresource switch
    {
        "scale" => Kinds.Scale,
        "binding" => Kinds.Binding,
        "token" => Kinds.TokenRequest,
        _ => target.Kind,
    };

    private static DeleteOptions DeleteOptionsOf(RequestQuery query) => new()
    {
        GracePeriodSeconds = query.Number("gracePeriodSeconds"),
        PropagationPolicy = query.Text("propagationPolicy"),
        OrphanDependents = query.OptionalFlag("orphanDependents"),
        DryRun = query.Raw("dryRun") is { } dryRun ? [dryRun] : [],
    };

    /// <summary>An Eviction, of either version, carries the options of the delete that it asks for.</summary>
    private static (ApiRequest Request, IReadOnlyList<string> Warnings) Eviction(ApiRequest request, ReadOnlyMemory<byte> json)
    {
        KindInfo kind = BodyDecoding.ReadKind(json.Span).ApiVersion == Kinds.EvictionV1Beta1.ApiVersion ? Kinds.EvictionV1Beta1 : Kinds.Eviction;
        var (value, warnings) = RequestBody.Decode(kind, json.Span, request.FieldValidation);
        var options = (value is EvictionV1Beta1 older ? older.DeleteOptions : ((Eviction)value).DeleteOptions) ?? new DeleteOptions();
        return (request with { Body = value, DeleteOptions = options, DryRun = request.DryRun || options.DryRun.Contains("All") }, warnings);
    }
}
