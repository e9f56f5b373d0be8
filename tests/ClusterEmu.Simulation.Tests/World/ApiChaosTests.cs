using System.Globalization;
using ClusterEmu.Hosting;

namespace ClusterEmu.Simulation.Tests;

/// <summary>Random clients, kills and faults at the API: whatever the seed, its promises hold.</summary>
public sealed class ApiChaosTests
{
    private const int Seeds = 6;

    [Theory]
    [InlineData("calm")]
    [InlineData("kills")]
    [InlineData("errors")]
    [InlineData("disk")]
    [InlineData("links")]
    [InlineData("all")]
    public void ThePromisesOfTheApiHold(string mix)
    {
        var from = Setting("CLUSTEREMU_SEED", 1);
        for (var seed = from; seed < from + Setting("CLUSTEREMU_SEEDS", Seeds); seed++) Run(mix, (ulong)seed);
    }

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private static void Run(string mix, ulong seed)
    {
        var world = new SimulatedWorld(new WorldOptions { Nodes = 2, WatchBuffer = 8 }, seed);
        var invariants = ApiInvariants.All();
        foreach (var invariant in invariants) invariant.Attach(world);
        world.Start();
        world.Writers.Start(new WriterOptions { PerSecond = 20 });
        var random = world.Stream("chaos");
        var faults = new List<IDisposable>();
        for (var second = 1; second <= 20; second++)
        {
            Disturb(world, mix, random, faults);
            world.Executor.RunUntil(second * 1_000_000L, () => world.Violation is not null);
            foreach (var invariant in invariants) invariant.Check(healed: false);
            Demand(world, mix, seed);
        }
        foreach (var fault in faults) fault.Dispose();
        world.Start();
        var (acknowledged, events) = (world.Writers.Acknowledged, world.Writers.Events);
        world.Executor.RunUntil(40_000_000, () => world.Violation is not null); // Healed: within 20 s all can write and watch again.
        Demand(world, mix, seed);
        Assert.True(world.Writers.Acknowledged > acknowledged + 50 && world.Writers.Events > events + 50,
            $"{mix}, seed {seed}: {world.Writers.Acknowledged - acknowledged} writes and {world.Writers.Events - events} events in 20 s after healing.");
        world.Writers.Stop();
        world.Executor.RunUntil(100_000_000, () => world.Violation is not null);
        foreach (var invariant in invariants) invariant.Check(healed: true);
        Demand(world, mix, seed);
        Assert.True(world.ControlPlane.IsBootstrapped, $"{mix}, seed {seed}: the control plane is not up again.");
    }

    private static void Demand(SimulatedWorld world, string mix, ulong seed) =>
        Assert.True(world.Violation is null, $"{mix}, seed {seed}: {world.Violation}");

    private static void Disturb(SimulatedWorld world, string mix, RandomStream random, List<IDisposable> faults)
    {
        if (faults.Count > 0 && random.Next(2) == 0)
        {
            var index = random.Next(faults.Count);
            faults[index].Dispose();
            faults.RemoveAt(index);
        }
        var name = string.Create(CultureInfo.InvariantCulture, $"f{world.Now}");
        var sites = new List<SimulatedSite> { world.ControlPlane }.Concat(world.Nodes).ToList();
        if (mix is "kills" or "all" && random.Next(3) == 0)
        {
            var site = sites[random.Next(sites.Count)];
            var at = world.Now + random.Next(1_000_000);
            world.Executor.At(at, site.Kill);
            world.Executor.At(at + random.Next(2_000_000), site.Start);
            if (random.Next(3) > 0) return;
            // Again, while it still starts.
            world.Executor.At(at + 2_000_000, site.Start);
            world.Executor.At(at + 2_000_000 + random.Next(20_000), site.Kill);
            world.Executor.At(at + 2_100_000, site.Start);
        }
        if (mix is "errors" or "all" && random.Next(2) == 0)
        {
            faults.Add(world.ApiFaults.Add(random.Next(4) switch
            {
                0 => new ApiFault { Name = name, ErrorPerMillion = random.Next(400_000) },
                1 => new ApiFault { Name = name, SlowPerMillion = random.Next(400_000), SlowMicroseconds = 3_000_000 },
                2 => new ApiFault { Name = name, DropPerMillion = random.Next(200_000), DropCode = random.Next(2) * 410 },
                _ => new ApiFault { Name = name, StallWatches = true },
            }));
        }
        if (mix is "disk" or "all" && random.Next(3) == 0)
        {
            faults.Add(world.ControlPlane.Journal.Add(random.Next(3) switch
            {
                0 => new JournalFault { Name = name, FailPerMillion = random.Next(500_000) },
                1 => new JournalFault { Name = name, SlowMicroseconds = 50_000 },
                _ => new JournalFault { Name = name, Stalls = true },
            }));
        }
        if (mix is "links" or "all" && random.Next(2) == 0)
        {
            var site = random.Next(3) == 0 ? "client" : sites[random.Next(sites.Count)].Name;
            faults.Add(world.Links.Add(random.Next(3) switch
            {
                0 => new LinkRule { Name = name, From = [site], Cut = true, BothWays = random.Next(2) == 0 },
                1 => new LinkRule { Name = name, From = [site], LossPerMillion = 200_000 },
                _ => new LinkRule { Name = name, To = [site], ExtraMaxMicroseconds = 300_000 },
            }));
        }
    }
}
