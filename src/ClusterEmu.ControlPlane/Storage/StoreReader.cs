namespace ClusterEmu.ControlPlane.Storage;

/// <summary>Where readers find the newest durable snapshot. The writer publishes by reference; readers take no lock.</summary>
public sealed class StoreReader
{
    private StoreSnapshot? _current;

    public StoreSnapshot Current => Volatile.Read(ref _current) ?? StoreSnapshot.Empty;

    /// <summary>False until the journal has been read: <see cref="Current"/> then says nothing about what is stored.</summary>
    public bool HasRecovered => Volatile.Read(ref _current) is not null;

    internal void Publish(StoreSnapshot snapshot) => Volatile.Write(ref _current, snapshot);
}
