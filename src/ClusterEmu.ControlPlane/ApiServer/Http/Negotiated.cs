using System.Globalization;

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
/// <remarks>Source: k8s.io/apiserver endpoints/handlers/negotiation, and goautoneg for the order of ranges.</remarks>
/// <param name="Form">The form of the answer.</param>
/// <param name="Yaml">YAML instead of JSON.</param>
/// <param name="Version">The version asked for of a form that has versions, such as <c>v2</c>; else empty.</param>
public sealed record Negotiated(AnswerForm Form, bool Yaml, string Version)
{
    public const string Acceptable = "application/json, application/yaml";

    /// <summary>What a watch can be streamed as: YAML has no frames.</summary>
    public const string AcceptableForWatch = "application/json;stream=watch";

    private static readonly Negotiated Plain = new(AnswerForm.Object, false, "");

    /// <summary>Indented, because the range says <c>pretty=1</c>.</summary>
    public bool Pretty { get; init; }

    /// <summary>The range of an Accept header that this server can serve and the client likes best.</summary>
    /// <param name="accept">The header; absent, anything will do.</param>
    /// <param name="watch">Whether the answer is a stream.</param>
    /// <returns>Null if there is none: 406.</returns>
    public static Negotiated? Of(string? accept, bool watch = false)
    {
        if (string.IsNullOrWhiteSpace(accept)) return Plain;
        if (accept is "application/json" or "*/*") return Plain; // Nearly all requests.
        foreach (var range in Ranges(accept))
        {
            if (OfRange(range.Type, range.Parameters, watch) is { } found) return found;
        }
        return null;
    }

    /// <summary>By quality; of equal ones, those that say more first, and then as they stand.</summary>
    private static IEnumerable<(string Type, string[] Parameters, double Quality)> Ranges(string accept) =>
        accept.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(text =>
        {
            var parts = text.Split(';', StringSplitOptions.TrimEntries);
            return (Type: parts[0].ToLowerInvariant(), Parameters: parts[1..], Quality: QualityOf(parts));
        })
        .OrderByDescending(range => range.Quality)
        .ThenBy(range => range.Type.Count('*'));

    private static double QualityOf(string[] parts)
    {
        foreach (var part in parts)
        {
            if (part.StartsWith("q=", StringComparison.OrdinalIgnoreCase) && double.TryParse(part.AsSpan(2), NumberStyles.Float, CultureInfo.InvariantCulture, out var quality)) return quality;
        }
        return 1;
    }

    private static Negotiated? OfRange(string type, string[] parameters, bool watch)
    {
        var yaml = type == "application/yaml";
        if (!yaml && type is not ("application/json" or "*/*" or "application/*")) return null;
        if (yaml && watch) return null;
        string form = "", group = "", version = "", stream = "";
        var pretty = false;
        foreach (var parameter in parameters)
        {
            var pair = parameter.Split('=', 2, StringSplitOptions.TrimEntries);
            if (pair.Length < 2) continue;
            switch (pair[0])
            {
                case "as": form = pair[1]; break;
                case "g": group = pair[1]; break;
                case "v": version = pair[1]; break;
                case "stream": stream = pair[1]; break;
                case "pretty": pretty = pair[1] == "1"; break;
            }
        }
        if (stream is not ("" or "watch")) return null;
        return (form, group, version) switch
        {
            ("", _, _) => new Negotiated(AnswerForm.Object, yaml, "") { Pretty = pretty },
            ("Table", "meta.k8s.io", "v1" or "v1beta1") => new Negotiated(AnswerForm.Table, yaml, version) { Pretty = pretty },
            ("PartialObjectMetadata" or "PartialObjectMetadataList", "meta.k8s.io", "v1" or "v1beta1") => new Negotiated(AnswerForm.Metadata, yaml, version) { Pretty = pretty },
            ("APIGroupDiscoveryList", "apidiscovery.k8s.io", "v2" or "v2beta1") => new Negotiated(AnswerForm.Discovery, yaml, version),
            _ => null,
        };
    }
}
