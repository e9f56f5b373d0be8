using ClusterEmu.Network;

namespace ClusterEmu.Fabric;

/// <summary>How one request failed.</summary>
public enum RequestFailure
{
    Refused,
    Timeout,
    Reset,
    Dns,
}

/// <summary>Counts what requests gave and sums it up. Its owner calls it from one thread at a time.</summary>
public sealed class RequestTally(RequestSpec spec)
{
    private const int MaxReasons = 10;
    private readonly SortedDictionary<string, int> _byServer = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _statusCodes = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _errors = new(StringComparer.Ordinal);
    private readonly List<long> _microseconds = [];
    private readonly List<RequestTrace> _traces = [];
    private readonly int[] _failures = new int[4];
    private string? _firstBody;
    private int _sent;

    public string? Certificate { get; set; }

    /// <summary>Whether the next request's hops will be kept.</summary>
    public bool WantsTrace => spec.Trace && _sent < RequestReport.MaxTraces;

    public void Answered(string server, int? statusCode, string body, long microseconds)
    {
        Count(_byServer, server.StartsWith("pod/", StringComparison.Ordinal) ? server[4..] : server);
        if (statusCode is { } code) Count(_statusCodes, code.ToString(System.Globalization.CultureInfo.InvariantCulture));
        _firstBody ??= body;
        _microseconds.Add(microseconds);
        _sent++;
    }

    public void Failed(RequestFailure failure, string reason)
    {
        _failures[(int)failure]++;
        if (_errors.ContainsKey(reason) || _errors.Count < MaxReasons) Count(_errors, reason);
        _sent++;
    }

    /// <summary>Keeps the hops of the request counted last.</summary>
    public void Traced(IReadOnlyList<TraceHop> hops) =>
        _traces.Add(new RequestTrace([.. hops.Select(hop => new RequestHop(hop.At, hop.What, hop.Detail, hop.TableRevision, hop.AtMicroseconds))]));

    public RequestReport Report()
    {
        _microseconds.Sort();
        return new RequestReport
        {
            Url = spec.Url,
            From = spec.From,
            Sent = _sent,
            Succeeded = _microseconds.Count,
            Failed = new RequestFailures(
                _failures[(int)RequestFailure.Refused], _failures[(int)RequestFailure.Timeout],
                _failures[(int)RequestFailure.Reset], _failures[(int)RequestFailure.Dns]),
            ByPod = _byServer,
            LatencyMs = new RequestLatencies(Quantiles.Of(_microseconds, 50) / 1000.0, Quantiles.Of(_microseconds, 99) / 1000.0),
            Traces = _traces,
            Answers = new RequestAnswers { StatusCodes = _statusCodes, FirstBody = _firstBody, Certificate = Certificate, Errors = _errors },
        };
    }

    private static void Count(SortedDictionary<string, int> map, string key) => map[key] = map.GetValueOrDefault(key) + 1;
}
