namespace ClusterEmu.Api;

/// <summary>The kinds by name. <see cref="KindCatalog"/> finds them by what a request says.</summary>
public static class Kinds
{
    private static readonly string[] CreateOnly = ["create"];

    public static readonly KindInfo<Namespace> Namespace = new()
    {
        Group = "",
        Version = "v1",
        Kind = "Namespace",
        Plural = "namespaces",
        Singular = "namespace",
        Namespaced = false,
        ShortNames = ["ns"],
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

    public static readonly KindInfo<EndpointSlice> EndpointSlice = new()
    {
        Group = "discovery.k8s.io",
        Version = "v1",
        Kind = "EndpointSlice",
        Plural = "endpointslices",
        Singular = "endpointslice",
        Namespaced = true,
        Rules = RulesOf.EndpointSlice,
    };

    public static readonly KindInfo<Lease> Lease = new()
    {
        Group = "coordination.k8s.io",
        Version = "v1",
        Kind = "Lease",
        Plural = "leases",
        Singular = "lease",
        Namespaced = true,
        Rules = RulesOf.Lease,
    };

    public static readonly KindInfo<Deployment> Deployment = new()
    {
        Group = "apps",
        Version = "v1",
        Kind = "Deployment",
        Plural = "deployments",
        Singular = "deployment",
        Namespaced = true,
        ShortNames = ["deploy"],
        Categories = ["all"],
        Subresources = ["status", "scale"],
        Rules = RulesOf.Deployment,
    };

    public static readonly KindInfo<ReplicaSet> ReplicaSet = new()
    {
        Group = "apps",
        Version = "v1",
        Kind = "ReplicaSet",
        Plural = "replicasets",
        Singular = "replicaset",
        Namespaced = true,
        ShortNames = ["rs"],
        Categories = ["all"],
        Subresources = ["status", "scale"],
        Fields = KindFields.ReplicaSet,
        Rules = RulesOf.ReplicaSet,
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
        Verbs = CreateOnly,
        Rules = RulesOf.Binding,
    };

    /// <summary>Never stored: what the <c>scale</c> subresource shows and takes. It has no URL of its own.</summary>
    public static readonly KindInfo<Scale> Scale = new()
    {
        Group = "autoscaling",
        Version = "v1",
        Kind = "Scale",
        Plural = "scales",
        Singular = "scale",
        Namespaced = true,
        Verbs = [],
        Rules = RulesOf.Scale,
    };
}
