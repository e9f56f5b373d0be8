using ClusterEmu.Network;

namespace ClusterEmu.Simulation;

/// <summary>Tables of a <see cref="TableHistory"/>, the last one first. Looked through for each request of a run, so it makes no objects.</summary>
public readonly struct TableSpan
{
    private readonly List<(long At, TableRoot Root)> _tables;
    private readonly int _first;
    private readonly int _last;
    private readonly bool _withEmpty;

    /// <param name="tables">Oldest first.</param>
    /// <param name="first">The oldest that belongs to the span.</param>
    /// <param name="last">The newest; before <paramref name="first"/> if there is none.</param>
    /// <param name="withEmpty">Whether the empty table comes before them.</param>
    internal TableSpan(List<(long At, TableRoot Root)> tables, int first, int last, bool withEmpty) =>
        (_tables, _first, _last, _withEmpty) = (tables, Math.Max(0, first), last, withEmpty);

    public Enumerator GetEnumerator() => new(this);

    /// <summary>Goes through the tables.</summary>
    public struct Enumerator
    {
        private readonly TableSpan _span;
        private int _next;
        private bool _emptyLeft;

        internal Enumerator(in TableSpan span) => (_span, _next, _emptyLeft, Current) = (span, span._last, span._withEmpty, TableRoot.Empty);

        public TableRoot Current { get; private set; }

        public bool MoveNext()
        {
            if (_next >= _span._first)
            {
                Current = _span._tables[_next--].Root;
                return true;
            }
            Current = TableRoot.Empty;
            (var more, _emptyLeft) = (_emptyLeft, false);
            return more;
        }
    }
}
