using ClusterEmu.Fabric;
using ClusterEmu.Network;

namespace ClusterEmu.Simulation;

/// <summary>Where a request can be sent from now.</summary>
/// <param name="Node">The node that its packets leave from; empty for outside.</param>
/// <param name="Origin">LocalPod, LocalHost or Outside.</param>
/// <param name="Address">The source address.</param>
/// <param name="Names">How it resolves names.</param>
/// <param name="Ports">The source ports of that address.</param>
internal sealed record LoadSender(string Node, FlowOrigin Origin, Ip Address, NameSettings Names, SourcePorts Ports)
{
    /// <summary>What is wrong with a <see cref="LoadSpec.From"/>; null if nothing is.</summary>
    public static string? Problem(string from) => from.Split('/') switch
    {
        ["pod" or "app", { Length: > 0 }, { Length: > 0 }] => null,
        ["node", { Length: > 0 }] => null,
        ["outside"] => null,
        ["outside", var ip] when Ip.TryParse(ip, out _) => null,
        _ => $"'{from}' names no sender. Write pod/NS/NAME, app/NS/NAME, node/NAME, outside or outside/IP.",
    };
}

/// <summary>The ephemeral ports of one address, in turn: 32768 to 60999, as Linux.</summary>
internal sealed class SourcePorts
{
    private const int First = 32_768;
    private const int Count = 28_232;
    private int _next;

    public int Next()
    {
        _next = _next + 1 == Count ? 0 : _next + 1;
        return First + _next;
    }
}
