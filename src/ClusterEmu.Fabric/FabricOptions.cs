using System.Globalization;
using System.Net;

namespace ClusterEmu.Fabric;

/// <summary>How this process takes part in the emulated network. Section <c>cluster-emu.fabric</c>.</summary>
public sealed record FabricOptions
{
    /// <summary>Whether other processes may connect. Off: everything must run in this process. Default: on.</summary>
    public bool Listen { get; init; } = true;

    /// <summary>Address that the listener for other processes binds to. Default: 127.0.0.1.</summary>
    public string ListenAddress { get; init; } = "127.0.0.1";

    /// <summary>Its port, 0 to 65535; 0 takes a free one. Default: 0.</summary>
    public int Port { get; init; }

    /// <summary>Host name or address under which other processes reach the listener; empty: the listen address. Default: empty.</summary>
    public string AdvertisedHost { get; init; } = "";

    /// <summary>Directory with <c>fabric.key</c>, which all processes of a cluster share. Needed if <see cref="Listen"/>.</summary>
    public string PkiDirectory { get; init; } = "";

    /// <summary>
    /// Where connections to the control plane's fabric address (172.18.0.1:6443) go, <c>host:port</c>. Empty in a file: host
    /// and port of <c>cluster-emu.process.api-server</c>; if that is empty too, they are refused. Default: empty.
    /// </summary>
    public string ApiServer { get; init; } = "";

    internal EndPoint? ApiServerEndPoint => ParseEndPoint(ApiServer);

    public static FabricOptions From(Config config)
    {
        var defaults = new FabricOptions();
        var apiServer = config.GetString("cluster-emu.fabric.api-server", "") ?? "";
        return new FabricOptions
        {
            Listen = config.GetBoolean("cluster-emu.fabric.listen", defaults.Listen),
            ListenAddress = config.GetString("cluster-emu.fabric.listen-address", defaults.ListenAddress) ?? "",
            Port = config.GetInt("cluster-emu.fabric.port", defaults.Port),
            AdvertisedHost = config.GetString("cluster-emu.fabric.advertised-host", defaults.AdvertisedHost) ?? "",
            PkiDirectory = config.GetString("cluster-emu.process.pki-directory", defaults.PkiDirectory) ?? "",
            ApiServer = apiServer.Length > 0 ? apiServer : HostAndPort(config.GetString("cluster-emu.process.api-server", "") ?? ""),
        };
    }

    /// <summary>Every problem, with key, value and remedy; empty if the options can be used.</summary>
    public IEnumerable<string> Problems()
    {
        if (!IPAddress.TryParse(ListenAddress, out _))
            yield return $"cluster-emu.fabric.listen-address is '{ListenAddress}', but must be an IP address of this machine. Delete the line to get 127.0.0.1.";
        if (Listen && ProcessEndpointOptions.IsEveryAddress(ListenAddress) && AdvertisedHost.Length == 0)
            yield return ProcessEndpointOptions.NobodyCanDial("cluster-emu.fabric", ListenAddress);
        if (Port is < 0 or > 65535)
            yield return $"cluster-emu.fabric.port is {Port}, but must lie between 0 and 65535. 0 takes a free port.";
        if (Listen && PkiDirectory.Length == 0)
            yield return "cluster-emu.process.pki-directory is empty, but the fabric needs the cluster's fabric.key to talk to other processes. Name the directory, or set cluster-emu.fabric.listen = off.";
        if (ApiServer.Length > 0 && ParseEndPoint(ApiServer) is null)
            yield return $"cluster-emu.fabric.api-server is '{ApiServer}', but must be host:port, such as 127.0.0.1:6443.";
    }

    private static string HostAndPort(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Port > 0 ? $"{uri.Host}:{uri.Port}" : "";

    /// <summary>Reads <c>host:port</c>; null if it is none.</summary>
    internal static EndPoint? ParseEndPoint(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon <= 0 || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port > 65535)
            return null;
        var host = text[..colon].Trim('[', ']');
        return IPAddress.TryParse(host, out var ip) ? new IPEndPoint(ip, port) : new DnsEndPoint(host, port);
    }
}
