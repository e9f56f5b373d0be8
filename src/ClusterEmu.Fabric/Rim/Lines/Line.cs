namespace ClusterEmu.Fabric;

/// <summary>One connection's way through the machines of this process. Its ends ask it before anything passes. Thread-safe.</summary>
internal sealed class Line
{
    private readonly IReadOnlyList<NodeLife> _lives;
    private readonly List<LineEnd> _ends = new(2);
    private volatile LineState _state;

    /// <param name="lives">The lives of the machines passed, as they were before each was passed.</param>
    public Line(IReadOnlyList<NodeLife> lives)
    {
        _lives = lives;
        foreach (var life in lives) life.Join(this);
        Update(); // One of them may have ended since.
    }

    public LineState State => _state;

    /// <summary>Gives a connection an end on this line.</summary>
    public LineEnd End(FabricStream inner)
    {
        var end = new LineEnd(inner, this);
        lock (_ends) _ends.Add(end);
        return end;
    }

    /// <summary>The connection was closed in good order: nothing needs to be known of the machines any more.</summary>
    public void Release()
    {
        // While it is silent the other side still waits, for the answer that the machine's next life will give.
        if (_state != LineState.Whole) return;
        foreach (var life in _lives) life.Leave(this);
    }

    /// <summary>A life on the way changed.</summary>
    public void Update()
    {
        LineEnd[] returned = [];
        lock (_ends)
        {
            var state = LineState.Whole;
            foreach (var life in _lives)
            {
                if (life.State == LineState.Silent) state = LineState.Silent;
                else if (life.State == LineState.Over && state == LineState.Whole) state = LineState.Over;
            }
            if (state == LineState.Over && _state != LineState.Over) returned = [.. _ends];
            _state = state;
        }
        foreach (var end in returned) end.Return();
    }

    /// <summary>Resets all ends if anything hangs in silence.</summary>
    public void Break()
    {
        if (_state == LineState.Whole) return;
        LineEnd[] ends;
        lock (_ends) ends = [.. _ends];
        foreach (var end in ends) end.Break("The process that carried the connection ends.");
    }
}
