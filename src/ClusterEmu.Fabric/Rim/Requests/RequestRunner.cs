using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ClusterEmu.Fabric;

/// <summary>Sends requests over the emulated network, one after another, and reports what became of them.</summary>
public sealed class RequestRunner(IFabric fabric)
{
    private const int MaxKeptBody = 64 * 1024;

    /// <exception cref="RequestRefusedException">The spec has problems; the message lists them. Nothing was sent.</exception>
    /// <exception cref="OperationCanceledException">The token fired; requests until then were sent.</exception>
    public async Task<RequestReport> RunAsync(RequestSpec spec, RequestSender sender, CancellationToken cancellationToken)
    {
        var problems = spec.Problems().ToList();
        if (problems.Count > 0) throw new RequestRefusedException(400, string.Join('\n', problems));
        var url = new Uri(spec.Url);
        var tally = new RequestTally(spec);
        var connector = new RequestConnector(fabric, sender, new NameResolver(fabric, sender));
        using var http = Client(spec, connector, tally);
        var server = "";
        for (var i = 0; i < spec.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(spec.TimeoutMs);
            var hops = new HopLog(tally.WantsTrace);
            var attempt = new RequestAttempt(hops, limit.Token);
            try
            {
                var (code, body) = url.Scheme == "tcp"
                    ? (default(int?), await TcpExchange.RunAsync(connector, url, spec.Data, attempt).ConfigureAwait(false))
                    : await SendAsync(http, spec, url, attempt).ConfigureAwait(false);
                server = attempt.Server ?? server; // On a kept connection the server stays.
                hops.Add(server, "answer", code is null ? $"{body.Length} characters" : $"HTTP {code}, {body.Length} characters");
                tally.Answered(server, code, body, hops.ElapsedMicroseconds);
            }
            catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException)
            {
                await attempt.Connecting.ConfigureAwait(false); // Its hops belong to this request.
                cancellationToken.ThrowIfCancellationRequested();
                var (kind, reason) = RequestFaults.Classify(error, attempt, spec.TimeoutMs);
                var word = RequestFaults.Word(kind);
                // Of a lost packet the connection's own hops tell already.
                if (!hops.Enabled || hops.Hops is not [.., { } last] || last.What != word || last.At != sender.Name) hops.Add(sender.Name, word, reason);
                tally.Failed(kind, reason);
            }
            if (hops.Enabled) tally.Traced(hops.Hops);
        }
        return tally.Report();
    }

    private static HttpMessageInvoker Client(RequestSpec spec, RequestConnector connector, RequestTally tally)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,
            ConnectTimeout = Timeout.InfiniteTimeSpan,
            PooledConnectionLifetime = spec.Keepalive ? Timeout.InfiniteTimeSpan : TimeSpan.Zero,
            ConnectCallback = async (context, _) =>
            {
                // The request's own limit counts, not the pool's: nothing may go on connecting when the request is over.
                context.InitialRequestMessage.Options.TryGetValue(RequestAttempt.Key, out var attempt);
                var connecting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                attempt!.Connecting = connecting.Task;
                try
                {
                    return await connector.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, attempt).ConfigureAwait(false);
                }
                finally
                {
                    connecting.SetResult();
                }
            },
        };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
        {
            if (certificate is X509Certificate2 leaf) tally.Certificate ??= Describe(leaf, errors);
            return true;
        };
        return new HttpMessageInvoker(handler);
    }

    private static async Task<(int? Code, string Body)> SendAsync(HttpMessageInvoker http, RequestSpec spec, Uri url, RequestAttempt attempt)
    {
        using var request = new HttpRequestMessage(new HttpMethod(spec.Method), url);
        request.Options.Set(RequestAttempt.Key, attempt);
        if (spec.Data is { } data) request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(data));
        foreach (var header in spec.Headers)
        {
            var colon = header.IndexOf(':');
            var (name, value) = (header[..colon].Trim(), header[(colon + 1)..].Trim());
            if (!request.Headers.TryAddWithoutValidation(name, value)) request.Content?.Headers.TryAddWithoutValidation(name, value);
        }
        using var response = await http.SendAsync(request, attempt.Limit).ConfigureAwait(false);
        var body = await response.Content.ReadAsStreamAsync(attempt.Limit).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
            return ((int)response.StatusCode, await ReadAsync(body, attempt.Limit).ConfigureAwait(false));
    }

    /// <summary>Reads to the end, keeping the first 64 KiB.</summary>
    private static async Task<string> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        using var kept = new MemoryStream();
        var buffer = new byte[8192];
        int count;
        while ((count = await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            kept.Write(buffer, 0, (int)Math.Min(count, MaxKeptBody - kept.Length));
        return Encoding.UTF8.GetString(kept.GetBuffer(), 0, (int)kept.Length);
    }

    private static string Describe(X509Certificate2 certificate, SslPolicyErrors errors) =>
        $"subject {certificate.Subject}, issuer {certificate.Issuer}, until {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}" +
        (errors == SslPolicyErrors.None ? "" : $"; not trusted here ({errors}), accepted all the same");
}
