namespace ClusterEmu.ControlPlane.Storage;

/// <summary>Where readers find the newest durable snapshot. The writer publishes by reference; readers take no lock.</summary>
public sealed class StoreReader
{
    private StoreState? _current;

    public StoreSnapshot Current => Volatile.Read(ref _current)?.Objects ?? StoreSnapshot.Empty;

    /// <summary>What is derived from the objects of the newest durable snapshot; null until the journal has been read.</summary>
    public object? Derived => Volatile.Read(ref _current)?.Derived;

    /// <summary>False until the journal has been read: <see cref="Current"/> then says nothing about what is stored.</summary>
    public bool HasRecovered => Volatile.Read(ref _current) is not null;

    internal void Publish(StoreState state) => Volatile.Write(ref _current, state);
}
