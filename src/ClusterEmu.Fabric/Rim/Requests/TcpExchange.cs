using System.Text;

namespace ClusterEmu.Fabric;

/// <summary>A <c>tcp://</c> request: connects; with data, sends it, half-closes, and reads what comes until the end.</summary>
internal static class TcpExchange
{
    private const int MaxKept = 64 * 1024;

    /// <returns>What came back, at most 64 KiB.</returns>
    /// <exception cref="IOException">No connection, or it broke.</exception>
    public static async Task<string> RunAsync(RequestConnector connector, Uri url, string? data, RequestAttempt attempt)
    {
        await using var stream = await connector.ConnectAsync(url.IdnHost, url.Port, attempt).ConfigureAwait(false);
        if (data is null) return "";
        await stream.WriteAsync(Encoding.UTF8.GetBytes(data), attempt.Limit).ConfigureAwait(false);
        if (stream is FabricStream fabric) fabric.CompleteWrites();
        using var kept = new MemoryStream();
        var buffer = new byte[8192];
        int count;
        while ((count = await stream.ReadAsync(buffer, attempt.Limit).ConfigureAwait(false)) > 0)
            kept.Write(buffer, 0, (int)Math.Min(count, MaxKept - kept.Length));
        return Encoding.UTF8.GetString(kept.GetBuffer(), 0, (int)kept.Length);
    }
}
