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

[Doc("A command in the container.")]
public sealed record ExecAction
{
    [Doc("Program and arguments. There is no shell around it.")]
    public IReadOnlyList<string> Command { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("An HTTP request to the container.")]
public sealed record HTTPGetAction
{
    [Doc("The path. Defaults to /.")]
    public string Path { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The port: a number, or a container port's name.")]
    [AlwaysWritten]
    public IntOrString Port { get; init; }

    [Doc("The host to connect to. Defaults to the Pod's address; for a Host header use httpHeaders.")]
    public string Host { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("HTTP (the default) or HTTPS, whose certificate is not checked.")]
    [GoType("v1.URIScheme")]
    public string Scheme { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Further headers.")]
    public IReadOnlyList<HTTPHeader> HttpHeaders { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("A header of an HTTP request.")]
public sealed record HTTPHeader
{
    [Doc("The header's name.")]
    [AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The header's value.")]
    [AlwaysWritten]
    public string Value { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[Doc("A TCP connection to the container.")]
public sealed record TCPSocketAction
{
    [Doc("The port: a number, or a container port's name.")]
    [AlwaysWritten]
    public IntOrString Port { get; init; }

    [Doc("The host to connect to. Defaults to the Pod's address.")]
    public string Host { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[Doc("A gRPC health check.")]
public sealed record GRPCAction
{
    [Doc("The port.")]
    [AlwaysWritten]
    public int Port { get; init; }

    [Doc("The service to ask about. Defaults to none: the server as a whole.")]
    [AlwaysWritten]
    public string? Service { get; init; }
}

[Doc("A wait.")]
public sealed record SleepAction
{
    [Doc("How long.")]
    [AlwaysWritten]
    public long Seconds { get; init; }
}

[Doc("What to do at a container's begin and end.")]
public sealed record Lifecycle
{
    [Doc("Right after the start. If it fails, the container is ended.")]
    public LifecycleHandler? PostStart { get; init; }

    [Doc("Before the container is told to end. The grace period runs meanwhile.")]
    public LifecycleHandler? PreStop { get; init; }
}

[Doc("What to do: one of these.")]
public sealed record LifecycleHandler
{
    [Doc("Run a command.")]
    public ExecAction? Exec { get; init; }

    [Doc("Send an HTTP request.")]
    public HTTPGetAction? HttpGet { get; init; }

    [Doc("Open a TCP connection. Deprecated: it never does anything.")]
    public TCPSocketAction? TcpSocket { get; init; }

    [Doc("Wait.")]
    public SleepAction? Sleep { get; init; }
}
