using System.Globalization;
using System.Net;
using ClusterEmu.Client;
using ClusterEmu.ControlPlane.ApiServer;
using ClusterEmu.Fabric;
using ClusterEmu.Network;

namespace ClusterEmu.ControlPlane;

/// <summary>The control plane's process. Sections <c>cluster-emu.control-plane</c> and <c>cluster-emu.process</c>.</summary>
public sealed record ControlPlaneOptions
{
    /// <summary>Address that the API server listens on. Default: 127.0.0.1, so that only this machine reaches it.</summary>
    public string ListenAddress { get; init; } = "127.0.0.1";

    /// <summary>Its port, 0 to 65535; 0 takes a free one. Default: 0.</summary>
    public int ListenPort { get; init; }

    /// <summary>Host name or address under which other processes reach the API server; empty: the listen address. Default: empty.</summary>
    public string AdvertisedHost { get; init; } = "";

    /// <summary>Directory of <c>store.db</c>; it must exist and be writable. Empty: nothing outlives the process. Default: empty.</summary>
    public string StateDirectory { get; init; } = "";

    /// <summary>Directory with <c>ca.crt</c>, <c>apiserver.crt</c>, <c>apiserver.key</c> and <c>token</c>.</summary>
    public string PkiDirectory { get; init; } = "";

    /// <summary>Whether the API is served over HTTPS. Off: only code in this process reaches it. Default: on.</summary>
    public bool Serve { get; init; } = true;

    /// <summary>ClusterIPs come from here; IPv4, a prefix of 12 to 28. Default: 10.96.0.0/12.</summary>
    public string ServiceRange { get; init; } = "10.96.0.0/12";

    /// <summary>The first node port, 1 to 65535. Default: 30000.</summary>
    public int FirstNodePort { get; init; } = 30000;

    /// <summary>The last node port, not below the first. Default: 32767.</summary>
    public int LastNodePort { get; init; } = 32767;

    /// <summary>The control plane's address in the fabric, which the Service <c>kubernetes</c> leads to. Default: 172.18.0.1.</summary>
    public string FabricAddress { get; init; } = "172.18.0.1";

    /// <summary>The Kubernetes version that is reported, <c>v1.MINOR.PATCH</c>. Default: v1.32.0.</summary>
    public string Version { get; init; } = "v1.32.0";

    /// <summary>Replicas of the Deployment <c>coredns</c> at first start. 0 or more. Default: 2.</summary>
    public int DnsReplicas { get; init; } = 2;

