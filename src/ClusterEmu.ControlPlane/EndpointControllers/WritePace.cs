using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane;

/// <summary>Bounds how much is written about each object in a burst, and lets isolated changes through at once. Pure: told the time.</summary>
/// <remarks>
/// Each object has a credit of <paramref name="burst"/> that grows back as time passes. A write takes from it in proportion to
/// what it holds, and may overdraw it; it goes at once as long as no more is owed than the credit. So a change that finds
/// the credit full never waits, and in the long run an object is written for at most <paramref name="perItem"/> per item:
/// one of a thousand items ten times a second at 0.1 ms.
/// </remarks>
/// <param name="perItem">What an item of a write costs. Above 0.</param>
/// <param name="burst">The credit of each object. 0 or more.</param>
public sealed class WritePace(TimeSpan perItem, TimeSpan burst)
{
    private readonly long _perItem = (long)perItem.TotalMicroseconds;
    private readonly long _burst = (long)burst.TotalMicroseconds;

    // When all that was written will have been paid; without an entry, nothing is owed.
    private readonly Dictionary<ObjectKey, long> _paidAt = [];

    /// <summary>How long a write of the object must still wait.</summary>
    /// <param name="key">The object.</param>
    /// <param name="now">Microseconds of any clock that does not go back.</param>
    /// <returns>Null: it may be written now.</returns>
    public TimeSpan? Wait(ObjectKey key, long now)
    {
        if (!_paidAt.TryGetValue(key, out var paid)) return null;
        var over = paid - now - _burst;
        if (over > 0) return TimeSpan.FromMicroseconds(over);
        if (paid <= now) _paidAt.Remove(key);
        return null;
    }

    /// <summary>The object is being written, with so many items.</summary>
    public void Spend(ObjectKey key, int items, long now) =>
        _paidAt[key] = Math.Max(_paidAt.GetValueOrDefault(key, now), now) + (items * _perItem);

    /// <summary>The object is gone.</summary>
    public void Forget(ObjectKey key) => _paidAt.Remove(key);
}
