namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>What form an answer takes.</summary>
public enum AnswerForm
{
    /// <summary>The object or list itself.</summary>
    Object,

    /// <summary>A Table, as kubectl get prints.</summary>
    Table,

    /// <summary>Only the metadata.</summary>
    Metadata,

    /// <summary>Aggregated discovery.</summary>
    Discovery,
}

/// <summary>What a client accepts, as one choice of the server.</summary>
/// <param name="Form">The form of the answer.</param>
/// <param name="Yaml">YAML instead of JSON.</param>
/// <param name="Version">The version asked for of a form that has versions, such as <c>v2</c>; else empty.</param>
public sealed record Negotiated(AnswerForm Form, bool Yaml, string Version)
{
    public const string Acceptable = "application/json, application/yaml";

    private static readonly Negotiated Plain = new(AnswerForm.Object, false, "");

    /// <summary>The first range of an Accept header that this server can serve.</summary>
    /// <returns>Null if there is none: 406.</returns>
    public static Negotiated? Of(string? accept)
    {
        if (string.IsNullOrWhiteSpace(accept)) return Plain;
        foreach (var range in accept.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (OfRange(range) is { } found) return found;
        }
        return null;
    }

    private static Negotiated? OfRange(string range)
    {
        var parts = range.Split(';', StringSplitOptions.TrimEntries);
        var yaml = parts[0] == "application/yaml";
        if (!yaml && parts[0] is not ("application/json" or "*/*" or "application/*")) return null;
        string form = "", group = "", version = "";
        foreach (var parameter in parts.AsSpan(1))
        {
            var pair = parameter.Split('=', 2, StringSplitOptions.TrimEntries);
            if (pair.Length < 2) continue;
            if (pair[0] == "as") form = pair[1];
            else if (pair[0] == "g") group = pair[1];
            else if (pair[0] == "v") version = pair[1];
        }
        return (form, group, version) switch
        {
            ("", _, _) => new Negotiated(AnswerForm.Object, yaml, ""),
            ("Table", "meta.k8s.io", "v1") => new Negotiated(AnswerForm.Table, yaml, version),
            ("PartialObjectMetadata" or "PartialObjectMetadataList", "meta.k8s.io", "v1") => new Negotiated(AnswerForm.Metadata, yaml, version),
            ("APIGroupDiscoveryList", "apidiscovery.k8s.io", "v2" or "v2beta1") => new Negotiated(AnswerForm.Discovery, yaml, version),
            _ => null,
        };
    }
}
