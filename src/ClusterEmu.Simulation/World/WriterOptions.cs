namespace ClusterEmu.Simulation;

/// <summary>How much the simulation's own clients write. See <see cref="Writers"/>.</summary>
public sealed record WriterOptions
{
    /// <summary>Clients. 1 or more. Default: 3.</summary>
    public int Count { get; init; } = 3;

    /// <summary>Requests per virtual second and client, on average. 1 to 1000. Default: 10.</summary>
    public int PerSecond { get; init; } = 10;

    /// <summary>Names per kind that they fight for. 1 or more. Default: 8.</summary>
    public int Names { get; init; } = 8;

    /// <summary>The namespace that they write to; it must exist. Default: default.</summary>
    public string Namespace { get; init; } = "default";
}
