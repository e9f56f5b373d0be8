namespace ClusterEmu.Api;

/// <summary>What the API server fills into StorageClasses and CSIDrivers. Source: pkg/apis/storage/v1/defaults.go.</summary>
public static class StorageDefaults
{
    public static StorageClass Apply(StorageClass value) => value with
    {
        ReclaimPolicy = value.ReclaimPolicy ?? "Delete",
        VolumeBindingMode = value.VolumeBindingMode ?? "Immediate",
    };

    public static CSIDriver Apply(CSIDriver driver) => driver with
    {
        Spec = driver.Spec with
        {
            AttachRequired = driver.Spec.AttachRequired ?? true,
            PodInfoOnMount = driver.Spec.PodInfoOnMount ?? false,
            StorageCapacity = driver.Spec.StorageCapacity ?? false,
            FSGroupPolicy = driver.Spec.FSGroupPolicy ?? "ReadWriteOnceWithFSType",
            VolumeLifecycleModes = driver.Spec.VolumeLifecycleModes.Count > 0 ? driver.Spec.VolumeLifecycleModes : ["Persistent"],
            RequiresRepublish = driver.Spec.RequiresRepublish ?? false,
            SELinuxMount = driver.Spec.SELinuxMount ?? false,
        },
    };
}
