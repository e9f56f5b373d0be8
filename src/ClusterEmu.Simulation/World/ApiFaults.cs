using ClusterEmu.Client;
using ClusterEmu.Hosting;

namespace ClusterEmu.Simulation;

/// <summary>The faults that lie between clients and the API server now.</summary>
public sealed class ApiFaults
{
    private readonly SimulatedWorld _world;
    private readonly List<Active> _active = [];

    internal ApiFaults(SimulatedWorld world) => _world = world;

    /// <summary>Begins a fault; disposing the handle ends it.</summary>
    public IDisposable Add(ApiFault fault)
    {
        var active = new Active(fault, _world.Stream($"api-fault/{fault.Name}"));
        _active.Add(active);
        if (fault.DropAtOnce) _world.ControlPlane.Port?.Drop(fault);
        return new Handle(() => _active.Remove(active));
    }

    /// <summary>What becomes of a request that has reached the server.</summary>
    internal RequestFate FateOf(string client, ApiCall call)
    {
        var isWrite = call.Verb is not (ApiVerb.Get or ApiVerb.List);
        var fate = RequestFate.Ordinary;
        foreach (var (fault, random) in _active)
        {
            if ((fault.WritesOnly && !isWrite) || !fault.Covers(client, call.Kind.QualifiedPlural)) continue;
            if (fate.Code == 0 && Happens(random, fault.ErrorPerMillion))
            {
                var code = fault.Codes[random.Next(fault.Codes.Count)];
                fate = fate with { Code = code, Done = code == 504 && random.Next(2) == 0 };
            }
            if (Happens(random, fault.SlowPerMillion)) fate = fate with { Delay = fate.Delay + 1 + random.Next((int)Math.Min(fault.SlowMicroseconds, int.MaxValue)) };
        }
        return fate;
    }

    internal bool Stalls(string client, WatchCall call)
    {
        foreach (var (fault, _) in _active)
        {
            if (fault.StallWatches && fault.Covers(client, call.Kind.QualifiedPlural)) return true;
        }
        return false;
    }

    /// <summary>Whether the stream ends after the event that is sent now, and with which code.</summary>
    internal int? Drop(string client, WatchCall call)
    {
        foreach (var (fault, random) in _active)
        {
            if (fault.DropPerMillion > 0 && fault.Covers(client, call.Kind.QualifiedPlural) && Happens(random, fault.DropPerMillion)) return fault.DropCode;
        }
        return null;
    }

    private static bool Happens(RandomStream random, int perMillion) => perMillion > 0 && random.Next(1_000_000) < perMillion;

    private sealed record Active(ApiFault Fault, RandomStream Random);
}

/// <param name="Code">The error to answer with; 0: none.</param>
/// <param name="Done">Whether the request is carried out all the same.</param>
/// <param name="Delay">How long the answer waits, in microseconds.</param>
internal readonly record struct RequestFate(int Code, bool Done, long Delay)
{
    public static readonly RequestFate Ordinary = new(0, true, 0);
}
