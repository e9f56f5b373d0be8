using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography;

namespace ClusterEmu.Hosting;

/// <summary>The machine's clock, and streams split from one seed.</summary>
/// <remarks>UIDs come from the machine even under a given seed: a restarted process must not give its old ones out again.</remarks>
public sealed class LiveDeterminism : Determinism
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly RandomStream _uids;
    private readonly Lock _uidLock = new();

    /// <param name="seed">Null takes one from the machine.</param>
    public LiveDeterminism(ulong? seed = null)
    {
        Seed = seed ?? MachineSeed();
        _uids = new RandomStream(MachineSeed());
    }

    /// <summary>The seed in use, for reports.</summary>
    public ulong Seed { get; }

    public override DateTimeOffset UtcNow => DateTimeOffset.UtcNow;

    public override long Microseconds => (long)Stopwatch.GetElapsedTime(_start).TotalMicroseconds;

    public override RandomStream Stream(string name) => new(RandomStream.SeedOf(Seed, name));

    public override string NewUid()
    {
        ulong high, low;
        lock (_uidLock)
        {
            high = _uids.Next();
            low = _uids.Next();
        }
        return UidFormat.FromBits(high, low);
    }

    private static ulong MachineSeed() => BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(8));
}
