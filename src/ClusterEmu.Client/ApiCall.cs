using ClusterEmu.Api;

namespace ClusterEmu.Client;

public enum ApiVerb
{
    Get,
    List,
    Create,
    Update,
    Patch,
    Delete,
    DeleteCollection,
}

/// <summary>The four patch formats, by their media types.</summary>
public enum PatchFormat
{
    /// <summary>application/json-patch+json (RFC 6902).</summary>
    Json,

    /// <summary>application/merge-patch+json (RFC 7386).</summary>
    Merge,

    /// <summary>application/strategic-merge-patch+json.</summary>
    StrategicMerge,

    /// <summary>application/apply-patch+yaml (server-side apply).</summary>
    Apply,
}

/// <summary>One request to the Kubernetes API, as data. The answer is an <see cref="ApiReply"/>.</summary>
public sealed record ApiCall
{
    public required ApiVerb Verb { get; init; }
    public required KindInfo Kind { get; init; }

    /// <summary>Null for cluster-scoped kinds, and for lists over all namespaces.</summary>
    public string? Namespace { get; init; }
    public string? Name { get; init; }

    /// <summary>Such as <c>status</c>, <c>binding</c>, <c>scale</c>.</summary>
    public string? Subresource { get; init; }

    /// <summary>The object of a create or update (or of a create on a subresource, such as a Binding).</summary>
    public IKubeObject? Body { get; init; }
    public PatchFormat PatchFormat { get; init; } = PatchFormat.Merge;
    public ReadOnlyMemory<byte> Patch { get; init; }

    /// <summary>In whose name the fields that are written are owned; null: the program's. An apply must have one.</summary>
    public string? FieldManager { get; init; }

    /// <summary>Of an apply: takes fields that others own, instead of failing with a conflict.</summary>
    public bool Force { get; init; }
    public string? LabelSelector { get; init; }
    public string? FieldSelector { get; init; }
    public string? ResourceVersion { get; init; }
    public int? Limit { get; init; }
    public string? Continue { get; init; }

    /// <summary>Of a list: items that cannot be decoded go to <see cref="ApiReply.Unreadable"/>, instead of failing the whole list.</summary>
    public bool SkipUnreadable { get; init; }

    /// <summary>Of a delete.</summary>
    public DeleteOptions? DeleteOptions { get; init; }

    /// <summary>Handed back in the reply, so that its receiver knows what it asked.</summary>
    public object? Tag { get; init; }

    public static ApiCall Get(KindInfo kind, string? ns, string name, object? tag = null) =>
        new() { Verb = ApiVerb.Get, Kind = kind, Namespace = ns, Name = name, Tag = tag };

    public static ApiCall List(KindInfo kind, string? ns = null, object? tag = null) =>
        new() { Verb = ApiVerb.List, Kind = kind, Namespace = ns, Tag = tag };

    public static ApiCall Create(IKubeObject body, object? tag = null) =>
        new() { Verb = ApiVerb.Create, Kind = KindCatalog.Of(body), Namespace = body.Metadata.Namespace, Body = body, Tag = tag };

    /// <summary>A PUT. It fails with 409 if the object changed since <paramref name="body"/> was read.</summary>
    public static ApiCall Update(IKubeObject body, object? tag = null) => new()
    {
        Verb = ApiVerb.Update,
        Kind = KindCatalog.Of(body),
        Namespace = body.Metadata.Namespace,
        Name = body.Metadata.Name,
        Body = body,
        Tag = tag,
    };

    public static ApiCall UpdateStatus(IKubeObject body, object? tag = null) => Update(body, tag) with { Subresource = "status" };

    public static ApiCall MergePatch(KindInfo kind, string? ns, string name, ReadOnlyMemory<byte> patch, object? tag = null) =>
        new() { Verb = ApiVerb.Patch, Kind = kind, Namespace = ns, Name = name, Patch = patch, Tag = tag };

    public static ApiCall Delete(KindInfo kind, string? ns, string name, DeleteOptions? options = null, object? tag = null) =>
        new() { Verb = ApiVerb.Delete, Kind = kind, Namespace = ns, Name = name, DeleteOptions = options, Tag = tag };
}

/// <summary>The answer to an <see cref="ApiCall"/>.</summary>
/// <param name="Call">The call that this answers.</param>
/// <param name="Code">The HTTP code; 0 if no answer came (the server could not be reached, or the connection broke).</param>
/// <param name="Object">The object of a single-object verb that succeeded.</param>
/// <param name="Items">The items of a list that succeeded.</param>
/// <param name="ResourceVersion">Of the object or of the list.</param>
/// <param name="Continue">Token of the next chunk of a list; null at its end.</param>
/// <param name="Failure">Why it failed; null on success.</param>
public sealed record ApiReply(
    ApiCall Call,
    int Code,
    IKubeObject? Object,
    IReadOnlyList<IKubeObject>? Items,
    string? ResourceVersion,
    string? Continue,
    Status? Failure)
{
    /// <summary>Items that were left out, if <see cref="ApiCall.SkipUnreadable"/> allowed it.</summary>
    public IReadOnlyList<UnreadableObject> Unreadable { get; init; } = [];

    public bool Ok => Failure is null && Code is >= 200 and < 300;
    public bool NotFound => Code == 404;

    /// <summary>Both a stale resourceVersion and an existing name answer 409; see <see cref="AlreadyExists"/>.</summary>
    public bool Conflict => Code == 409 && !AlreadyExists;
    public bool AlreadyExists => Code == 409 && Failure?.Reason == "AlreadyExists";

    /// <summary>False if the operation may have happened all the same (no answer, or a time-out).</summary>
    public bool Definite => Code is not (0 or 504);
}
