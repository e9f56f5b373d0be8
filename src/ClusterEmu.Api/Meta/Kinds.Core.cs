namespace ClusterEmu.Api;

public static partial class Kinds
{
    public static readonly KindInfo<Namespace> Namespace = new()
    {
        Group = "",
        Version = "v1",
        Kind = "Namespace",
        Plural = "namespaces",
        Singular = "namespace",
        Namespaced = false,
        ShortNames = ["ns"],
        Verbs = ["create", "delete", "get", "list", "patch", "update", "watch"],
        Subresources = ["status", "finalize"],
        Fields = KindFields.Namespace,
        Rules = RulesOf.Namespace,
    };

    public static readonly KindInfo<Node> Node = new()
    {
        Group = "",
        Version = "v1",
        Kind = "Node",
        Plural = "nodes",
        Singular = "node",
        Namespaced = false,
        ShortNames = ["no"],
        Subresources = ["status"],
        Fields = KindFields.Node,
        Rules = RulesOf.Node,
    };

    public static readonly KindInfo<Pod> Pod = new()
    {
        Group = "",
        Version = "v1",
        Kind = "Pod",
        Plural = "pods",
        Singular = "pod",
        Namespaced = true,
        ShortNames = ["po"],
        Categories = ["all"],
        Subresources = ["status", "binding"],
        Fields = KindFields.Pod,
        Rules = RulesOf.Pod,
    };

    public static readonly KindInfo<Service> Service = new()
    {
        Group = "",
        Version = "v1",
        Kind = "Service",
        Plural = "services",
        Singular = "service",
        Namespaced = true,
        ShortNames = ["svc"],
        Categories = ["all"],
        Subresources = ["status"],
        Rules = RulesOf.Service,
        Fields = KindFields.Service,
    };

    public static readonly KindInfo<Endpoints> Endpoints = new()
    {
        Group = "",
        Version = "v1",
        Kind = "Endpoints",
        Plural = "endpoints",
        Singular = "endpoints",
        Namespaced = true,
        ShortNames = ["ep"],
        Rules = RulesOf.Endpoints,
    };

    public static readonly KindInfo<ConfigMap> ConfigMap = new()
    {
        Group = "",
        Version = "v1",
        Kind = "ConfigMap",
        Plural = "configmaps",
        Singular = "configmap",
        Namespaced = true,
        ShortNames = ["cm"],
        Rules = RulesOf.ConfigMap,
    };

    public static readonly KindInfo<Secret> Secret = new()
    {
        Group = "",
        Version = "v1",
        Kind = "Secret",
        Plural = "secrets",
        Singular = "secret",
        Namespaced = true,
        Fields = KindFields.Secret,
        Rules = RulesOf.Secret,
    };

    public static readonly KindInfo<ServiceAccount> ServiceAccount = new()
    {
        Group = "",
        Version = "v1",
        Kind = "ServiceAccount",
        Plural = "serviceaccounts",
        Singular = "serviceaccount",
        Namespaced = true,
        ShortNames = ["sa"],
        Subresources = ["token"],
        Rules = RulesOf.ServiceAccount,
    };

    public static readonly KindInfo<Event> Event = new()
    {
        Group = "",
        Version = "v1",
        Kind = "Event",
        Plural = "events",
        Singular = "event",
        Namespaced = true,
        ShortNames = ["ev"],
        Fields = KindFields.Event,
        Rules = RulesOf.Event,
    };

    /// <summary>Never stored: a POST of one binds a Pod to a node.</summary>
    public static readonly KindInfo<Binding> Binding = new()
    {
        Group = "",
        Version = "v1",
        Kind = "Binding",
        Plural = "bindings",
        Singular = "binding",
        Namespaced = true,
        Verbs = ["create"],
        Rules = RulesOf.Binding,
    };

    internal static IReadOnlyList<KindInfo> Core =>
    [
        Namespace, Node, Pod, Service, Endpoints, ConfigMap, Secret, ServiceAccount, Event,
        ReplicationController, PodTemplate, PersistentVolume, PersistentVolumeClaim, ResourceQuota, LimitRange, ComponentStatus,
    ];
}
