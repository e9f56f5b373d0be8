using System.Text.Json.Serialization;

namespace ClusterEmu.Fabric;

/// <summary>Requests to send, one after another. The body of <c>POST /clusteremu/request</c>.</summary>
public sealed record RequestSpec
{
    public const int MaxCount = 1_000_000;
    public const int MaxTimeoutMs = 3_600_000;

    /// <summary><c>http://</c>, <c>https://</c> (any certificate is taken, and reported) or <c>tcp://host:port</c>.</summary>
    public string Url { get => field ?? ""; init; }

    /// <summary>Who sends: <c>pod/NS/NAME</c>, <c>node/NAME</c>, <c>outside</c> or <c>outside/IP</c>. Default: outside.</summary>
    public string From { get => field is null or "" ? "outside" : field; init; }

    /// <summary>1 to <see cref="MaxCount"/>. Default: 1.</summary>
    public int Count { get; set; } = 1; // Settable: the JSON generator would overwrite an init default with 0.

    /// <summary>One connection for all, as long as the server keeps it. Default: a new one for each request.</summary>
    public bool Keepalive { get; init; }

    /// <summary>Default: GET, or POST with <see cref="Data"/>.</summary>
    public string Method { get => field is null or "" ? (Data is null ? "GET" : "POST") : field; init; }

    /// <summary>Lines <c>Name: value</c>.</summary>
    public IReadOnlyList<string> Headers { get => field ?? []; init; }

    /// <summary>The body; null for none.</summary>
    public string? Data { get; init; }

    /// <summary>Of each request, name resolution and connecting included. 1 to <see cref="MaxTimeoutMs"/>. Default: 5000.</summary>
    public int TimeoutMs { get; set; } = 5000;

    /// <summary>Whether hops are reported, of the first <see cref="RequestReport.MaxTraces"/> requests.</summary>
    public bool Trace { get; init; }

    /// <summary>Every problem, with field, value and remedy; empty if the requests can be sent.</summary>
    public IEnumerable<string> Problems()
    {
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https" or "tcp") || uri.Host.Length == 0)
            yield return $"url '{Url}' cannot be requested. Write http://HOST[:PORT]/PATH, https://… or tcp://HOST:PORT.";
        else if (uri.Scheme == "tcp" && uri.Port is < 1)
            yield return $"url '{Url}' names no port. Write tcp://HOST:PORT.";
        if (Count is < 1 or > MaxCount) yield return $"count is {Count}, but must lie between 1 and {MaxCount}.";
        if (TimeoutMs is < 1 or > MaxTimeoutMs) yield return $"timeoutMs is {TimeoutMs}, but must lie between 1 and {MaxTimeoutMs} (one hour).";
        foreach (var header in Headers)
            if (header.IndexOf(':') <= 0) yield return $"header '{header}' is none. Write it like 'Accept: text/plain'.";
    }
}

/// <summary>What became of the requests of a <see cref="RequestSpec"/>.</summary>
public sealed record RequestReport
{
    /// <summary>So many requests are traced at most.</summary>
    public const int MaxTraces = 100;
    public required string Url { get; init; }
    public required string From { get; init; }
    public required int Sent { get; init; }

    /// <summary>Those that got an answer, whatever its HTTP status; see <see cref="Answers"/>.</summary>
    public required int Succeeded { get; init; }
    public required RequestFailures Failed { get; init; }

    /// <summary>Answers by server, sorted: a Pod as <c>namespace/name</c>, others as traces name them (<c>outside/203.0.113.10</c>).</summary>
    public required IReadOnlyDictionary<string, int> ByPod { get; init; }
    public required RequestLatencies LatencyMs { get; init; }
    public required IReadOnlyList<RequestTrace> Traces { get; init; }
    public required RequestAnswers Answers { get; init; }
}

/// <summary>Requests without an answer, by reason. Unreachable hosts count as refused, broken TLS as reset.</summary>
public sealed record RequestFailures(int Refused, int Timeout, int Reset, int Dns);

/// <summary>Quantiles (nearest rank) of the answered requests' times in milliseconds; 0 without any.</summary>
public sealed record RequestLatencies(double P50, double P99);

public sealed record RequestTrace(IReadOnlyList<RequestHop> Hops);

/// <summary>One step; see <see cref="Network.TraceHop"/>. <paramref name="T"/> is in microseconds since the request began.</summary>
/// <remarks>Every hop has every key: a step that no table decided says <c>"tableRevision": null</c>.</remarks>
public sealed record RequestHop(string At, string What, string Detail, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] long? TableRevision, long T);

/// <summary>What the answers were like.</summary>
public sealed record RequestAnswers
{
    /// <summary>How often each HTTP status came; empty for tcp.</summary>
    public required IReadOnlyDictionary<string, int> StatusCodes { get; init; }

    /// <summary>Body of the first answer, at most 64 KiB of it; null without any.</summary>
    public string? FirstBody { get; init; }

    /// <summary>Subject, issuer and end of the server's certificate, for https.</summary>
    public string? Certificate { get; init; }

    /// <summary>Up to ten different reasons why requests failed, with their numbers.</summary>
    public required IReadOnlyDictionary<string, int> Errors { get; init; }
}

/// <summary>JSON of requests and reports, in camel case.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(RequestSpec))]
[JsonSerializable(typeof(RequestReport))]
public sealed partial class RequestJson : JsonSerializerContext;
