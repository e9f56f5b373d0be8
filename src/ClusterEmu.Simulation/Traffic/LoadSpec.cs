namespace ClusterEmu.Simulation;

/// <summary>A client that sends requests one after another, whether or not earlier ones have ended. Plain data.</summary>
public sealed record LoadSpec
{
    /// <summary>Names the client and its random stream.</summary>
    public required string Name { get; init; }

    /// <summary><c>pod/NS/NAME</c>, <c>app/NS/NAME</c> (any running Pod labelled app=NAME), <c>node/NAME</c>, <c>outside</c> or <c>outside/IP</c>.</summary>
    public required string From { get; init; }

    /// <summary>
    /// <c>http://HOST[:PORT]/PATH</c> with an address, or a name that the sender's DNS is asked for each time; or, by what the API says of a
    /// Service, <c>clusterip://NS/NAME[:PORT]/PATH</c>, <c>loadbalancer://NS/NAME[:PORT]/PATH</c> and
    /// <c>nodeport://NS/NAME[:PORT][@NODE]/PATH</c> (without NODE, one drawn for each request). PORT is the Service's; default: its first.
    /// </summary>
    public required string Url { get; init; }

    /// <summary>Mean time between requests, 2 or more; each is drawn evenly between half and one and a half of it. Default: one second.</summary>
    public long IntervalMicroseconds { get; init; } = 1_000_000;

    /// <summary>How long a request may take, name resolution included; 1 or more. Default: 5 s.</summary>
    public long TimeoutMicroseconds { get; init; } = 5_000_000;

    /// <summary>In capitals. Default: GET.</summary>
    public string Method { get; init; } = "GET";

    /// <summary>Every problem, with field, value and remedy; empty if the client can be made.</summary>
    public IEnumerable<string> Problems()
    {
        if (Name.Length == 0) yield return "A client needs a name: it names its random numbers.";
        if (IntervalMicroseconds < 2) yield return $"Client {Name}: the interval is {IntervalMicroseconds} microseconds, but must be 2 or more.";
        if (TimeoutMicroseconds < 1) yield return $"Client {Name}: the time-out is {TimeoutMicroseconds} microseconds, but must be 1 or more.";
        if (LoadTarget.Parse(Url) is null)
            yield return $"Client {Name}: url '{Url}' cannot be requested. Write http://HOST[:PORT]/PATH, or clusterip://, loadbalancer:// or nodeport:// and NS/NAME[:PORT]/PATH.";
        if (LoadSender.Problem(From) is { } problem) yield return $"Client {Name}: {problem}";
    }
}
