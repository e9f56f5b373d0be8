namespace ClusterEmu.Simulation;

/// <summary>What a simulation runs: a cluster, what is in it, what changes, who sends requests, and what may fail. Plain data; a file of it is read by <see cref="ScenarioReader"/>.</summary>
public sealed record Scenario
{
    /// <summary>Also the beginning of the name of a shrunk scenario's file.</summary>
    public required string Name { get; init; }

    /// <summary>The command that runs it, such as <c>clusteremu simulate web.yaml</c>; empty if there is none, as in a test.</summary>
    public string Command { get; init; } = "";

    /// <summary>What it is about, for readers.</summary>
    public string Description { get; init; } = "";

    public WorldOptions World { get; init; } = new();

    /// <summary>Created before anything else, in this order.</summary>
    public IReadOnlyList<ScenarioObject> Objects { get; init; } = [];

    public IReadOnlyList<PlannedChange> Changes { get; init; } = [];

    public IReadOnlyList<ClientPlan> Clients { get; init; } = [];

    /// <summary>Who writes and watches at random as long as faults go on; null: nobody.</summary>
    public WriterOptions? Writers { get; init; }

    /// <summary>The faults that a seed may draw.</summary>
    public FaultMix Faults { get; init; } = FaultMix.None;

    /// <summary>Exactly these faults instead of drawn ones; null: those drawn from <see cref="Faults"/>.</summary>
    public IReadOnlyList<PlannedFault>? FaultPlan { get; init; }

    /// <summary>How long changes, faults and load go on once the cluster is ready. Above 0. Default: 60 s.</summary>
    public long DurationMicroseconds { get; init; } = 60 * VirtualTime.Second;

    public Expectations Expect { get; init; } = new();
}

/// <summary>One who sends requests.</summary>
/// <param name="Name">Its own; names its random stream.</param>
/// <param name="From">As <see cref="LoadSpec.From"/>: <c>pod/NS/NAME</c>, <c>app/NS/NAME</c>, <c>node/NAME</c>, <c>outside</c>.</param>
/// <param name="Url">As <see cref="LoadSpec.Url"/>: <c>http://web-svc/</c>, <c>nodeport://default/web/</c>.</param>
/// <param name="PerSecond">Requests per virtual second, 1 to 10000.</param>
/// <param name="MayFail">Whether its requests need not succeed when all is well.</param>
public sealed record ClientPlan(string Name, string From, string Url, int PerSecond, bool MayFail)
{
    public LoadSpec Spec => new() { Name = Name, From = From, Url = Url, IntervalMicroseconds = VirtualTime.Second / PerSecond };
}

/// <summary>What a run must reach.</summary>
public sealed record Expectations
{
    /// <summary>How long the cluster may take until it and the scenario's objects are ready. Default: 60 s.</summary>
    public long ReadyMicroseconds { get; init; } = 60 * VirtualTime.Second;

    /// <summary>How long the cluster may take, once all faults have ended, until it is whole and requests succeed. Default: 120 s.</summary>
    public long ConvergedMicroseconds { get; init; } = 120 * VirtualTime.Second;

    /// <summary>How many requests must be answered at least in the whole run. Default: 0.</summary>
    public int Answered { get; init; }

    /// <summary>Deployments and Pods that never become ready, as <c>deployment/default/web</c>. Default: none.</summary>
    public IReadOnlyList<string> Unready { get; init; } = [];
}
