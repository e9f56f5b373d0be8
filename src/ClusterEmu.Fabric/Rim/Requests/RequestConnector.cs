using ClusterEmu.Network;

namespace ClusterEmu.Fabric;

/// <summary>Resolves a host and opens an emulated connection to the first of its addresses that takes one, as curl does.</summary>
internal sealed class RequestConnector(IFabric fabric, RequestSender sender, NameResolver resolver)
{
    /// <exception cref="RequestConnectException">No connection; <see cref="RequestAttempt.Failure"/> says why.</exception>
    public async Task<Stream> ConnectAsync(string host, int port, RequestAttempt attempt)
    {
        var addresses = await resolver.ResolveAsync(host, attempt.Hops, attempt.Limit).ConfigureAwait(false);
        if (addresses.Found.Count == 0)
        {
            attempt.Failure = (RequestFailure.Dns, addresses.Problem);
            throw new RequestConnectException(addresses.Problem);
        }
        foreach (var address in addresses.Found)
        {
            var offset = attempt.Hops.ElapsedMicroseconds;
            var dial = new Dial(sender.Node, sender.Origin, sender.Address, new IpPort(address, port), attempt.Hops.Enabled, sender.Name);
            var result = await fabric.DialAsync(dial, attempt.Limit).ConfigureAwait(false);
            attempt.Hops.AddFrom(result.Hops, offset);
            if (result.Connection is { } stream)
            {
                attempt.Failure = null;
                attempt.Server = result.ServerName;
                return stream;
            }
            attempt.Failure ??= (Kind(result.Outcome), result.Reason);
            if (attempt.Limit.IsCancellationRequested) break;
        }
        throw new RequestConnectException(attempt.Failure!.Value.Reason);
    }

    private static RequestFailure Kind(DialOutcome outcome) => outcome switch
    {
        DialOutcome.TimedOut => RequestFailure.Timeout,
        DialOutcome.Reset => RequestFailure.Reset,
        _ => RequestFailure.Refused,
    };
}
