using System.Globalization;
using System.Net.Sockets;
using System.Text;
using ClusterEmu.Fabric;
using ClusterEmu.Network;

namespace ClusterEmu.Nodes;

/// <summary>A kube-proxy's small HTTP server: one question, one answer, and the connection ends.</summary>
/// <param name="node">The node, for traces.</param>
/// <param name="answer">Answers a path. Called from any thread.</param>
internal sealed class HealthListener(string node, Func<string, HealthAnswer> answer) : IFastListener
{
    private const int MaxHead = 8192;
    private const string WeightHeader = "X-Load-Balancing-Endpoint-Weight";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public IpProtocol Protocol => IpProtocol.Tcp;
    public string Owner => $"node/{node}/kube-proxy";

    public void Accept(InboundConnection connection) => _ = ServeAsync(connection.Stream);

    public void Receive(Flow flow, ReadOnlyMemory<byte> payload, Action<ReadOnlyMemory<byte>> reply) =>
        throw new NotSupportedException("kube-proxy's health server speaks TCP only.");

    public void Answer(FastRequest request, DateTimeOffset now)
    {
        var told = answer(request.Path);
        KeyValuePair<string, string>[] headers = told.Weight is { } number
            ? [new("X-Content-Type-Options", "nosniff"), new(WeightHeader, number.ToString(CultureInfo.InvariantCulture))]
            : [new("X-Content-Type-Options", "nosniff")];
        request.Answer(told.Code, TypeOf(told), headers, told.Body);
    }

    private static string TypeOf(HealthAnswer answer) => answer.Code == 404 ? "text/plain; charset=utf-8" : "application/json";

    private async Task ServeAsync(Stream stream)
    {
        using var limit = new CancellationTokenSource(Patience);
        await using (stream.ConfigureAwait(false))
        {
            try
            {
                if (await ReadPathAsync(stream, limit.Token).ConfigureAwait(false) is not { } path) return;
                await stream.WriteAsync(Response(answer(path)), limit.Token).ConfigureAwait(false);
            }
            catch (Exception error) when (error is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                return; // Who asked went away, or took too long.
            }
        }
    }

    /// <returns>Null if what came is no HTTP request.</returns>
    private static async Task<string?> ReadPathAsync(Stream stream, CancellationToken cancellationToken)
    {
        var head = new byte[MaxHead];
        var length = 0;
        while (length < MaxHead)
        {
            var read = await stream.ReadAsync(head.AsMemory(length), cancellationToken).ConfigureAwait(false);
            if (read == 0) return null;
            length += read;
            if (head.AsSpan(0, length).IndexOf("\r\n\r\n"u8) < 0) continue;
            var line = Encoding.Latin1.GetString(head.AsSpan(0, head.AsSpan(0, length).IndexOf("\r\n"u8))).Split(' ');
            return line.Length == 3 ? line[1].Split('?')[0] : null;
        }
        return null;
    }

    private static byte[] Response(HealthAnswer answer)
    {
        var reason = answer.Code switch { 200 => "OK", 503 => "Service Unavailable", _ => "Not Found" };
        var weight = answer.Weight is { } number ? string.Create(CultureInfo.InvariantCulture, $"{WeightHeader}: {number}\r\n") : "";
        return Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"HTTP/1.1 {answer.Code} {reason}\r\nContent-Type: {TypeOf(answer)}\r\nX-Content-Type-Options: nosniff\r\n{weight}Content-Length: {Encoding.UTF8.GetByteCount(answer.Body)}\r\nConnection: close\r\n\r\n{answer.Body}"));
    }
}
