namespace ClusterEmu.Api;

public static partial class Kinds
{
    public static readonly KindInfo<StorageClass> StorageClass = new()
    {
        Group = "storage.k8s.io",
        Version = "v1",
        Kind = "StorageClass",
        Plural = "storageclasses",
        Singular = "storageclass",
        Namespaced = false,
        ShortNames = ["sc"],
        Rules = RulesOf.StorageClass,
    };

    public static readonly KindInfo<CSIDriver> CSIDriver = new()
    {
        Group = "storage.k8s.io",
        Version = "v1",
        Kind = "CSIDriver",
        Plural = "csidrivers",
        Singular = "csidriver",
        Namespaced = false,
        Rules = RulesOf.CSIDriver,
    };

    public static readonly KindInfo<CSINode> CSINode = new()
    {
        Group = "storage.k8s.io",
        Version = "v1",
        Kind = "CSINode",
        Plural = "csinodes",
        Singular = "csinode",
        Namespaced = false,
        Rules = RulesOf.CSINode,
    };

    public static readonly KindInfo<VolumeAttachment> VolumeAttachment = new()
    {
        Group = "storage.k8s.io",
        Version = "v1",
        Kind = "VolumeAttachment",
        Plural = "volumeattachments",
        Singular = "volumeattachment",
        Namespaced = false,
        Subresources = ["status"],
        Rules = RulesOf.VolumeAttachment,
    };

    public static readonly KindInfo<CSIStorageCapacity> CSIStorageCapacity = new()
    {
        Group = "storage.k8s.io",
        Version = "v1",
        Kind = "CSIStorageCapacity",
        Plural = "csistoragecapacities",
        Singular = "csistoragecapacity",
        Namespaced = true,
        Rules = RulesOf.CSIStorageCapacity,
    };

    internal static IReadOnlyList<KindInfo> Storage => [StorageClass, CSIDriver, CSINode, VolumeAttachment, CSIStorageCapacity];
}
