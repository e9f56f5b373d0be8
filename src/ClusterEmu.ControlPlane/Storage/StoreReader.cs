namespace ClusterEmu.ControlPlane.Storage;

/// <summary>Where readers find the newest durable snapshot. The writer publishes by reference; readers take no lock.</summary>
public sealed class StoreReader
{
    private StoreSnapshot _current = StoreSnapshot.Empty;

    public StoreSnapshot Current => Volatile.Read(ref _current);

    internal void Publish(StoreSnapshot snapshot) => Volatile.Write(ref _current, snapshot);
}
