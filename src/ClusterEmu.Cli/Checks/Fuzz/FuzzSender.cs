using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ClusterEmu.Cli.Checks.Fuzz;

/// <summary>Sends requests one after the other, over as few connections as the server allows.</summary>
internal sealed class FuzzSender(Uri server, X509Certificate2 authority, string token) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan WatchPatience = TimeSpan.FromMilliseconds(50);
    private readonly List<RawConnection> _abandoned = [];
    private RawConnection? _connection;

    /// <summary>Connections that were left in the middle of a request. The server is to end them.</summary>
    public IReadOnlyList<RawConnection> Abandoned => _abandoned;

    /// <returns>What is wrong with the answer; null if nothing.</returns>
    public async Task<string?> SendAsync(FuzzRequest request, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        var fresh = _connection is null;
        try
        {
            _connection ??= await RawConnection.OpenAsync(server, authority, limit.Token);
            return await OverAsync(_connection, request, limit.Token);
        }
        catch (IOException) when (!fresh && request.Delivery == FuzzDelivery.Whole)
        {
            // The server had closed the connection after the request before this one: once more, on a new one.
            Drop();
            return await SendAsync(request, cancellationToken);
        }
        catch (IOException) when (request.BreaksHttp)
        {
            Drop();
            return null;
        }
        catch (IOException cause)
        {
            Drop();
            return $"broke the connection: {cause.Message}";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Drop();
            return $"was not answered within {Limit.TotalSeconds:0} s";
        }
    }

    /// <summary>Ends all connections. More requests may follow, over new ones.</summary>
    public void Dispose()
    {
        Drop();
        foreach (var connection in _abandoned) connection.Dispose();
        _abandoned.Clear();
    }

    private async Task<string?> OverAsync(RawConnection connection, FuzzRequest request, CancellationToken cancellationToken)
    {
        var bytes = BytesOf(request);
        var half = bytes.Length - ((request.Body.Length + 1) / 2);
        switch (request.Delivery)
        {
            case FuzzDelivery.CutOff:
                await connection.WriteAsync(bytes.AsMemory(0, half), cancellationToken);
                Drop();
                return null;
            case FuzzDelivery.Abandoned:
                await connection.WriteAsync(bytes.AsMemory(0, half), cancellationToken);
                _abandoned.Add(connection);
                _connection = null;
                return null;
            case FuzzDelivery.Slow:
                await connection.WriteAsync(bytes.AsMemory(0, half), cancellationToken);
                await Task.Delay(TimeSpan.FromMilliseconds(30), cancellationToken);
                await connection.WriteAsync(bytes.AsMemory(half), cancellationToken);
                break;
            default:
                await connection.WriteAsync(bytes, cancellationToken);
                break;
        }
        var answer = await connection.ReadAsync(request.Method == "HEAD", request.IsWatch, WatchPatience, cancellationToken);
        // Whatever is left of a stream, of a body that was not read, or of broken HTTP goes with the connection.
        if (!answer.IsWhole || request.BreaksHttp || answer.Code is 0 or 413) Drop();
        return FuzzVerdict.Of(request, answer);
    }

    private byte[] BytesOf(FuzzRequest request)
    {
        var head = new StringBuilder();
        head.Append(CultureInfo.InvariantCulture, $"{request.Method} {request.Target} HTTP/1.1\r\nHost: {server.Authority}\r\nAuthorization: Bearer {token}\r\n");
        foreach (var (name, value) in request.Headers) head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        var framed = request.Headers.Any(header => header.Name is "Content-Length" or "Transfer-Encoding");
        if (!framed && (request.Body.Length > 0 || request.Method is "POST" or "PUT" or "PATCH")) head.Append(CultureInfo.InvariantCulture, $"Content-Length: {request.Body.Length}\r\n");
        return [.. Encoding.UTF8.GetBytes(head.Append("\r\n").ToString()), .. request.Body];
    }

    private void Drop()
    {
        _connection?.Dispose();
        _connection = null;
    }
}
