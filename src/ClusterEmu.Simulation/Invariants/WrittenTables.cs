using ClusterEmu.Api;
using ClusterEmu.Network;

namespace ClusterEmu.Simulation;

/// <summary>The tables that the API's state compiled to lately, for nodes with no fault between the API and their tables.</summary>
public sealed class WrittenTables
{
    private const long Kept = 60_000_000;

    /// <summary>The time that a change takes from the store to a node process when nothing is disturbed.</summary>
    private const long OnItsWay = 250_000;

    /// <summary>The time that broken watches and backed-off clients take to be whole again.</summary>
    private const long Recovery = 30_000_000;

    private readonly TableCompiler _compiler = new();
    private readonly TableHistory _history = new(Kept);
    private readonly SimulatedWorld _world;

    internal WrittenTables(SimulatedWorld world)
    {
        _world = world;
        world.Record.Listen(Changed);
    }

    /// <summary>The tables that may be in force on a node at a moment; null if nothing is promised then, for something was disturbed on the way to them shortly before.</summary>
    /// <param name="site">The node's process.</param>
    /// <param name="at">The moment.</param>
    /// <param name="behind">How far the node may be behind its process.</param>
    public TableSpan? Within(NodesSite site, long at, long behind)
    {
        if (_world.Disturbances.CalmSince(site) is not { } calm || _world.Record.ServesSince is not { } serves || !site.IsUp) return null;
        if (calm > 0 && at - calm < Recovery) return null;
        return at - serves < OnItsWay + behind ? null : _history.Within(at - behind - OnItsWay, at);
    }

    private void Changed(ApiChange change)
    {
        var version = change.Object.Metadata.ResourceVersion;
        switch (change.Object)
        {
            case Service service:
                _ = change.Now is null ? _compiler.RemoveService(service, version) : _compiler.SetService(service, version);
                break;
            case EndpointSlice slice:
                _ = change.Now is null ? _compiler.RemoveSlice(slice, version) : _compiler.SetSlice(slice, version);
                break;
            default:
                return;
        }
        _history.Add(change.AtMicroseconds, _compiler.Root);
    }
}
