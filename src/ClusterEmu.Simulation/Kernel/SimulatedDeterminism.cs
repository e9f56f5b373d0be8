using ClusterEmu.Hosting;

namespace ClusterEmu.Simulation;

/// <summary>The clock and random source of one life of a simulated process: virtual time, and streams split by name from the run's seed.</summary>
/// <param name="executor">Whose time it is.</param>
/// <param name="process">Whose clock it is.</param>
/// <param name="seed">The run's.</param>
/// <param name="life">The process's name and how often it was started, <c>nodes-1#2</c>: each life draws other numbers.</param>
public sealed class SimulatedDeterminism(SimulatedExecutor executor, SimulatedProcess process, ulong seed, string life) : Determinism
{
    private readonly Action _drawn = () => executor.VerifyThread("a random number was drawn");
    private readonly RandomStream _uids = new(RandomStream.SeedOf(seed, $"uids/{life}"));

    public override DateTimeOffset UtcNow => process.Clock.GetUtcNow();

    public override long Microseconds
    {
        get
        {
            executor.VerifyThread("the clock was read");
            return executor.NowMicroseconds;
        }
    }

    public override RandomStream Stream(string name)
    {
        executor.VerifyThread("a random stream was taken");
        return new RandomStream(RandomStream.SeedOf(seed, $"{life}/{name}"), _drawn);
    }

    public override string NewUid()
    {
        executor.VerifyThread("a UID was drawn");
        return UidFormat.FromBits(_uids.Next(), _uids.Next());
    }
}
