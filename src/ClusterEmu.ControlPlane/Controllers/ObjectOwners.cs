using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane;

/// <summary>Who belongs to whom. Pure. Source: k8s.io/apimachinery meta/v1 controller_ref.go, pkg/controller/controller_ref_manager.go.</summary>
public static class ObjectOwners
{
    /// <summary>The owner that manages the object; null if none does.</summary>
    public static OwnerReference? ControllerOf(IKubeObject value)
    {
        foreach (var owner in value.Metadata.OwnerReferences)
        {
            if (owner.Controller == true) return owner;
        }
        return null;
    }

    public static string? ControllerUid(IKubeObject value) => ControllerOf(value)?.Uid;

    /// <summary>The reference that makes <paramref name="owner"/> the controller of an object.</summary>
    public static OwnerReference Reference(IKubeObject owner) => new()
    {
        ApiVersion = owner.ApiVersion,
        Kind = owner.Kind,
        Name = owner.Metadata.Name,
        Uid = owner.Metadata.Uid,
        Controller = true,
        BlockOwnerDeletion = true,
    };

    /// <summary>The metadata with <paramref name="owner"/> as controller.</summary>
    public static ObjectMeta Adopted(ObjectMeta meta, IKubeObject owner) =>
        meta with { OwnerReferences = [.. meta.OwnerReferences.Where(o => o.Uid != owner.Metadata.Uid), Reference(owner)] };

    /// <summary>The metadata without the owner of that UID.</summary>
    public static ObjectMeta Released(ObjectMeta meta, string uid) =>
        meta with { OwnerReferences = [.. meta.OwnerReferences.Where(o => o.Uid != uid)] };
}
