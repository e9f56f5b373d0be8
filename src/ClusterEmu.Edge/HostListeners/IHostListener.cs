using ClusterEmu.Network;

namespace ClusterEmu.Edge;

/// <summary>A socket of the host that stands for an address of the emulated world. Implemented in <c>Rim/</c>.</summary>
public interface IHostListener : IDisposable
{
    /// <summary>Where it really is; null if it was never bound.</summary>
    IpPort? Actual { get; }

    /// <summary>Why it could not be bound; null if it could, or need not be.</summary>
    string? Problem { get; }

    /// <summary>Makes clients meet the state from now on. Connections that are open stay so. Does not block.</summary>
    void Set(HostPortState state);
}
