namespace ClusterEmu.Api;

/// <summary>What the API server fills into a container.</summary>
/// <remarks>Source: SetDefaults_Container and its neighbours in pkg/apis/core/v1/defaults.go.</remarks>
internal static class ContainerDefaults
{
    private static readonly Int128 NanosPerMilli = 1_000_000;

    /// <param name="container">As the client wrote it.</param>
    /// <param name="hostNetwork">On the host's network each port is a host port.</param>
    internal static Container Apply(Container container, bool hostNetwork) => container with
    {
        ImagePullPolicy = container.ImagePullPolicy.Length == 0 ? PullPolicy(container.Image) : container.ImagePullPolicy,
        TerminationMessagePath = container.TerminationMessagePath.Length == 0 ? "/dev/termination-log" : container.TerminationMessagePath,
        TerminationMessagePolicy = container.TerminationMessagePolicy.Length == 0 ? "File" : container.TerminationMessagePolicy,
        Ports = container.Ports.SelectChanged(port => Port(port, hostNetwork)),
        Env = container.Env.SelectChanged(Variable),
        Resources = Resources(container.Resources),
        LivenessProbe = Probe(container.LivenessProbe),
        ReadinessProbe = Probe(container.ReadinessProbe),
        StartupProbe = Probe(container.StartupProbe),
        Lifecycle = container.Lifecycle is { } lifecycle
            ? lifecycle with { PostStart = Handler(lifecycle.PostStart), PreStop = Handler(lifecycle.PreStop) }
            : null,
    };

    /// <summary>Images that may change under their name (<c>latest</c>, or no tag at all) are always pulled.</summary>
    internal static string PullPolicy(string image) => Tag(image) == "latest" ? "Always" : "IfNotPresent";

    /// <summary>The field that a downward API reference names is one of v1.</summary>
    internal static ObjectFieldSelector? FieldRef(ObjectFieldSelector? field) =>
        field is { ApiVersion.Length: 0 } ? field with { ApiVersion = "v1" } : field;

    /// <summary>Resources are counted in thousandths; finer amounts are rounded up.</summary>
    internal static IReadOnlyDictionary<string, Quantity> RoundedUp(IReadOnlyDictionary<string, Quantity> resources)
    {
        if (resources.Values.All(amount => amount.Nanos % NanosPerMilli == 0)) return resources;
        return resources.ToDictionary(entry => entry.Key, entry => entry.Value.Nanos % NanosPerMilli == 0
            ? entry.Value
            : Quantity.FromMillis(entry.Value.MilliValue, entry.Value.Format), StringComparer.Ordinal);
    }

    private static string Tag(string image)
    {
        if (image.Length == 0) return "";
        var name = image[(image.LastIndexOf('/') + 1)..];
        var digest = name.IndexOf('@', StringComparison.Ordinal);
        var tag = (digest < 0 ? name : name[..digest]).IndexOf(':', StringComparison.Ordinal);
        if (tag >= 0) return name[(tag + 1)..(digest < 0 ? name.Length : digest)];
        return digest < 0 ? "latest" : "";
    }

    private static ContainerPort Port(ContainerPort port, bool hostNetwork)
    {
        if (port.Protocol.Length == 0) port = port with { Protocol = "TCP" };
        return hostNetwork && port.HostPort == 0 ? port with { HostPort = port.Port } : port;
    }

    private static EnvVar Variable(EnvVar variable) => variable.ValueFrom?.FieldRef is { ApiVersion.Length: 0 } field
        ? variable with { ValueFrom = variable.ValueFrom with { FieldRef = FieldRef(field) } }
        : variable;

    private static ResourceRequirements Resources(ResourceRequirements resources)
    {
        var (limits, requests) = (RoundedUp(resources.Limits), RoundedUp(resources.Requests));
        return ReferenceEquals(limits, resources.Limits) && ReferenceEquals(requests, resources.Requests)
            ? resources
            : resources with { Limits = limits, Requests = requests };
    }

    private static Probe? Probe(Probe? probe) => probe is null ? null : probe with
    {
        HttpGet = HttpGet(probe.HttpGet),
        Grpc = probe.Grpc is { Service: null } call ? call with { Service = "" } : probe.Grpc,
        TimeoutSeconds = probe.TimeoutSeconds == 0 ? 1 : probe.TimeoutSeconds,
        PeriodSeconds = probe.PeriodSeconds == 0 ? 10 : probe.PeriodSeconds,
        SuccessThreshold = probe.SuccessThreshold == 0 ? 1 : probe.SuccessThreshold,
        FailureThreshold = probe.FailureThreshold == 0 ? 3 : probe.FailureThreshold,
    };

    private static LifecycleHandler? Handler(LifecycleHandler? handler) =>
        handler?.HttpGet is null ? handler : handler with { HttpGet = HttpGet(handler.HttpGet) };

    private static HTTPGetAction? HttpGet(HTTPGetAction? get) => get is null or { Path.Length: > 0, Scheme.Length: > 0 }
        ? get
        : get with { Path = get.Path.Length == 0 ? "/" : get.Path, Scheme = get.Scheme.Length == 0 ? "HTTP" : get.Scheme };
}
