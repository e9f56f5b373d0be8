namespace ClusterEmu.Network;

/// <summary>Connections that all live equally long after their last packet, so that they die in the order of their last packets.</summary>
/// <param name="microseconds">How long.</param>
internal sealed class ConntrackQueue(long microseconds)
{
    private ConntrackEntry? _last;

    /// <summary>The one that dies first; null if there is none.</summary>
    public ConntrackEntry? First { get; private set; }

    /// <summary>Its time starts anew; it may come from another queue.</summary>
    public void Renew(ConntrackEntry entry, long now)
    {
        entry.Queue?.Remove(entry);
        entry.Queue = this;
        entry.ExpiresAt = now + microseconds;
        entry.Sooner = _last;
        if (_last is null) First = entry;
        else _last.Later = entry;
        _last = entry;
    }

    public void Remove(ConntrackEntry entry)
    {
        if (entry.Sooner is { } sooner) sooner.Later = entry.Later;
        else First = entry.Later;
        if (entry.Later is { } later) later.Sooner = entry.Sooner;
        else _last = entry.Sooner;
        entry.Queue = null;
        entry.Sooner = entry.Later = null;
    }
}
