using System.Globalization;
using ClusterEmu.Network;

namespace ClusterEmu.Fabric;

/// <summary>What an emulated host outside the cluster answers at a port.</summary>
public enum OutsideAnswer
{
    /// <summary>Takes TCP connections and sends back what it reads.</summary>
    Tcp,

    /// <summary>Answers every HTTP request with 200 and its name.</summary>
    Http,

    /// <summary>The same over TLS, with a certificate of its own making.</summary>
    Https,
}

/// <summary>A host outside the cluster: a database behind an ExternalName, a server behind manual Endpoints.</summary>
/// <param name="Name">Its DNS name, in lower case.</param>
/// <param name="Addresses">At least one.</param>
/// <param name="Ports">Port and answer, at least one; ports 1 to 65535.</param>
public sealed record OutsideHost(string Name, IReadOnlyList<Ip> Addresses, IReadOnlyList<(int Port, OutsideAnswer Answer)> Ports)
{
    /// <summary>The key of the list of hosts.</summary>
    public const string Key = "cluster-emu.outside.hosts";

    /// <summary>The hosts that the guide's manifests speak of.</summary>
    public static readonly IReadOnlyList<string> Defaults =
    [
        "db.example.com 203.0.113.20 5432/tcp 80/http",
        "api.example.com 203.0.113.10,203.0.113.11 443/https",
    ];

    /// <summary>Names and addresses of all hosts, for DNS servers.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<Ip>> NamesOf(IEnumerable<OutsideHost> hosts)
    {
        var names = new Dictionary<string, IReadOnlyList<Ip>>(StringComparer.Ordinal);
        foreach (var host in hosts) names[host.Name] = host.Addresses;
        return names;
    }

    /// <summary>Reads <c>cluster-emu.outside.hosts</c>; without it, the <see cref="Defaults"/>.</summary>
    /// <exception cref="FormatException">A line is no host; the message says what is wrong with it.</exception>
    public static IReadOnlyList<OutsideHost> From(Config config) =>
        [.. (config.HasPath(Key) ? (IEnumerable<string>)config.GetStringList(Key) : (IEnumerable<string>)Defaults).Select(Parse)];

    /// <summary>Reads <c>NAME ADDRESS[,ADDRESS…] PORT/tcp|http|https …</c>.</summary>
    /// <exception cref="FormatException">The line is no host; the message says what is wrong with it.</exception>
    public static OutsideHost Parse(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 3) throw Wrong("it needs a name, addresses and ports");
        var addresses = words[1].Split(',').Select(text => Ip.TryParse(text, out var ip) ? ip : throw Wrong($"'{text}' is no IP address")).ToList();
        var ports = words[2..].Select(text =>
        {
            var parts = text.Split('/');
            return parts.Length == 2
                && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535
                && Enum.TryParse<OutsideAnswer>(parts[1], ignoreCase: true, out var answer) && !char.IsAsciiDigit(parts[1][0])
                ? (port, answer)
                : throw Wrong($"'{text}' is no port; write it like 80/http, 443/https or 5432/tcp");
        }).ToList();
        return new OutsideHost(words[0].ToLowerInvariant(), addresses, ports);

        FormatException Wrong(string why) =>
            new($"{Key}: '{line}' names no outside host: {why}. Write it like 'db.example.com 203.0.113.20 5432/tcp 80/http'.");
    }
}
