namespace ClusterEmu.Fabric;

/// <summary>What a connection meets on its way.</summary>
internal enum LineState
{
    /// <summary>All machines on the way have had power since it was opened.</summary>
    Whole,

    /// <summary>A machine on the way is without power: nothing gets through, and nobody is told.</summary>
    Silent,

    /// <summary>The machine has power again, but knows nothing of the connection: it answers what comes with RST.</summary>
    Over,
}

/// <summary>One life of a machine: from when it has power until it has power anew. Thread-safe.</summary>
internal sealed class NodeLife
{
    private readonly HashSet<Line> _lines = [];
    private volatile LineState _state;

    public LineState State => _state;

    public void Join(Line line)
    {
        lock (_lines) _lines.Add(line);
    }

    public void Leave(Line line)
    {
        lock (_lines) _lines.Remove(line);
    }

    /// <summary>The machine lost its power, or has it again.</summary>
    public void Become(LineState state)
    {
        _state = state;
        foreach (var line in Lines()) line.Update();
    }

    /// <summary>The process ends: what still hangs in silence is reset.</summary>
    public void Close()
    {
        foreach (var line in Lines()) line.Break();
    }

    private Line[] Lines()
    {
        lock (_lines) return [.. _lines];
    }
}
