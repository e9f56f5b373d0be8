using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ClusterEmu.Cli.Checks.Fuzz;

/// <summary>What came back for a request.</summary>
/// <param name="Code">0: the connection ended without an answer.</param>
/// <param name="ContentType">Empty if none.</param>
/// <param name="Body">As far as it was read; of a stream, its beginning.</param>
/// <param name="IsWhole">False for a stream that was left, and where the server ends the connection.</param>
internal sealed record RawAnswer(int Code, string ContentType, byte[] Body, bool IsWhole);

/// <summary>HTTP/1.1 over TLS, written by hand, so that what no HTTP library would send can be sent.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly TcpClient _tcp;
    private readonly SslStream _stream;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    private RawConnection(TcpClient tcp, SslStream stream) => (_tcp, _stream) = (tcp, stream);

    public static async Task<RawConnection> OpenAsync(Uri server, X509Certificate2 authority, CancellationToken cancellationToken)
    {
        var tcp = new TcpClient { NoDelay = true };
        try
        {
            await tcp.ConnectAsync(server.Host, server.Port, cancellationToken);
            var stream = new SslStream(tcp.GetStream());
            await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = server.Host,
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, CustomTrustStore = { authority } },
            }, cancellationToken);
            return new RawConnection(tcp, stream);
        }
        catch
        {
            tcp.Dispose();
            throw;
        }
    }

    public Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => _stream.WriteAsync(bytes, cancellationToken).AsTask();

    /// <summary>Waits for the server to end the connection; whatever it says before that is passed over.</summary>
    public async Task WaitForEndAsync(CancellationToken cancellationToken)
    {
        while (await _stream.ReadAsync(_buffer, cancellationToken) > 0)
        {
        }
    }

    /// <param name="noBody">The request was a HEAD.</param>
    /// <param name="isWatch">What has come by <paramref name="patience"/> is enough.</param>
    /// <param name="patience">How long a stream may go on.</param>
    /// <param name="cancellationToken">The end of all patience.</param>
    public async Task<RawAnswer> ReadAsync(bool noBody, bool isWatch, TimeSpan patience, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await LineAsync(cancellationToken) is not { } status) return new RawAnswer(0, "", [], true);
            var code = int.Parse(status.Split(' ')[1], CultureInfo.InvariantCulture);
            var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            while (await LineAsync(cancellationToken) is { Length: > 0 } line)
            {
                var colon = line.IndexOf(':', StringComparison.Ordinal);
                headers[line[..colon]] = line[(colon + 1)..].Trim();
            }
            if (code is >= 100 and < 200) continue;
            var type = headers.GetValueOrDefault("Content-Type", "");
            var stays = headers.GetValueOrDefault("Connection") != "close";
            if (noBody || code is 204 or 304) return new RawAnswer(code, type, [], stays);
            if (headers.TryGetValue("Content-Length", out var text)) return new RawAnswer(code, type, await ExactlyAsync(int.Parse(text, CultureInfo.InvariantCulture), cancellationToken), stays);
            if (!headers.ContainsKey("Transfer-Encoding")) return new RawAnswer(code, type, [], stays);
            return await ChunksAsync(code, type, isWatch, patience, cancellationToken);
        }
    }

    public void Dispose()
    {
        _stream.Dispose();
        _tcp.Dispose();
    }

    private async Task<RawAnswer> ChunksAsync(int code, string type, bool isWatch, TimeSpan patience, CancellationToken cancellationToken)
    {
        var body = new MemoryStream();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (isWatch) enough.CancelAfter(patience);
        try
        {
            while (await LineAsync(enough.Token) is { } size)
            {
                var length = int.Parse(size.Split(';')[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                body.Write(await ExactlyAsync(length, enough.Token));
                await LineAsync(enough.Token);
                if (length == 0) return new RawAnswer(code, type, body.ToArray(), true);
            }
            return new RawAnswer(code, type, body.ToArray(), false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new RawAnswer(code, type, body.ToArray(), false);
        }
    }

    private async Task<string?> LineAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        while (true)
        {
            if (_start == _end && !await FillAsync(cancellationToken)) return line.Length > 0 ? line.ToString() : null;
            var letter = (char)_buffer[_start++];
            if (letter == '\n') return line.ToString().TrimEnd('\r');
            line.Append(letter);
        }
    }

    private async Task<byte[]> ExactlyAsync(int count, CancellationToken cancellationToken)
    {
        var bytes = new byte[count];
        for (var at = 0; at < count;)
        {
            if (_start == _end && !await FillAsync(cancellationToken)) throw new IOException($"The connection ended after {at} of {count} bytes of a body.");
            var part = Math.Min(count - at, _end - _start);
            _buffer.AsSpan(_start, part).CopyTo(bytes.AsSpan(at));
            _start += part;
            at += part;
        }
        return bytes;
    }

    private async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        _start = 0;
        _end = await _stream.ReadAsync(_buffer, cancellationToken);
        return _end > 0;
    }
}
