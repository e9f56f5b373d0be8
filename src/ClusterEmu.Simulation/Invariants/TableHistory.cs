using ClusterEmu.Network;

namespace ClusterEmu.Simulation;

/// <summary>The tables of the last while, each with the moment from which it was the newest.</summary>
/// <param name="keep">How long a table is remembered after the next one came, in microseconds.</param>
public sealed class TableHistory(long keep)
{
    private readonly List<(long At, TableRoot Root)> _tables = [];
    private bool _forgot;

    /// <summary>The newest table; the empty one at the beginning.</summary>
    public TableRoot Newest => _tables.Count == 0 ? TableRoot.Empty : _tables[^1].Root;

    public int Count => _tables.Count;

    /// <param name="at">Not before the last one's.</param>
    /// <param name="root">The table from then on.</param>
    public void Add(long at, TableRoot root)
    {
        // Of several in one moment each may be the one that a node took, and keeps until its next sync.
        if (_tables.Count == 0 || !ReferenceEquals(_tables[^1].Root, root)) _tables.Add((at, root));
        var old = 0;
        while (old + 1 < _tables.Count && _tables[old + 1].At < at - keep) old++;
        if (old == 0) return;
        _tables.RemoveRange(0, old);
        _forgot = true;
    }

    /// <summary>Every table that was the newest at some moment of a span, the last one first; before the first, the empty one was.</summary>
    /// <returns>Holds until the next table is added.</returns>
    public TableSpan Within(long from, long to)
    {
        var last = _tables.Count - 1;
        while (last >= 0 && _tables[last].At > to) last--;
        var first = last;
        while (first > 0 && _tables[first].At > from) first--;
        var reachesBack = first < 0 || _tables[first].At > from;
        return new TableSpan(_tables, first, last, withEmpty: reachesBack && !_forgot);
    }
}
