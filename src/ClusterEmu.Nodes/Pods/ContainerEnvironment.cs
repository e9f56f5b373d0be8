using System.Text;
using ClusterEmu.Api;

namespace ClusterEmu.Nodes;

/// <summary>A ConfigMap or Secret that a container's environment names.</summary>
public readonly record struct ConfigSource(string Kind, string Name);

/// <summary>What a container's environment is made of, beside its spec.</summary>
public sealed record EnvironmentInputs
{
    public required Pod Pod { get; init; }
    public required Container Container { get; init; }
    public required string PodIP { get; init; }
    public required string HostIP { get; init; }
    public IReadOnlyList<KeyValuePair<string, string>> ServiceVariables { get; init; } = [];

    /// <summary>Those of <see cref="ContainerEnvironment.SourcesOf"/> that exist.</summary>
    public IReadOnlyDictionary<ConfigSource, IKubeObject> Configs { get; init; } = new Dictionary<ConfigSource, IKubeObject>();
}

/// <param name="Variables">Sorted by name of the first appearance: Services' first, then the spec's.</param>
/// <param name="Error">Set if the container cannot be created: the message of its <c>CreateContainerConfigError</c>.</param>
public sealed record EnvironmentResult(IReadOnlyList<KeyValuePair<string, string>> Variables, string? Error);

/// <summary>Works out a container's environment as the kubelet does.</summary>
/// <remarks>Source: kubernetes/kubernetes, pkg/kubelet/kubelet_pods.go (makeEnvironmentVariables).</remarks>
public static class ContainerEnvironment
{
    private const string ConfigMapKind = "ConfigMap";
    private const string SecretKind = "Secret";

    /// <summary>The ConfigMaps and Secrets that must be read first, each once.</summary>
    public static IReadOnlyList<ConfigSource> SourcesOf(Container container)
    {
        var sources = new List<ConfigSource>();
        foreach (var from in container.EnvFrom)
        {
            if (from.ConfigMapRef is { } map) Add(ConfigMapKind, map.Name);
            if (from.SecretRef is { } secret) Add(SecretKind, secret.Name);
        }

        foreach (var variable in container.Env)
        {
            if (variable.ValueFrom?.ConfigMapKeyRef is { } map) Add(ConfigMapKind, map.Name);
            if (variable.ValueFrom?.SecretKeyRef is { } secret) Add(SecretKind, secret.Name);
        }

        return sources;

        void Add(string kind, string name)
        {
            var source = new ConfigSource(kind, name);
            if (!sources.Contains(source)) sources.Add(source);
        }
    }

    public static EnvironmentResult Resolve(EnvironmentInputs inputs)
    {
        var ns = inputs.Pod.Metadata.Namespace;
        var order = new List<string>();
        var values = new Dictionary<string, string>(StringComparer.Ordinal);

        foreach (var from in inputs.Container.EnvFrom)
        {
            var (source, optional) = from.ConfigMapRef is { } map
                ? (new ConfigSource(ConfigMapKind, map.Name), map.Optional ?? false)
                : (new ConfigSource(SecretKind, from.SecretRef?.Name ?? ""), from.SecretRef?.Optional ?? false);
            if (!inputs.Configs.TryGetValue(source, out var config))
            {
                if (optional) continue;
                return Failed(NotFound(source));
            }

            foreach (var (key, value) in DataOf(config)) Set(from.Prefix + key, value);
        }

        foreach (var variable in inputs.Container.Env)
        {
            if (variable.ValueFrom is not { } reference)
            {
                // Earlier variables and those of Services can be referred to.
                Set(variable.Name, VariableExpansion.Expand(variable.Value, WithServices()));
                continue;
            }

            var (value, error) = ValueOf(reference, inputs, ns);
            if (error is not null) return Failed(error);
            if (value is not null) Set(variable.Name, value);
        }

        var all = new List<KeyValuePair<string, string>>();
        foreach (var (name, value) in inputs.ServiceVariables)
        {
            if (!values.ContainsKey(name)) all.Add(new(name, value));
        }

        all.AddRange(order.Select(name => KeyValuePair.Create(name, values[name])));
        return new EnvironmentResult(all, null);

        void Set(string name, string value)
        {
            if (!values.ContainsKey(name)) order.Add(name);
            values[name] = value;
        }

        Dictionary<string, string> WithServices()
        {
            var known = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var (name, value) in inputs.ServiceVariables) known[name] = value;
            foreach (var (name, value) in values) known[name] = value;
            return known;
        }
    }

    private static EnvironmentResult Failed(string error) => new([], error);

    private static string NotFound(ConfigSource source) => $"{source.Kind.ToLowerInvariant()} \"{source.Name}\" not found";

    private static (string? Value, string? Error) ValueOf(EnvVarSource reference, EnvironmentInputs inputs, string ns)
    {
        if (reference.FieldRef is { } field)
        {
            var value = PodFields.Value(inputs.Pod, field.FieldPath, inputs.PodIP, inputs.HostIP);
            return value is null ? (null, $"unsupported fieldPath: {field.FieldPath}") : (value, null);
        }

        if (reference.ConfigMapKeyRef is { } map) return Key(new ConfigSource(ConfigMapKind, map.Name), map.Key, map.Optional ?? false, inputs, ns);
        if (reference.SecretKeyRef is { } secret) return Key(new ConfigSource(SecretKind, secret.Name), secret.Key, secret.Optional ?? false, inputs, ns);
        if (reference.ResourceFieldRef is { } resource) return (PodFields.Resource(inputs.Pod, inputs.Container, resource), null);
        return ("", null);
    }

    private static (string? Value, string? Error) Key(ConfigSource source, string key, bool optional, EnvironmentInputs inputs, string ns)
    {
        if (!inputs.Configs.TryGetValue(source, out var config)) return optional ? (null, null) : (null, NotFound(source));
        foreach (var (name, value) in DataOf(config))
        {
            if (name == key) return (value, null);
        }

        return optional ? (null, null) : (null, $"couldn't find key {key} in {source.Kind} {ns}/{source.Name}");
    }

    private static IEnumerable<KeyValuePair<string, string>> DataOf(IKubeObject config) => config switch
    {
        ConfigMap map => map.Data.OrderBy(pair => pair.Key, StringComparer.Ordinal),
        Secret secret => secret.Data.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => KeyValuePair.Create(pair.Key, Encoding.UTF8.GetString(pair.Value))),
        _ => [],
    };
}
