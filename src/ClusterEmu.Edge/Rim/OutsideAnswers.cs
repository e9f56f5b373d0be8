using System.Globalization;
using System.Text;
using ClusterEmu.Fabric;
using ClusterEmu.Network;

namespace ClusterEmu.Edge;

/// <summary>What outside hosts say.</summary>
internal static class OutsideAnswers
{
    private const int MaxHead = 32 * 1024;
    private const long MaxBody = 16 * 1024 * 1024;

    /// <summary>Sends back what comes, to the end.</summary>
    public static async Task EchoAsync(Stream stream, CancellationTokenSource limit, TimeSpan idle)
    {
        var buffer = new byte[8192];
        int count;
        while ((count = await stream.ReadAsync(buffer, limit.Token).ConfigureAwait(false)) > 0)
        {
            limit.CancelAfter(idle);
            await stream.WriteAsync(buffer.AsMemory(0, count), limit.Token).ConfigureAwait(false);
        }
    }

    /// <summary>Answers every HTTP/1 request with 200, the host's name and who asked; keeps the connection unless told otherwise.</summary>
    public static async Task HttpAsync(Stream stream, string name, Flow flow, CancellationTokenSource limit, TimeSpan idle)
    {
        var (buffer, length) = (new byte[MaxHead], 0);
        while (true)
        {
            var head = buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
            if (head < 0)
            {
                if (length == buffer.Length)
                {
                    await SendAsync(stream, "431 Request Header Fields Too Large", "", close: true, withBody: true, limit.Token).ConfigureAwait(false);
                    return;
                }
                var count = await stream.ReadAsync(buffer.AsMemory(length), limit.Token).ConfigureAwait(false);
                if (count == 0) return;
                length += count;
                limit.CancelAfter(idle);
                continue;
            }
            var lines = Encoding.Latin1.GetString(buffer, 0, head).Split("\r\n");
            var words = lines[0].Split(' ');
            if (words.Length != 3 || !words[2].StartsWith("HTTP/1.", StringComparison.Ordinal))
            {
                await SendAsync(stream, "400 Bad Request", $"'{lines[0]}' is no HTTP/1 request.\n", close: true, withBody: true, limit.Token).ConfigureAwait(false);
                return;
            }
            if (Header(lines, "Transfer-Encoding") is not null || !TryReadLength(Header(lines, "Content-Length"), out var body))
            {
                await SendAsync(stream, "411 Length Required", $"{name} takes bodies with a Content-Length of at most {MaxBody} only.\n", close: true, withBody: true, limit.Token).ConfigureAwait(false);
                return;
            }
            // What was read beyond the head is body first, then the next request.
            var have = length - head - 4;
            var kept = (int)Math.Max(0, have - body);
            buffer.AsSpan(length - kept, kept).CopyTo(buffer);
            length = kept;
            await SkipAsync(stream, body - Math.Min(have, body), limit, idle).ConfigureAwait(false);
            var close = string.Equals(Header(lines, "Connection"), "close", StringComparison.OrdinalIgnoreCase) || words[2] == "HTTP/1.0";
            var text = OutsideText.Of(name, words[0], words[1], flow);
            await SendAsync(stream, "200 OK", text, close, withBody: words[0] != "HEAD", limit.Token).ConfigureAwait(false);
            if (close) return;
        }
    }

    private static string? Header(string[] lines, string name)
    {
        foreach (var line in lines.AsSpan(1))
        {
            var colon = line.IndexOf(':');
            if (colon > 0 && line.AsSpan(0, colon).Equals(name, StringComparison.OrdinalIgnoreCase)) return line[(colon + 1)..].Trim();
        }
        return null;
    }

    private static bool TryReadLength(string? text, out long length)
    {
        length = 0;
        return text is null || (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out length) && length <= MaxBody);
    }

    private static async Task SkipAsync(Stream stream, long left, CancellationTokenSource limit, TimeSpan idle)
    {
        var buffer = new byte[8192];
        while (left > 0)
        {
            var count = await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), limit.Token).ConfigureAwait(false);
            if (count == 0) throw new EndOfStreamException("The request's body ended early.");
            left -= count;
            limit.CancelAfter(idle);
        }
    }

    private static async Task SendAsync(Stream stream, string status, string text, bool close, bool withBody, CancellationToken cancellationToken)
    {
        var head = $"HTTP/1.1 {status}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {Encoding.UTF8.GetByteCount(text)}\r\n{(close ? "Connection: close\r\n" : "")}\r\n";
        await stream.WriteAsync(Encoding.UTF8.GetBytes(withBody ? head + text : head), cancellationToken).ConfigureAwait(false);
        if (close && stream is FabricStream end) end.CompleteWrites();
    }
}
