namespace ClusterEmu.Cli.Launching;

/// <summary>What a configuration file may not say to <c>up</c>, whose processes all run on this machine and reach each other at 127.0.0.1.</summary>
public static class UpConfiguration
{
    private const string ListenAddress = "cluster-emu.control-plane.listen-address";

    /// <summary>Every problem, with key, value and remedy; empty if the cluster can start. Values that processes check themselves are left to them.</summary>
    /// <param name="own">The user's file by itself.</param>
    public static IEnumerable<string> Problems(Config own)
    {
        if (own.GetString(ListenAddress, "127.0.0.1") is var address and not ("127.0.0.1" or "0.0.0.0"))
            yield return $"{ListenAddress} is '{address}', but 'up' reaches the API server at 127.0.0.1. Use 127.0.0.1 or, for other machines too, 0.0.0.0; "
                + "for other addresses start the processes by hand ('clusteremu run --help').";
        foreach (var key in (string[])["cluster-emu.control-plane.serve", "cluster-emu.fabric.listen"])
            if (own.HasPath(key) && own.GetString(key) is "off" or "false")
                yield return $"{key} is off, but the processes that 'up' starts could not reach each other then. Delete the line.";
    }
}