    /// <summary>How often the Service <c>kubernetes</c> is looked after. Above 0, at most 10 s. Default: 5 s.</summary>
    public TimeSpan BootstrapPeriod { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets and lists that are worked on at a time; more are answered with 429. 1 to 100000. Default: 400, as in Kubernetes.</summary>
    public int MaxRequestsInFlight { get; init; } = 400;

    /// <summary>Changing requests that are worked on at a time; more are answered with 429. 1 to 100000. Default: 200, as in Kubernetes.</summary>
    public int MaxMutatingRequestsInFlight { get; init; } = 200;

    /// <summary>Watches over HTTPS that are open at a time; more are answered with 429. 1 to 1000000. Default: 20000.</summary>
    public int MaxWatches { get; init; } = 20_000;

    /// <summary>Bytes of old changes that are kept for watches to go on from, 65536 or more. Default: 256 MiB.</summary>
    public long WatchWindow { get; init; } = 256L << 20;

    /// <summary>Age up to which old changes are kept for them. Above 0. Default: 5 min.</summary>
    public TimeSpan WatchWindowAge { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long the server waits for a request's body. Above 0. Default: 1 min, as Kubernetes' --request-timeout.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The options of a configuration; the addresses are those of <c>cluster-emu.network</c>.</summary>
    /// <exception cref="ConfigurationException">A value is of the wrong kind; the message names it.</exception>
    public static ControlPlaneOptions From(Config config)
    {
        var defaults = new ControlPlaneOptions();
        var addresses = ClusterAddresses.From(config);
        return new ControlPlaneOptions
        {
            ListenAddress = config.GetString("cluster-emu.control-plane.listen-address", defaults.ListenAddress) ?? "",
            ListenPort = config.GetInt("cluster-emu.control-plane.listen-port", defaults.ListenPort),
            StateDirectory = config.GetString("cluster-emu.control-plane.state-directory", defaults.StateDirectory) ?? "",
            PkiDirectory = config.GetString("cluster-emu.process.pki-directory", defaults.PkiDirectory) ?? "",
            Serve = config.GetBoolean("cluster-emu.control-plane.serve", defaults.Serve),
            AdvertisedHost = config.GetString("cluster-emu.control-plane.advertised-host", defaults.AdvertisedHost) ?? "",
            ServiceRange = addresses.ServiceRange.ToString(),
            FirstNodePort = config.GetInt("cluster-emu.control-plane.first-node-port", defaults.FirstNodePort),
            LastNodePort = config.GetInt("cluster-emu.control-plane.last-node-port", defaults.LastNodePort),
            FabricAddress = addresses.ControlPlane.ToString(),
            Version = config.GetString("cluster-emu.control-plane.version", defaults.Version) ?? "",
            DnsReplicas = config.GetInt("cluster-emu.control-plane.dns-replicas", defaults.DnsReplicas),
            MaxRequestsInFlight = config.GetInt("cluster-emu.control-plane.max-requests-in-flight", defaults.MaxRequestsInFlight),
            MaxMutatingRequestsInFlight = config.GetInt("cluster-emu.control-plane.max-mutating-requests-in-flight", defaults.MaxMutatingRequestsInFlight),
            MaxWatches = config.GetInt("cluster-emu.control-plane.max-watches", defaults.MaxWatches),
            BootstrapPeriod = config.GetTimeSpan("cluster-emu.control-plane.bootstrap-period", defaults.BootstrapPeriod),
            WatchWindow = config.GetByteSize("cluster-emu.control-plane.watch-window", defaults.WatchWindow) ?? 0,
            WatchWindowAge = config.GetTimeSpan("cluster-emu.control-plane.watch-window-age", defaults.WatchWindowAge),
            RequestTimeout = config.GetTimeSpan("cluster-emu.control-plane.request-timeout", defaults.RequestTimeout),
        };
    }

    /// <summary>Every problem, with key, value and remedy; empty if the options can be used.</summary>
    public IEnumerable<string> Problems()
    {
        if (!IPAddress.TryParse(ListenAddress, out _))
            yield return $"cluster-emu.control-plane.listen-address is '{ListenAddress}', but must be an IP address of this machine. Delete the line to get 127.0.0.1.";
        if (ProcessEndpointOptions.IsEveryAddress(ListenAddress) && AdvertisedHost.Length == 0)
            yield return ProcessEndpointOptions.NobodyCanDial("cluster-emu.control-plane", ListenAddress);
        if (ListenPort is < 0 or > 65535)
            yield return $"cluster-emu.control-plane.listen-port is {ListenPort}, but must lie between 0 and 65535. 0 takes a free port.";
        if (Serve && PkiDirectory.Length == 0)
            yield return "cluster-emu.process.pki-directory is empty, but the API server needs its certificate. Make one with 'clusteremu pki', and name its directory.";
        if (!Cidr.TryParse(ServiceRange, out var range) || !range.IsV4 || range.Prefix is < 12 or > 28)
            yield return $"cluster-emu.network.service-range is '{ServiceRange}', but must be an IPv4 range with a prefix of 12 to 28. Usual: 10.96.0.0/12.";
        if (FirstNodePort is < 1 or > 65535)
            yield return $"cluster-emu.control-plane.first-node-port is {FirstNodePort}, but must lie between 1 and 65535. Usual: 30000.";
        if (LastNodePort > 65535 || LastNodePort < FirstNodePort)
            yield return $"cluster-emu.control-plane.last-node-port is {LastNodePort}, but must lie between {FirstNodePort} and 65535. Usual: 32767.";
        if (!Ip.TryParse(FabricAddress, out _))
            yield return $"The control plane's address in the fabric is '{FabricAddress}', but must be an IP address: the first of cluster-emu.network.node-range. Usual: 172.18.0.1.";
        if (ParseVersion(Version) is null)
            yield return $"cluster-emu.control-plane.version is '{Version}', but must look like v1.32.0.";
        if (DnsReplicas < 0)
            yield return $"cluster-emu.control-plane.dns-replicas is {DnsReplicas}, but must be 0 or more. Usual: 2.";
        if (MaxRequestsInFlight is < 1 or > 100_000)
            yield return $"cluster-emu.control-plane.max-requests-in-flight is {MaxRequestsInFlight}, but must lie between 1 and 100000. Usual: 400.";
        if (MaxMutatingRequestsInFlight is < 1 or > 100_000)
            yield return $"cluster-emu.control-plane.max-mutating-requests-in-flight is {MaxMutatingRequestsInFlight}, but must lie between 1 and 100000. Usual: 200.";
        if (MaxWatches is < 1 or > 1_000_000)
            yield return $"cluster-emu.control-plane.max-watches is {MaxWatches}, but must lie between 1 and 1000000. Usual: 20000.";
        if (BootstrapPeriod <= TimeSpan.Zero || BootstrapPeriod > TimeSpan.FromSeconds(10))
            yield return $"cluster-emu.control-plane.bootstrap-period is {BootstrapPeriod}, but must be above 0 and at most 10s. Usual: 5s.";
        if (WatchWindow < 65536)
            yield return $"cluster-emu.control-plane.watch-window is {WatchWindow} bytes, but must be 64KiB or more. Usual: 256MiB.";
        if (WatchWindowAge <= TimeSpan.Zero)
            yield return $"cluster-emu.control-plane.watch-window-age is {WatchWindowAge}, but must be above 0. Usual: 5m.";
        if (RequestTimeout <= TimeSpan.Zero)
            yield return $"cluster-emu.control-plane.request-timeout is {RequestTimeout}, but must be above 0. Usual: 1m.";
    }

    internal AllocationRanges Ranges => new() { Services = Cidr.Parse(ServiceRange), FirstNodePort = FirstNodePort, LastNodePort = LastNodePort };

    internal static (string Major, string Minor)? ParseVersion(string version)
    {
        var parts = version.Split('.');
        return parts.Length == 3 && parts[0].StartsWith('v') && parts.All(part => int.TryParse(part.AsSpan().TrimStart('v'), NumberStyles.None, CultureInfo.InvariantCulture, out _))
            ? (parts[0][1..], parts[1])
            : null;
    }
}
