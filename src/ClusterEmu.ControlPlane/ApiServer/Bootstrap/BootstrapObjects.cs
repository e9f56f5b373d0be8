using ClusterEmu.Api;
using ClusterEmu.Network;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>What every cluster has from its start: namespaces, the Service kubernetes, cluster DNS.</summary>
internal static class BootstrapObjects
{
    public const string KubernetesName = "kubernetes";
    private const string System = "kube-system";

    private const string RbacGroup = "rbac.authorization.k8s.io";

    private static ObjectMeta ClusterAdmin => new()
    {
        Name = "cluster-admin",
        Labels = new Dictionary<string, string> { ["kubernetes.io/bootstrapping"] = "rbac-defaults" },
        Annotations = new Dictionary<string, string> { ["rbac.authorization.kubernetes.io/autoupdate"] = "true" },
    };

    public static readonly IReadOnlyList<string> Namespaces = ["default", "kube-system", "kube-public", "kube-node-lease"];

    private static readonly Dictionary<string, string> KubernetesLabels = new(StringComparer.Ordinal)
    {
        ["component"] = "apiserver",
        ["provider"] = "kubernetes",
    };

    private static readonly Dictionary<string, string> DnsLabels = new(StringComparer.Ordinal) { ["k8s-app"] = "kube-dns" };

    public static Namespace Namespace(string name) => new()
    {
        Metadata = new ObjectMeta { Name = name, Labels = new Dictionary<string, string> { ["kubernetes.io/metadata.name"] = name } },
    };

    /// <summary>The classes of Pods that the cluster cannot do without, and the role that may do everything.</summary>
    public static IReadOnlyList<IKubeObject> Policies =>
    [
        .. SystemPriorityClasses.All,
        new ClusterRole
        {
            Metadata = ClusterAdmin,
            Rules =
            [
                new PolicyRule { Verbs = ["*"], APIGroups = ["*"], Resources = ["*"] },
                new PolicyRule { Verbs = ["*"], NonResourceURLs = ["*"] },
            ],
        },
        new ClusterRoleBinding
        {
            Metadata = ClusterAdmin,
            Subjects = [new Subject { Kind = "Group", APIGroup = RbacGroup, Name = "system:masters" }],
            RoleRef = new RoleRef { APIGroup = RbacGroup, Kind = "ClusterRole", Name = "cluster-admin" },
        },
    ];

    public static Service Kubernetes(Cidr services) => new()
    {
        Metadata = new ObjectMeta { Name = KubernetesName, Namespace = "default", Labels = KubernetesLabels },
        Spec = new ServiceSpec
        {
            Type = "ClusterIP",
            ClusterIP = services.Host(1).ToString(),
            ClusterIPs = [services.Host(1).ToString()],
            Ports = [new ServicePort { Name = "https", Protocol = "TCP", Port = 443, TargetPort = 6443 }],
        },
    };

    public static Endpoints KubernetesEndpoints(string address) => new()
    {
        Metadata = new ObjectMeta
        {
            Name = KubernetesName,
            Namespace = "default",
            Labels = new Dictionary<string, string> { ["endpointslice.kubernetes.io/skip-mirror"] = "true" },
        },
        Subsets =
        [
            new EndpointSubset
            {
                Addresses = [new EndpointAddress { IP = address }],
                Ports = [new EndpointPort { Name = "https", Port = 6443, Protocol = "TCP" }],
            },
        ],
    };

    public static EndpointSlice KubernetesSlice(string address) => new()
    {
        Metadata = new ObjectMeta
        {
            Name = KubernetesName,
            Namespace = "default",
            Labels = new Dictionary<string, string> { ["kubernetes.io/service-name"] = KubernetesName },
        },
        AddressType = "IPv4",
        Endpoints = [new Endpoint { Addresses = [address], Conditions = new EndpointConditions { Ready = true } }],
        Ports = [new EndpointSlicePort { Name = "https", Port = 6443, Protocol = "TCP" }],
    };

    /// <summary>Cluster DNS, as kubeadm installs it.</summary>
    public static IReadOnlyList<IKubeObject> Dns(Cidr services, int replicas) => [DnsAccount, DnsConfig, DnsService(services), DnsDeployment(replicas)];

    private static ServiceAccount DnsAccount => new() { Metadata = new ObjectMeta { Name = "coredns", Namespace = System } };

