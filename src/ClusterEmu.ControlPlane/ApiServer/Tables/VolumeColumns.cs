using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>Rows of PersistentVolumes and their claims. Source: printPersistentVolume, printPersistentVolumeClaim.</summary>
internal static class VolumeColumns
{
    private const string Unset = "<unset>";
    private const string ClassAnnotation = "volume.beta.kubernetes.io/storage-class";
    private static readonly (string Mode, string Short)[] Modes = [("ReadWriteOnce", "RWO"), ("ReadOnlyMany", "ROX"), ("ReadWriteMany", "RWX"), ("ReadWriteOncePod", "RWOP")];

    public static readonly TableColumns Volumes = TableColumns.Of<PersistentVolume>(
        "Name:name Capacity Access_Modes Reclaim_Policy Status Claim StorageClass VolumeAttributesClass Reason Age VolumeMode+",
        (volume, now) =>
        [
            volume.Metadata.Name,
            Storage(volume.Spec.Capacity),
            Short(volume.Spec.AccessModes),
            volume.Spec.PersistentVolumeReclaimPolicy,
            volume.Metadata.DeletionTimestamp is null ? volume.Status.Phase : "Terminating",
            volume.Spec.ClaimRef is { } claim ? $"{claim.Namespace}/{claim.Name}" : "",
            volume.Metadata.Annotations.GetValueOrDefault(ClassAnnotation, volume.Spec.StorageClassName),
            volume.Spec.VolumeAttributesClassName ?? Unset,
            volume.Status.Reason,
            TableCatalog.Age(volume, now),
            volume.Spec.VolumeMode ?? Unset,
        ]);

    public static readonly TableColumns Claims = TableColumns.Of<PersistentVolumeClaim>(
        "Name:name Status Volume Capacity Access_Modes StorageClass VolumeAttributesClass Age VolumeMode+",
        (claim, now) =>
        {
            var isBound = claim.Spec.VolumeName.Length > 0;
            return
            [
                claim.Metadata.Name,
                claim.Metadata.DeletionTimestamp is null ? claim.Status.Phase : "Terminating",
                claim.Spec.VolumeName,
                isBound ? Storage(claim.Status.Capacity) : "",
                isBound ? Short(claim.Status.AccessModes) : "",
                claim.Metadata.Annotations.GetValueOrDefault(ClassAnnotation, claim.Spec.StorageClassName ?? ""),
                claim.Spec.VolumeAttributesClassName ?? Unset,
                TableCatalog.Age(claim, now),
                claim.Spec.VolumeMode ?? Unset,
            ];
        });

    private static string Storage(IReadOnlyDictionary<string, Quantity> amounts) => amounts.GetValueOrDefault("storage").ToString();

    private static string Short(IReadOnlyList<string> modes) => string.Join(',', Modes.Where(known => modes.Contains(known.Mode)).Select(known => known.Short));
}
