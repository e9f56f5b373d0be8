namespace ClusterEmu.Simulation;

/// <summary>What goes wrong between clients and the API server while it lasts. Plain data; chances are per million.</summary>
public sealed record ApiFault
{
    /// <summary>Names its random stream, so it must be unique among the run's faults.</summary>
    public required string Name { get; init; }

    /// <summary>The processes concerned; null: all.</summary>
    public IReadOnlyList<string>? Clients { get; init; }

    /// <summary>The kinds concerned, such as <c>leases</c>, <c>pods</c>, <c>deployments.apps</c>, by qualified plural; null: all.</summary>
    public IReadOnlyList<string>? Resources { get; init; }

    /// <summary>Reads are left alone. For errors and slowness.</summary>
    public bool WritesOnly { get; init; }

    /// <summary>Requests answered with one of <see cref="Codes"/>. Where that is 504 the write is done or not, by a draw; else it is not.</summary>
    public int ErrorPerMillion { get; init; }

    /// <summary>Which errors: 429, 500, 503, 504. Not empty.</summary>
    public IReadOnlyList<int> Codes { get; init; } = [500, 503, 429, 504];

    /// <summary>Requests that are answered late.</summary>
    public int SlowPerMillion { get; init; }

    /// <summary>The longest delay of a slow answer, in microseconds; drawn evenly from 1. What exceeds the client's time-out breaks the request.</summary>
    public long SlowMicroseconds { get; init; } = 2_000_000;

    /// <summary>Watches deliver nothing while the fault lasts; the server goes on sending, up to the stream's buffer.</summary>
    public bool StallWatches { get; init; }

    /// <summary>Watch events after which the stream ends with <see cref="DropCode"/>.</summary>
    public int DropPerMillion { get; init; }

    /// <summary>Every open watch ends with <see cref="DropCode"/> as the fault begins.</summary>
    public bool DropAtOnce { get; init; }

    /// <summary>0: the connection breaks. 410: the server says that the history is gone.</summary>
    public int DropCode { get; init; }

    /// <summary>A process's node Leases and its own are not renewed: their writes are refused.</summary>
    /// <param name="name">As <see cref="Name"/>.</param>
    /// <param name="clients">As <see cref="Clients"/>.</param>
    public static ApiFault LeaseLoss(string name, params IReadOnlyList<string> clients) =>
        new() { Name = name, Clients = clients, Resources = ["leases.coordination.k8s.io"], WritesOnly = true, ErrorPerMillion = 1_000_000, Codes = [503] };

    internal bool Covers(string client, string resource) =>
        (Clients is null || Clients.Contains(client, StringComparer.Ordinal)) && (Resources is null || Resources.Contains(resource, StringComparer.Ordinal));
}
