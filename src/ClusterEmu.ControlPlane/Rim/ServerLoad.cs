namespace ClusterEmu.ControlPlane;

/// <summary>What is open at this API server now. Counted by those who open and close it; read from any thread.</summary>
internal sealed class ServerLoad
{
    private int _connections;
    private int _watches;

    /// <summary>Connections from clients, idle ones among them.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Watches that are streamed over them.</summary>
    public int Watches => Volatile.Read(ref _watches);

    public void ConnectionOpened() => Interlocked.Increment(ref _connections);

    public void ConnectionClosed() => Interlocked.Decrement(ref _connections);

    public void WatchOpened() => Interlocked.Increment(ref _watches);

    public void WatchClosed() => Interlocked.Decrement(ref _watches);
}
