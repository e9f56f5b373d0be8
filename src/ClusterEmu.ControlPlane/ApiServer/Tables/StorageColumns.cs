using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>Rows of storage classes and drivers. Source: printStorageClass and the printers after it.</summary>
internal static class StorageColumns
{
    private const string Unset = "<unset>";
    private static readonly string[] DefaultAnnotations = ["storageclass.kubernetes.io/is-default-class", "storageclass.beta.kubernetes.io/is-default-class"];

    public static readonly TableColumns Classes = TableColumns.Of<StorageClass>(
        "Name:name Provisioner ReclaimPolicy VolumeBindingMode AllowVolumeExpansion Age",
        (value, now) =>
        [
            DefaultAnnotations.Any(key => value.Metadata.Annotations.GetValueOrDefault(key) == "true") ? value.Metadata.Name + " (default)" : value.Metadata.Name,
            value.Provisioner,
            value.ReclaimPolicy ?? "Delete",
            value.VolumeBindingMode ?? "Immediate",
            value.AllowVolumeExpansion ?? false,
            TableCatalog.Age(value, now),
        ]);

    public static readonly TableColumns Drivers = TableColumns.Of<CSIDriver>(
        "Name:name AttachRequired:boolean PodInfoOnMount:boolean StorageCapacity:boolean TokenRequests RequiresRepublish:boolean Modes Age",
        (driver, now) =>
        [
            driver.Metadata.Name,
            driver.Spec.AttachRequired ?? true,
            driver.Spec.PodInfoOnMount ?? false,
            driver.Spec.StorageCapacity ?? false,
            driver.Spec.TokenRequests.Count > 0 ? string.Join(',', driver.Spec.TokenRequests.Select(request => request.Audience)) : Unset,
            driver.Spec.RequiresRepublish ?? false,
            driver.Spec.VolumeLifecycleModes.Count > 0 ? string.Join(',', driver.Spec.VolumeLifecycleModes) : "<none>",
            TableCatalog.Age(driver, now),
        ]);

    public static readonly TableColumns Nodes = TableColumns.Of<CSINode>(
        "Name:name Drivers:integer Age", (node, now) => [node.Metadata.Name, node.Spec.Drivers.Count, TableCatalog.Age(node, now)]);

    public static readonly TableColumns Attachments = TableColumns.Of<VolumeAttachment>(
        "Name:name Attacher PV Node Attached:boolean Age",
        (value, now) =>
        [
            value.Metadata.Name,
            value.Spec.Attacher,
            value.Spec.Source.PersistentVolumeName ?? "",
            value.Spec.NodeName,
            value.Status.Attached,
            TableCatalog.Age(value, now),
        ]);

    public static readonly TableColumns Capacities = TableColumns.Of<CSIStorageCapacity>(
        "Name:name StorageClassName Capacity",
        (value, now) => [value.Metadata.Name, value.StorageClassName, value.Capacity?.ToString() ?? Unset]);
}
