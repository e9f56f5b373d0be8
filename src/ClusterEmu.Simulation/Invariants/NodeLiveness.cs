using ClusterEmu.Api;

namespace ClusterEmu.Simulation;

/// <summary>
/// Leases: a node that is cut off or down does not renew its Lease, and a node that does not renew it becomes not ready within the grace
/// period of a control plane that runs undisturbed.
/// </summary>
public sealed class NodeLiveness : IInvariant
{
    /// <summary>
    /// A renewal that was on its way may still arrive so long after its node went silent; and one that a link kept, so long after that healed,
    /// even if its sender has died meanwhile.
    /// </summary>
    private const long OnItsWay = 8_000_000;

    /// <summary>Time for the controller to write, beyond the grace period.</summary>
    private const long Slack = 2_000_000;

    private readonly Dictionary<string, long> _sign = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _silentSince = new(StringComparer.Ordinal);
    private readonly HashSet<string> _cut = new(StringComparer.Ordinal);
    private SimulatedWorld _world = null!;
    private long _grace;
    private long _quietSince = long.MaxValue;

    public string Name => "node-leases";

    public void Attach(SimulatedWorld world)
    {
        _world = world;
        _grace = (long)world.Options.Controllers.NodeGrace.TotalMicroseconds; // Of nodes that have reported, which a Ready one has.
        world.Record.Listen(Seen);
    }

    public void Check(bool healed)
    {
        Look();
        if (_world.Record.ServesSince is not { } serves || _world.Disturbances.OfControlPlane) _quietSince = long.MaxValue;
        else if (_quietSince == long.MaxValue) _quietSince = Math.Max(serves, _world.Now);
        if (_quietSince == long.MaxValue) return;
        foreach (var node in _world.Record.All<Node>(Kinds.Node))
        {
            var name = node.Metadata.Name;
            var since = Math.Max(_quietSince, _sign.GetValueOrDefault(name));
            if (_world.Now - since <= _grace + Slack || Ready(node)?.Status is not "True") continue;
            _world.Report(new Violation(Name, _world.Now,
                $"Node {name} gave no sign of life for {(_world.Now - since) / 1_000_000} s, but is still Ready; the grace period is {_grace / 1_000_000} s."));
        }
    }

    private void Look()
    {
        foreach (var site in _world.Nodes)
        {
            var cut = _world.Links.IsCut(site.Name, _world.ControlPlane.Name);
            var healed = _cut.Remove(site.Name) && !cut;
            if (cut) _cut.Add(site.Name);
            if (healed || (site.IsUp && !cut)) _silentSince.Remove(site.Name);
            if (!site.IsUp || cut) _silentSince.TryAdd(site.Name, _world.Now);
        }
    }

    private void Seen(ApiChange change)
    {
        if (change.Kind == Kinds.Node && change.Now is Node node)
        {
            if (change.Before is not Node before || Ready(before)?.LastHeartbeatTime != Ready(node)?.LastHeartbeatTime) _sign[node.Metadata.Name] = change.AtMicroseconds;
            return;
        }
        if (change.Kind != Kinds.Lease || change.Now is not Lease lease || lease.Metadata.Namespace != "kube-node-lease") return;
        if (change.Before is Lease former && former.Spec.RenewTime == lease.Spec.RenewTime) return;
        _sign[lease.Metadata.Name] = change.AtMicroseconds;
        Look();
        var site = _world.Nodes.FirstOrDefault(candidate => candidate.Nodes.Contains(lease.Metadata.Name));
        if (site is null || !_silentSince.TryGetValue(site.Name, out var since) || change.AtMicroseconds - since <= OnItsWay) return;
        _world.Report(new Violation(Name, change.AtMicroseconds,
            $"The Lease of {lease.Metadata.Name} was renewed, although its process {site.Name} is down or cut off since {since / 1_000_000m:0.000} s."));
    }

    private static NodeCondition? Ready(Node node) => node.Status.Conditions.FirstOrDefault(condition => condition.Type == "Ready");
}
