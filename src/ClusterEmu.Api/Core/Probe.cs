namespace ClusterEmu.Api;

public sealed record Probe
{
    public ExecAction? Exec { get; init; }
    public HTTPGetAction? HttpGet { get; init; }
    public TCPSocketAction? TcpSocket { get; init; }
    public GRPCAction? Grpc { get; init; }
    public int InitialDelaySeconds { get; init; }
    public int TimeoutSeconds { get; init; }
    public int PeriodSeconds { get; init; }
    public int SuccessThreshold { get; init; }
    public int FailureThreshold { get; init; }
    public long? TerminationGracePeriodSeconds { get; init; }
}

public sealed record ExecAction
{
    public IReadOnlyList<string> Command { get => field ?? []; init; }
}

public sealed record HTTPGetAction
{
    public string Path { get => field ?? ""; init; }
    [AlwaysWritten]
    public IntOrString Port { get; init; }
    public string Host { get => field ?? ""; init; }
    [GoType("v1.URIScheme")]
    public string Scheme { get => field ?? ""; init; }
    public IReadOnlyList<HTTPHeader> HttpHeaders { get => field ?? []; init; }
}

public sealed record HTTPHeader
{
    [AlwaysWritten]
    public string Name { get => field ?? ""; init; }
    [AlwaysWritten]
    public string Value { get => field ?? ""; init; }
}

public sealed record TCPSocketAction
{
    [AlwaysWritten]
    public IntOrString Port { get; init; }
    public string Host { get => field ?? ""; init; }
}

public sealed record GRPCAction
{
    [AlwaysWritten]
    public int Port { get; init; }
    [AlwaysWritten]
    public string? Service { get; init; }
}

public sealed record SleepAction
{
    [AlwaysWritten]
    public long Seconds { get; init; }
}

public sealed record Lifecycle
{
    public LifecycleHandler? PostStart { get; init; }
    public LifecycleHandler? PreStop { get; init; }
}

public sealed record LifecycleHandler
{
    public ExecAction? Exec { get; init; }
    public HTTPGetAction? HttpGet { get; init; }
    public TCPSocketAction? TcpSocket { get; init; }
    public SleepAction? Sleep { get; init; }
}
