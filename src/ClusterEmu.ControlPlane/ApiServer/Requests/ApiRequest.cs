using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>What the server does with fields that a body has and its kind has not.</summary>
public enum FieldValidation
{
    /// <summary>Says nothing.</summary>
    Ignore,

    /// <summary>Answers with a Warning header for each. The default, as in Kubernetes since 1.27.</summary>
    Warn,

    /// <summary>Refuses the request with 400.</summary>
    Strict,
}

/// <summary>One request to the API, with or without HTTP around it.</summary>
public sealed record ApiRequest
{
    public required ApiVerb Verb { get; init; }
    public required KindInfo Kind { get; init; }

    /// <summary>The version of the kind in which bodies come and answers go. The same as <see cref="Kind"/> unless that was converted to the stored version.</summary>
    public KindInfo ServedAs { get => field ?? Kind; init; }

    /// <summary>Empty for cluster-scoped kinds and for lists over all namespaces.</summary>
    public string Namespace { get; init; } = "";
    public string Name { get; init; } = "";

    /// <summary>Such as <c>status</c>; empty for the object itself.</summary>
    public string Subresource { get; init; } = "";

    /// <summary>The decoded body of a create or update; a Binding or Scale where the subresource takes one.</summary>
    public IKubeObject? Body { get; init; }

    /// <summary>The patch document.</summary>
    public ReadOnlyMemory<byte> Patch { get; init; }
    public PatchFormat PatchFormat { get; init; }

    /// <summary>In whose name fields are owned; empty for nobody's: then the write is noted as that of <see cref="ManagerNames.Unknown"/>.</summary>
    public string FieldManager { get; init; } = "";

    /// <summary>Of an apply: takes fields that others own.</summary>
    public bool Force { get; init; }
    public DeleteOptions DeleteOptions { get; init; } = new();

    /// <summary>True if nothing is to be stored: the answer is what it would be.</summary>
    public bool DryRun { get; init; }
    public FieldValidation FieldValidation { get; init; } = FieldValidation.Warn;
    public string? LabelSelector { get; init; }
    public string? FieldSelector { get; init; }

    /// <summary>Of a list: which state is wanted. Null or empty: the newest.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>Exact, NotOlderThan or null.</summary>
    public string? ResourceVersionMatch { get; init; }

    /// <summary>Objects in one chunk of a list; 0 or less: all.</summary>
    public int Limit { get; init; }
    public string? Continue { get; init; }

    /// <summary>Of a watch: whether the current state comes first. Null: as the resource version has it.</summary>
    public bool? SendInitialEvents { get; init; }

    /// <summary>Who asks, as the certificate or token says.</summary>
    public string User { get; init; } = "";

    /// <summary>Who asks, with groups. Left out: a part of the cluster itself.</summary>
    public RequestUser Identity { get => field ?? RequestUser.OfSystem(User); init; }

    /// <summary>The request as the store sees it: of the version in which the kind is stored.</summary>
    public ApiRequest AsStored()
    {
        if (Kind.Conversion is null) return this;
        var body = Body is not null && KindCatalog.Of(Body) == Kind ? Kind.ToStorage(Kind.WithDefaults(Body)) : Body;
        return this with { Kind = Kind.Storage, ServedAs = Kind, Body = body };
    }
}
