namespace ClusterEmu.Hosting;

/// <summary>The clock and the random source of an actor system. The only ones that actors use.</summary>
/// <remarks>
/// Live, it is the machine's clock and a seed from the machine (or <c>cluster-emu.seed</c>). In simulation it is
/// the virtual clock and the run's seed. Get it by <c>Determinism.For(Context.System)</c>.
/// </remarks>
public abstract class Determinism : IExtension
{
    /// <summary>Wall-clock time, for timestamps in objects.</summary>
    public abstract DateTimeOffset UtcNow { get; }

    /// <summary>Time since the system began, in microseconds; never goes back. For durations.</summary>
    public abstract long Microseconds { get; }

    /// <summary>
    /// An independent random stream. The same seed and name always give the same numbers, whatever other streams drew.
    /// The stream is not thread-safe: whoever takes it owns it.
    /// </summary>
    public abstract RandomStream Stream(string name);

    /// <summary>A new UID in Kubernetes' form (RFC 9562 version 4); in simulation from the seed. Thread-safe.</summary>
    public abstract string NewUid();

    public static Determinism For(ActorSystem system) => DeterminismProvider.Instance.Apply(system);
}
