using ClusterEmu.Hosting;

namespace ClusterEmu.Simulation;

/// <summary>A process's wall clock is wrong. Parameters <c>process</c>, <c>skew</c> (up to 10 s, <c>-</c> for behind).</summary>
public sealed class ClockSkewFault : IFaultKind
{
    public string Name => "clock-skew";

    public IReadOnlyList<string> Keys => ["process", "skew"];

    public PlannedFault Draw(RandomStream random, FaultSetting setting) => setting.Plan(
        random,
        ("process", setting.Pick(random, ["control-plane", .. FaultSites.NodeProcessesOf(setting.World)])),
        ("skew", (random.Next(2) == 0 ? "-" : "") + VirtualTime.Text(setting.Scaled(random, 10_000) * VirtualTime.Millisecond)));

    public IDisposable Apply(SimulatedWorld world, PlannedFault fault)
    {
        var site = world.SiteOf(fault.Text("process"));
        var skewed = site.Process; // A process that is started again has a right clock.
        if (skewed is not null) skewed.Skew = TimeSpan.FromMicroseconds(fault.Time("skew"));
        return FaultSites.Ending(() =>
        {
            if (skewed is not null) skewed.Skew = TimeSpan.Zero;
        });
    }
}
