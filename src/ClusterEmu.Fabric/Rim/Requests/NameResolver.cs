using System.Net.Sockets;
using ClusterEmu.Network;

namespace ClusterEmu.Fabric;

/// <summary>Resolves names as a sender's C library would: /etc/hosts, then DNS over the emulated network with the search path.</summary>
internal sealed class NameResolver(IFabric fabric, RequestSender sender)
{
    private const int Port = 53;
    private const int Attempts = 2;
    private const int MaxAliases = 8;
    private const ushort UdpSize = 4096;
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(2);
    private ushort _id;

    /// <returns>Addresses in order of preference; if none, a sentence that says why.</returns>
    public async Task<(IReadOnlyList<Ip> Found, string Problem)> ResolveAsync(string host, HopLog hops, CancellationToken cancellationToken)
    {
        if (Ip.TryParse(host.Trim('[', ']'), out var literal)) return ([literal], "");
        if (sender.Names.Hosts.TryGetValue(host.ToLowerInvariant().TrimEnd('.'), out var known))
        {
            hops.Add(sender.Name, "resolve", $"{host} is {string.Join(", ", known)} (known here without asking)");
            return (known, "");
        }
        if (sender.Names.Nameserver is not { } server)
        {
            var names = sender.Names.Hosts.Keys.Order(StringComparer.Ordinal).Take(10).ToList();
            var problem = $"{sender.Name} has no name server and does not know '{host}'." +
                (names.Count > 0 ? $" It knows {string.Join(", ", names)}." : "") + " Names of Services exist only inside the cluster.";
            hops.Add(sender.Name, "resolve", problem);
            return ([], problem);
        }

        var dial = new Dial(sender.Node, sender.Origin, sender.Address, new IpPort(server, Port), hops.Enabled, sender.Name);
        await using var socket = await fabric.OpenDatagramsAsync(dial, cancellationToken).ConfigureAwait(false);
        var offset = hops.ElapsedMicroseconds;
        var (found, detail) = await AskAsync(socket, server, host, cancellationToken).ConfigureAwait(false);
        if (found.Count == 0) hops.AddFrom(socket.Hops, offset); // How the question travelled matters when it failed.
        hops.Add(sender.Name, "resolve", detail);
        return (found, found.Count == 0 ? detail : "");
    }

    private async Task<(IReadOnlyList<Ip> Found, string Detail)> AskAsync(
        IDatagramChannel socket, Ip server, string host, CancellationToken cancellationToken)
    {
        var candidates = new Queue<string>(NameSearch.Candidates(host, sender.Names.Search, sender.Names.Dots));
        var asked = new List<string>();
        var aliases = 0;
        while (candidates.TryDequeue(out var name))
        {
            asked.Add(name);
            DnsMessage? answer;
            try
            {
                answer = await QueryAsync(socket, name, cancellationToken).ConfigureAwait(false);
            }
            catch (SocketException error)
            {
                return ([], $"{host}: the DNS server {server}:{Port} is unreachable ({error.SocketErrorCode}). Do the Pods of kube-dns run?");
            }
            catch (OperationCanceledException)
            {
                return ([], $"{host}: the DNS server {server}:{Port} did not answer in time, asked for {name}.");
            }
            if (answer is null) continue;
            var addresses = answer.Answers.OfType<DnsRecord.Address>().Select(record => record.Ip).ToList();
            var alias = answer.Answers.OfType<DnsRecord.Pointer>().LastOrDefault(record => record.Type == DnsType.CNAME)?.Target.TrimEnd('.');
            if (addresses.Count > 0)
            {
                var chain = alias is null ? name : $"{name}, an alias of {alias}";
                return (addresses, $"{host} is {string.Join(", ", addresses)} ({chain}, from {server}, {Count(asked.Count)})");
            }
            if (alias is not null && ++aliases <= MaxAliases)
            {
                // An alias whose addresses the server did not add: ask for it by its own name.
                candidates = new Queue<string>([alias]);
            }
            else if (answer.Code is not (DnsCode.NoError or DnsCode.NameError))
            {
                return ([], $"{host}: the DNS server {server}:{Port} failed with code {answer.Code}, asked for {name}.");
            }
        }
        return ([], $"{host}: no such name. Asked {server} for {string.Join(", ", asked)}.");
    }

    /// <returns>Null if the name cannot be asked for.</returns>
    /// <exception cref="OperationCanceledException">No answer came, or the token fired.</exception>
    private async Task<DnsMessage?> QueryAsync(IDatagramChannel socket, string name, CancellationToken cancellationToken)
    {
        var id = ++_id;
        if (Encode(id, name) is not { } query) return null;
        for (var attempt = 1; ; attempt++)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(AttemptTimeout);
            try
            {
                await socket.SendAsync(query, limit.Token).ConfigureAwait(false);
                while (true)
                {
                    var message = await socket.ReceiveAsync(limit.Token).ConfigureAwait(false);
                    if (Decode(message, id) is { } answer) return answer;
                }
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && attempt < Attempts)
            {
                continue; // The datagram was lost: ask again.
            }
        }
    }

    private static byte[]? Encode(ushort id, string name)
    {
        try
        {
            return DnsCodec.Write(DnsMessage.Query(id, name, DnsType.A, UdpSize));
        }
        catch (DnsFormatException)
        {
            return null; // Too long with this domain appended; the next one may fit.
        }
    }

    private static DnsMessage? Decode(ReadOnlyMemory<byte> bytes, ushort id)
    {
        try
        {
            return DnsCodec.Read(bytes.Span) is { IsResponse: true } message && message.Id == id ? message : null;
        }
        catch (DnsFormatException)
        {
            return null; // Not for us; the answer may yet come.
        }
    }

    private static string Count(int names) => names == 1 ? "1 question" : $"{names} questions";
}
