namespace ClusterEmu.Fabric;

/// <summary>What one request met on its way. HttpClient hands it to the connect callback.</summary>
internal sealed class RequestAttempt(HopLog hops, CancellationToken limit)
{
    public static readonly HttpRequestOptionsKey<RequestAttempt> Key = new("clusteremu.attempt");

    /// <summary>Fires when the request's time is up.</summary>
    public CancellationToken Limit => limit;
    public HopLog Hops => hops;

    /// <summary>Set if connecting failed; it explains the failure better than HttpClient's exception.</summary>
    public (RequestFailure Kind, string Reason)? Failure { get; set; }

    /// <summary>Who accepted the connection opened for this request; null if none was opened.</summary>
    public string? Server { get; set; }

    /// <summary>Completes when the connect callback is done; already complete if it never ran.</summary>
    public Task Connecting { get; set; } = Task.CompletedTask;
}

/// <summary>A connection could not be opened; the attempt says why.</summary>
internal sealed class RequestConnectException(string message) : IOException(message);
