using ClusterEmu.Api;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>What the API server derives from the objects in its store. It follows every write at once, and is lost and found with it.</summary>
/// <param name="Services">The addresses and ports that Services hold.</param>
/// <param name="Custom">The kinds that CustomResourceDefinitions make.</param>
public sealed record ServerState(ServiceAllocations Services, CustomKinds Custom)
{
    public static readonly ServerState Empty = new(ServiceAllocations.Empty, CustomKinds.None);

    /// <summary>The state after one more log entry. Pure.</summary>
    public ServerState Apply(StoreEvent change)
    {
        var (services, custom) = (Services.Apply(change), Custom);
        if (change.Kind == Kinds.CustomResourceDefinition)
            custom = change.Type == StoreEventType.Deleted ? custom.Without(change.Object.Name) : custom.With((CustomResourceDefinition)change.Object.Decode());
        return ReferenceEquals(services, Services) && ReferenceEquals(custom, Custom) ? this : new ServerState(services, custom);
    }

    /// <summary>The resource whose definition a log entry takes away; null if it does not.</summary>
    public static string? EndOf(StoreEvent change) =>
        change.Type == StoreEventType.Deleted && change.Kind == Kinds.CustomResourceDefinition ? change.Object.Name : null;
}
