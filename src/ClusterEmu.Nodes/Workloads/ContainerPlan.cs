using ClusterEmu.Network;

namespace ClusterEmu.Nodes;

/// <summary>What speaks at a port.</summary>
public enum ListenerKind
{
    Http = 1,
    Https = 2,

    /// <summary>A TCP server that writes a greeting (may be empty) and closes when the client does.</summary>
    Raw = 3,
    Datagrams = 4,

    /// <summary>The cluster's names over UDP or TCP; answered from the process's snapshot of names.</summary>
    Dns = 5,
}

/// <summary>A port that a container opens, with what answers there.</summary>
public sealed record ListenerPlan(int Port, IpProtocol Protocol, ListenerKind Kind)
{
    public HttpResponder? Http { get; init; }
    public DatagramResponder? Datagrams { get; init; }
    public Greeting? Greeting { get; init; }

    /// <summary>Answers 503 until the cluster's names are known, as CoreDNS's readiness does until it has read the API.</summary>
    public bool NeedsNames { get; init; }

    public static ListenerPlan ForHttp(int port, HttpResponder responder) => new(port, IpProtocol.Tcp, ListenerKind.Http) { Http = responder };

    public static ListenerPlan ForHttps(int port, HttpResponder responder) => new(port, IpProtocol.Tcp, ListenerKind.Https) { Http = responder };

    public static ListenerPlan ForRaw(int port, Greeting greeting) => new(port, IpProtocol.Tcp, ListenerKind.Raw) { Greeting = greeting };

    public static ListenerPlan ForDatagrams(int port, DatagramResponder responder) =>
        new(port, IpProtocol.Udp, ListenerKind.Datagrams) { Datagrams = responder };
}

/// <summary>A file that appears, changes or (null) goes away, at a time since the container's start.</summary>
public readonly record struct FileChange(TimeSpan At, string Path, string? Content);

/// <summary>All that a container will do by itself, worked out before it starts.</summary>
public sealed record ContainerPlan
{
    public IReadOnlyList<ListenerPlan> Listeners { get; init; } = [];

    /// <summary>In order of time.</summary>
    public IReadOnlyList<FileChange> Files { get; init; } = [];

    /// <summary>When the program ends by itself, since its start; null: never.</summary>
    public TimeSpan? ExitsAfter { get; init; }
    public int ExitCode { get; init; }

    /// <summary>How long the program takes to end after SIGTERM; null: it ignores the signal and is killed when its grace is over.</summary>
    public TimeSpan? StopsWithin { get; init; } = TimeSpan.Zero;

    /// <summary>The exit code after SIGTERM.</summary>
    public int StopCode { get; init; }

    /// <summary>Set if the program cannot be started at all; the runtime's words.</summary>
    public string? StartError { get; init; }

    /// <summary>Whether a shell and the usual small tools exist in the image.</summary>
    public bool HasShell { get; init; } = true;

    /// <summary>The content of a file at a time since the start; null if there is none.</summary>
    public string? FileAt(string path, TimeSpan at)
    {
        string? content = null;
        foreach (var change in Files)
        {
            if (change.At > at) break;
            if (change.Path == path) content = change.Content;
        }

        return content;
    }

    /// <summary>What the runtime says when the program is not in the image.</summary>
    public static ContainerPlan NotFound(string program) => new()
    {
        StartError = "failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: "
            + $"unable to start container process: exec: \"{program}\": "
            + (program.Contains('/') ? $"stat {program}: no such file or directory: unknown" : "executable file not found in $PATH: unknown"),
    };
}
