namespace ClusterEmu.Cli.Launching;

/// <summary>What <c>up</c> and <c>demo</c> were asked for.</summary>
public sealed record UpOptions
{
    public string Name { get; init; } = "default";

    /// <summary>1 to 5000.</summary>
    public int Nodes { get; init; } = 3;

    /// <summary>1 to 64; never more than nodes.</summary>
    public int NodeProcesses { get; init; } = 2;

    /// <summary>1 to 26: zone-a to zone-z.</summary>
    public int Zones { get; init; } = 1;
    public string ProxyMode { get; init; } = "iptables";

    /// <summary>default: Kubernetes' own times; fast: short ones, for demos and tests.</summary>
    public string Profile { get; init; } = "default";
    public string? StateDirectory { get; init; }
    public string? Kubeconfig { get; init; }

    /// <summary>0: the one of the state directory, else a free one.</summary>
    public int ApiPort { get; init; }
    public string? ConfigFile { get; init; }
    public IReadOnlyList<string> Manifests { get; init; } = [];

    /// <summary>For <c>demo</c>: begin with an empty cluster.</summary>
    public bool Demo { get; init; }

    /// <exception cref="CommandFailure">A value is out of range, or a named file is missing; all problems are told at once.</exception>
    public void Check()
    {
        var problems = new List<string>();
        if (Nodes is < 1 or > 5000) problems.Add($"--nodes is {Nodes}, but must be 1 to 5000. Usual: 3.");
        if (NodeProcesses is < 1 or > 64) problems.Add($"--node-processes is {NodeProcesses}, but must be 1 to 64. Usual: 2.");
        if (Zones is < 1 or > 26) problems.Add($"--zones is {Zones}, but must be 1 to 26 (zone-a to zone-z). Usual: 1.");
        if (ProxyMode is not ("iptables" or "ipvs")) problems.Add($"--proxy-mode is '{ProxyMode}', but must be 'iptables' (random, the default) or 'ipvs' (round robin).");
        if (Profile is not ("default" or "fast")) problems.Add($"--profile is '{Profile}', but must be 'default' (Kubernetes' own times) or 'fast' (short ones).");
        if (ApiPort is < 0 or > 65535) problems.Add($"--api-port is {ApiPort}, but must be 0 (any free port) to 65535.");
        foreach (var file in Manifests.Append(ConfigFile).OfType<string>().Where(file => file != "-" && !File.Exists(file) && !Directory.Exists(file)))
            problems.Add($"{file} does not exist (looked for in {Directory.GetCurrentDirectory()}). Give the path of a file that does.");
        if (problems.Count > 0) throw new CommandFailure(string.Join(Environment.NewLine, problems), 2);
    }
}
