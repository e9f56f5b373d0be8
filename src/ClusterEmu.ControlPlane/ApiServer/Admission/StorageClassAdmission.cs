using ClusterEmu.Api;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>Gives a claim that names no storage class the default one. Source: plugin/pkg/admission/storage/storageclass/setdefault.</summary>
internal static class StorageClassAdmission
{
    private const string ClassAnnotation = "volume.beta.kubernetes.io/storage-class";
    private static readonly string[] DefaultAnnotations = ["storageclass.kubernetes.io/is-default-class", "storageclass.beta.kubernetes.io/is-default-class"];

    /// <summary>Whether claims that name no class get this one.</summary>
    public static bool IsDefault(StorageClass value) => DefaultAnnotations.Any(key => value.Metadata.Annotations.GetValueOrDefault(key) == "true");

    /// <summary>Of several defaults the newest counts; of those of one second, the first by name. An empty class means none at all.</summary>
    public static PersistentVolumeClaim Admit(PersistentVolumeClaim claim, StoreSnapshot objects)
    {
        if (claim.Spec.StorageClassName is not null || claim.Metadata.Annotations.ContainsKey(ClassAnnotation)) return claim;
        var name = objects.List(Kinds.StorageClass).Select(stored => (StorageClass)stored.Decode()).Where(IsDefault)
            .OrderByDescending(value => value.Metadata.CreationTimestamp)
            .FirstOrDefault()?.Metadata.Name;
        return name is null ? claim : claim with { Spec = claim.Spec with { StorageClassName = name } };
    }
}
