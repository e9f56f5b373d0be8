namespace ClusterEmu.Api;

[Doc("A check that a node runs against a container, again and again.")]
public sealed record Probe
{
    [Doc("A command; it succeeds with exit code 0.")]
    public ExecAction? Exec { get; init; }

    [Doc("An HTTP request; codes 200 to 399 succeed.")]
    public HTTPGetAction? HttpGet { get; init; }

    [Doc("A TCP connection; it succeeds if it opens.")]
    public TCPSocketAction? TcpSocket { get; init; }

    [Doc("A gRPC health check.")]
    public GRPCAction? Grpc { get; init; }

    [Doc("Time from the container's start to the first check.")]
    public int InitialDelaySeconds { get; init; }

    [Doc("Time for one check. Defaults to 1.")]
    public int TimeoutSeconds { get; init; }

    [Doc("Time between checks. Defaults to 10.")]
    public int PeriodSeconds { get; init; }

    [Doc("Successes in a row that end a failure. Defaults to 1.")]
    public int SuccessThreshold { get; init; }

    [Doc("Failures in a row that count as failed. Defaults to 3.")]
    public int FailureThreshold { get; init; }

    [Doc("Time to end in an orderly way when the probe kills the container.")]
    public long? TerminationGracePeriodSeconds { get; init; }
}

public sealed record ExecAction
{
    public IReadOnlyList<string> Command { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

public sealed record HTTPGetAction
{
    public string Path { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public IntOrString Port { get; init; }
    public string Host { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [GoType("v1.URIScheme")]
    public string Scheme { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public IReadOnlyList<HTTPHeader> HttpHeaders { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

public sealed record HTTPHeader
{
    [AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public string Value { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

public sealed record TCPSocketAction
{
    [AlwaysWritten]
    public IntOrString Port { get; init; }
    public string Host { get => field ?? ""; init => field = Absent.IfEmpty(value); }
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
