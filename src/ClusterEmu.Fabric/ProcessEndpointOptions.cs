using System.Net;

namespace ClusterEmu.Fabric;

/// <summary>Where a process answers the API server and the command line. Section <c>cluster-emu.process</c>.</summary>
public sealed record ProcessEndpointOptions
{
    /// <summary>Name of the process; its certificate is NAME.crt in <see cref="PkiDirectory"/>. No default.</summary>
    public string Name { get; init; } = "";

    /// <summary>Address to bind to. Default: 127.0.0.1.</summary>
    public string ListenAddress { get; init; } = "127.0.0.1";

    /// <summary>Port, 0 to 65535; 0 takes a free one. Default: 0.</summary>
    public int Port { get; init; }

    /// <summary>Host name or address under which others reach it; empty: the listen address. Default: empty.</summary>
    public string AdvertisedHost { get; init; } = "";

    /// <summary>Directory of the cluster's keys. No default.</summary>
    public string PkiDirectory { get; init; } = "";

    public static ProcessEndpointOptions From(Config config)
    {
        var defaults = new ProcessEndpointOptions();
        return new ProcessEndpointOptions
        {
            Name = config.GetString("cluster-emu.process.name", defaults.Name) ?? "",
            ListenAddress = config.GetString("cluster-emu.process.listen-address", defaults.ListenAddress) ?? "",
            Port = config.GetInt("cluster-emu.process.port", defaults.Port),
            AdvertisedHost = config.GetString("cluster-emu.process.advertised-host", defaults.AdvertisedHost) ?? "",
            PkiDirectory = config.GetString("cluster-emu.process.pki-directory", defaults.PkiDirectory) ?? "",
        };
    }

    /// <summary>Every problem, with key, value and remedy; empty if the options can be used.</summary>
    public IEnumerable<string> Problems()
    {
        if (Name.Length == 0)
            yield return "cluster-emu.process.name is empty, but the process's certificate and Lease go by it. Set it, such as nodes-1.";
        if (!IPAddress.TryParse(ListenAddress, out _))
            yield return $"cluster-emu.process.listen-address is '{ListenAddress}', but must be an IP address of this machine. Delete the line to get 127.0.0.1.";
        if (IsEveryAddress(ListenAddress) && AdvertisedHost.Length == 0)
            yield return NobodyCanDial("cluster-emu.process", ListenAddress);
        if (Port is < 0 or > 65535)
            yield return $"cluster-emu.process.port is {Port}, but must lie between 0 and 65535. 0 takes a free port.";
        if (PkiDirectory.Length == 0)
            yield return "cluster-emu.process.pki-directory is empty, but the process needs its certificate. Name the cluster's directory of keys.";
    }

    /// <summary>Whether it means all addresses of the machine, so that nobody can dial it.</summary>
    public static bool IsEveryAddress(string address) =>
        IPAddress.TryParse(address, out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any));

    /// <summary>The problem of a section that listens on all addresses and does not say which of them others should use.</summary>
    public static string NobodyCanDial(string section, string address) =>
        $"{section}.listen-address is {address}, every address of this machine, but {section}.advertised-host is empty, so that no other process knows what to dial. Set it to this machine's name or address.";
}
