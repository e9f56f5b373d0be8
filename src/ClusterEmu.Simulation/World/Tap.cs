namespace ClusterEmu.Simulation;

/// <summary>Where something is told to whoever listens. Costs nothing while nobody does: ask <see cref="IsHeard"/> before making what to tell.</summary>
public sealed class Tap<T>
{
    private readonly List<Action<T>> _listeners = [];

    public bool IsHeard => _listeners.Count > 0;

    /// <summary>Listens until the handle is disposed. Listeners are called in the order in which they came.</summary>
    public IDisposable Add(Action<T> listener)
    {
        _listeners.Add(listener);
        return new Handle(() => _listeners.Remove(listener));
    }

    /// <summary>Tells all listeners. They may come and go meanwhile.</summary>
    public void Publish(T value)
    {
        for (var i = 0; i < _listeners.Count; i++) _listeners[i](value);
    }
}

/// <summary>Ends something once, however often it is disposed.</summary>
internal sealed class Handle(Action end) : IDisposable
{
    private Action? _end = end;

    public void Dispose()
    {
        var now = _end;
        _end = null;
        now?.Invoke();
    }
}
