using ClusterEmu.Network;

namespace ClusterEmu.Fabric;

/// <summary>Remembers the headers of the last minutes, so that a recorded one cannot be played again. Thread-safe.</summary>
/// <remarks>Two generations of at most <see cref="PerGeneration"/> each; past that, connections are refused until the next begins.</remarks>
internal sealed class SeenNonces
{
    public const int PerGeneration = 4_000_000;
    private HashSet<long> _now = [];
    private HashSet<long> _before = [];
    private long _since;

    /// <returns>False if the header was seen before, or if too many came.</returns>
    public bool Add(long nonce, long nowMs)
    {
        lock (this)
        {
            // A header is valid for MaxAgeMs to either side of its time.
            if (nowMs - _since > 2 * FabricHeader.MaxAgeMs)
            {
                (_before, _now) = (_now, []);
                _since = nowMs;
            }
            return _now.Count < PerGeneration && !_before.Contains(nonce) && _now.Add(nonce);
        }
    }
}
