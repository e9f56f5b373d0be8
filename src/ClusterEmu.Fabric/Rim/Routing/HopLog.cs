using System.Diagnostics;
using ClusterEmu.Network;

namespace ClusterEmu.Fabric;

/// <summary>Collects the hops of one request and gives each its time: microseconds since the request began.</summary>
/// <remarks>Thread-safe: a datagram's answer may come while the next one leaves. At most <see cref="MaxHops"/> are kept.</remarks>
public sealed class HopLog(bool enabled)
{
    public const int MaxHops = 256;
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly List<TraceHop> _hops = [];

    public bool Enabled => enabled;
    public long ElapsedMicroseconds => (long)Stopwatch.GetElapsedTime(_start).TotalMicroseconds;

    public IReadOnlyList<TraceHop> Hops
    {
        get
        {
            lock (_hops) return [.. _hops];
        }
    }

    public void Add(string at, string what, string detail, long? tableRevision = null) =>
        Append(new TraceHop(at, what, detail, tableRevision, ElapsedMicroseconds));

    /// <summary>Adds hops that happened just now.</summary>
    public void AddNow(IReadOnlyList<TraceHop> hops)
    {
        var now = enabled && hops.Count > 0 ? ElapsedMicroseconds : 0;
        foreach (var hop in hops) Append(hop with { AtMicroseconds = now });
    }

    /// <summary>Adds hops whose times count from <paramref name="offset"/> microseconds after this log's start.</summary>
    public void AddFrom(IReadOnlyList<TraceHop> hops, long offset)
    {
        foreach (var hop in hops) Append(hop with { AtMicroseconds = hop.AtMicroseconds + offset });
    }

    private void Append(TraceHop hop)
    {
        if (!enabled) return;
        lock (_hops)
        {
            if (_hops.Count < MaxHops) _hops.Add(hop);
        }
    }
}
