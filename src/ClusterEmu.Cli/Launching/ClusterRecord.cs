using System.Text.Json.Serialization;

namespace ClusterEmu.Cli.Launching;

/// <summary>What <c>cluster.json</c> says of a cluster. Written by its launcher, read by all other commands.</summary>
public sealed record ClusterRecord
{
    public required string Name { get; init; }
    public int LauncherPid { get; init; }

    /// <summary>When the launcher began, in clock ticks of the kernel, so that a reused pid is not taken for it.</summary>
    public string LauncherStart { get; init; } = "";
    public int ApiPort { get; init; }

    /// <summary>The loopback slot: nodes are 127.(18+slot).0.x, load balancers 127.(203+slot).0.0/16.</summary>
    public int Slot { get; init; }

    /// <summary>This machine takes no loopback address beyond 127.0.0.1: NodePorts and load balancers are served at ports of that one.</summary>
    public bool LoopbackOnly { get; init; }
    public string ProxyMode { get; init; } = "iptables";
    public string Profile { get; init; } = "default";
    public bool Ready { get; init; }

    /// <summary>Made by <c>demo</c>, which begins with an empty cluster each time.</summary>
    public bool Demo { get; init; }

    /// <summary>Why the launcher gave up; empty if it did not.</summary>
    public string Failure { get; init; } = "";
    public double ReadySeconds { get; init; }
    public IReadOnlyList<ProcessRecord> Processes { get; init; } = [];

    /// <summary>The kubeconfig that our context was merged into; null if none was.</summary>
    public string? MergedInto { get; init; }

    /// <summary>The contexts that were current before ours, the latest first: where that was another cluster's, those before it follow.</summary>
    public IReadOnlyList<string> FormerContexts { get; init; } = [];

    /// <summary>What became of the objects of <c>up -f</c>, a line each.</summary>
    public IReadOnlyList<string> Applied { get; init; } = [];

    [JsonIgnore]
    public bool IsRunning => LauncherPid > 0 && ProcessIdentity.StartOf(LauncherPid) is { } start && start == LauncherStart;

    [JsonIgnore]
    public Uri ApiAddress => new($"https://127.0.0.1:{ApiPort}");
}

/// <param name="Name">Such as <c>nodes-1</c>.</param>
/// <param name="Role">control-plane, nodes or edge.</param>
/// <param name="Pid">0 while it is being restarted.</param>
/// <param name="Restarts">How often the launcher started it anew.</param>
public sealed record ProcessRecord(string Name, string Role, int Pid, int Restarts);

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ClusterRecord))]
internal sealed partial class ClusterJson : JsonSerializerContext;