    private static ConfigMap DnsConfig => new()
    {
        Metadata = new ObjectMeta { Name = "coredns", Namespace = System },
        Data = new Dictionary<string, string>
        {
            ["Corefile"] = """
                .:53 {
                    errors
                    health {
                       lameduck 5s
                    }
                    ready
                    kubernetes cluster.local in-addr.arpa ip6.arpa {
                       pods insecure
                       fallthrough in-addr.arpa ip6.arpa
                       ttl 30
                    }
                    prometheus :9153
                    forward . /etc/resolv.conf {
                       max_concurrent 1000
                    }
                    cache 30
                    loop
                    reload
                    loadbalance
                }

                """,
        },
    };

    private static Service DnsService(Cidr services) => new()
    {
        Metadata = new ObjectMeta
        {
            Name = "kube-dns",
            Namespace = System,
            Labels = new Dictionary<string, string>(DnsLabels)
            {
                ["kubernetes.io/cluster-service"] = "true",
                ["kubernetes.io/name"] = "CoreDNS",
            },
            Annotations = new Dictionary<string, string> { ["prometheus.io/port"] = "9153", ["prometheus.io/scrape"] = "true" },
        },
        Spec = new ServiceSpec
        {
            Type = "ClusterIP",
            ClusterIP = services.Host(10).ToString(),
            ClusterIPs = [services.Host(10).ToString()],
            Selector = DnsLabels,
            Ports =
            [
                new ServicePort { Name = "dns", Protocol = "UDP", Port = 53, TargetPort = 53 },
                new ServicePort { Name = "dns-tcp", Protocol = "TCP", Port = 53, TargetPort = 53 },
                new ServicePort { Name = "metrics", Protocol = "TCP", Port = 9153, TargetPort = 9153 },
            ],
        },
    };

    private static Deployment DnsDeployment(int replicas) => new()
    {
        Metadata = new ObjectMeta { Name = "coredns", Namespace = System, Labels = DnsLabels },
        Spec = new DeploymentSpec
        {
            Replicas = replicas,
            Selector = new LabelSelector { MatchLabels = DnsLabels },
            Strategy = new DeploymentStrategy { Type = "RollingUpdate", RollingUpdate = new RollingUpdateDeployment { MaxUnavailable = new IntOrString(1) } },
            Template = new PodTemplateSpec
            {
                Metadata = new ObjectMeta { Labels = DnsLabels },
                Spec = new PodSpec
                {
                    PriorityClassName = "system-cluster-critical",
                    ServiceAccountName = "coredns",
                    DnsPolicy = "Default",
                    NodeSelector = new Dictionary<string, string> { ["kubernetes.io/os"] = "linux" },
                    Tolerations =
                    [
                        new Toleration { Key = "CriticalAddonsOnly", Operator = "Exists" },
                        new Toleration { Key = "node-role.kubernetes.io/control-plane", Effect = "NoSchedule" },
                    ],
                    // One node's death must not take all of DNS along, even if that node was the first to be ready. As k3s has it.
                    TopologySpreadConstraints =
                    [
                        new TopologySpreadConstraint
                        {
                            MaxSkew = 1,
                            TopologyKey = "kubernetes.io/hostname",
                            WhenUnsatisfiable = "DoNotSchedule",
                            LabelSelector = new LabelSelector { MatchLabels = DnsLabels },
                        },
                    ],
                    Containers = [DnsContainer],
                },
            },
        },
    };

    private static Container DnsContainer => new()
    {
        Name = "coredns",
        Image = "registry.k8s.io/coredns/coredns:v1.11.3",
        Args = ["-conf", "/etc/coredns/Corefile"],
        Ports =
        [
            new ContainerPort { Name = "dns", Port = 53, Protocol = "UDP" },
            new ContainerPort { Name = "dns-tcp", Port = 53, Protocol = "TCP" },
            new ContainerPort { Name = "metrics", Port = 9153, Protocol = "TCP" },
        ],
        LivenessProbe = new Probe
        {
            HttpGet = new HTTPGetAction { Path = "/health", Port = 8080, Scheme = "HTTP" },
            InitialDelaySeconds = 60,
            TimeoutSeconds = 5,
            FailureThreshold = 5,
        },
        // Names are there a moment after the container: with the usual period of 10 s that moment would cost a cluster 10 s to become ready.
        ReadinessProbe = new Probe { HttpGet = new HTTPGetAction { Path = "/ready", Port = 8181, Scheme = "HTTP" }, PeriodSeconds = 1 },
    };
}
