using ClusterEmu.Network;

namespace ClusterEmu.Nodes;

/// <summary>What a running program can know of the container that it runs in.</summary>
public sealed record ContainerFacts
{
    public required string Namespace { get; init; }
    public required string PodName { get; init; }

    /// <summary>What <c>hostname</c> prints in the container.</summary>
    public required string Hostname { get; init; }
    public required string Container { get; init; }
    public required string Image { get; init; }
    public required string Node { get; init; }
    public required Ip PodIP { get; init; }
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>As in traces: <c>pod/default/web-abc</c>.</summary>
    public string Owner => $"pod/{Namespace}/{PodName}";
}

/// <summary>What a container is started with: its spec, with everything worked out.</summary>
public sealed record ContainerSetup
{
    public required ImageReference Image { get; init; }

    /// <summary>Replaces the image's entry point; empty keeps it.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>Replaces the image's default arguments; empty keeps them, unless there is a command.</summary>
    public IReadOnlyList<string> Args { get; init; } = [];

    /// <summary>In the order in which a container sees it; the last of a name counts.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Env { get; init; } = [];
    public IReadOnlyList<DeclaredPort> Ports { get; init; } = [];
    public string Hostname { get; init; } = "";

    /// <summary>The value of an environment variable; empty if it is not set.</summary>
    public string EnvValue(string name)
    {
        for (var i = Env.Count - 1; i >= 0; i--)
        {
            if (Env[i].Key == name) return Env[i].Value;
        }

        return "";
    }
}

/// <summary>A port of <c>containerPorts</c>.</summary>
public readonly record struct DeclaredPort(string Name, int Port, IpProtocol Protocol);
