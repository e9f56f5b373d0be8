namespace ClusterEmu.Api;

public static partial class Kinds
{
    public static readonly KindInfo<PersistentVolume> PersistentVolume = new()
    {
        Group = "",
        Version = "v1",
        Kind = "PersistentVolume",
        Plural = "persistentvolumes",
        Singular = "persistentvolume",
        Namespaced = false,
        ShortNames = ["pv"],
        Subresources = ["status"],
        Rules = RulesOf.PersistentVolume,
    };

    public static readonly KindInfo<PersistentVolumeClaim> PersistentVolumeClaim = new()
    {
        Group = "",
        Version = "v1",
        Kind = "PersistentVolumeClaim",
        Plural = "persistentvolumeclaims",
        Singular = "persistentvolumeclaim",
        Namespaced = true,
        ShortNames = ["pvc"],
        Subresources = ["status"],
        Rules = RulesOf.PersistentVolumeClaim,
    };

    public static readonly KindInfo<ResourceQuota> ResourceQuota = new()
    {
        Group = "",
        Version = "v1",
        Kind = "ResourceQuota",
        Plural = "resourcequotas",
        Singular = "resourcequota",
        Namespaced = true,
        ShortNames = ["quota"],
        Subresources = ["status"],
        Rules = RulesOf.ResourceQuota,
    };

    public static readonly KindInfo<LimitRange> LimitRange = new()
    {
        Group = "",
        Version = "v1",
        Kind = "LimitRange",
        Plural = "limitranges",
        Singular = "limitrange",
        Namespaced = true,
        ShortNames = ["limits"],
        Rules = RulesOf.LimitRange,
    };

    /// <summary>Never stored: the control plane says of itself that it is healthy.</summary>
    public static readonly KindInfo<ComponentStatus> ComponentStatus = new()
    {
        Group = "",
        Version = "v1",
        Kind = "ComponentStatus",
        Plural = "componentstatuses",
        Singular = "componentstatus",
        Namespaced = false,
        ShortNames = ["cs"],
        Verbs = ["get", "list"],
        IsVirtual = true,
        Warning = "v1 ComponentStatus is deprecated in v1.19+",
    };
}
