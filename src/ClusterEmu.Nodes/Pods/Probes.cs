using ClusterEmu.Api;
using ClusterEmu.Network;

namespace ClusterEmu.Nodes;

public enum ProbeKind
{
    Startup,
    Readiness,
    Liveness,
}

/// <param name="Success">What the probe found.</param>
/// <param name="Output">Why it failed, in the kubelet's words.</param>
public readonly record struct ProbeResult(bool Success, string Output)
{
    public static readonly ProbeResult Good = new(true, "");

    public static ProbeResult Bad(string output) => new(false, output);
}

/// <summary>What has to be done to carry out a probe.</summary>
public abstract record ProbeAction
{
    private ProbeAction()
    {
    }

    /// <summary>Connect, and for HTTP ask.</summary>
    /// <param name="Target">Whom.</param>
    /// <param name="Http">Null: a connection is enough.</param>
    /// <param name="Tls">Whether it speaks HTTPS.</param>
    /// <param name="Url">As errors name it.</param>
    public sealed record Connect(IpPort Target, HTTPGetAction? Http, bool Tls, string Url) : ProbeAction;

    /// <summary>Known without going anywhere.</summary>
    public sealed record Known(ProbeResult Result) : ProbeAction;
}

/// <summary>Probes: what they ask, how answers are judged, when a verdict changes.</summary>
/// <remarks>Source: kubernetes/kubernetes, pkg/probe and pkg/kubelet/prober.</remarks>
public static class Probes
{
    public static Probe? Of(Container container, ProbeKind kind) => kind switch
    {
        ProbeKind.Startup => container.StartupProbe,
        ProbeKind.Readiness => container.ReadinessProbe,
        _ => container.LivenessProbe,
    };

    /// <summary>What to do for one probe of a running container.</summary>
    /// <param name="probe">Its handler counts. A gRPC probe counts as good when its port accepts.</param>
    /// <param name="run">The container; it must run.</param>
    /// <param name="podIP">Where it listens.</param>
    /// <param name="now">For files that appear and vanish.</param>
    public static ProbeAction Plan(Probe probe, ContainerRun run, Ip podIP, DateTimeOffset now)
    {
        if (probe.Exec is { } exec) return new ProbeAction.Known(Exec(exec, run, now));
        var (port, host, http) = probe.HttpGet is { } get ? (get.Port, get.Host, get)
            : probe.TcpSocket is { } tcp ? (tcp.Port, tcp.Host, null)
            : ((IntOrString)(probe.Grpc?.Port ?? 0), "", (HTTPGetAction?)null);
        if (PortOf(port, run.Spec) is not { } number)
            return new ProbeAction.Known(ProbeResult.Bad(port.IsString ? $"could not find port {port} in container {run.Name}" : $"invalid port number: {port}"));
        var target = podIP;
        if (host.Length > 0 && !Ip.TryParse(host, out target))
            return new ProbeAction.Known(ProbeResult.Bad($"dial tcp: lookup {host}: the emulated kubelet probes addresses only. Write an IP address as host, or leave it out for the Pod's own."));
        var tls = string.Equals(http?.Scheme, "HTTPS", StringComparison.OrdinalIgnoreCase);
        var path = http is null || http.Path.Length == 0 ? "/" : http.Path.StartsWith('/') ? http.Path : "/" + http.Path;
        var at = new IpPort(target, number);
        return new ProbeAction.Connect(at, http, tls, $"{(tls ? "https" : "http")}://{at}{path}");
    }

    /// <summary>The request that an HTTP probe sends.</summary>
    public static HttpAsk Ask(HTTPGetAction http, IpPort client, DateTimeOffset now)
    {
        var target = http.Path.Length == 0 ? "/" : http.Path.StartsWith('/') ? http.Path : "/" + http.Path;
        var mark = target.IndexOf('?');
        var headers = http.HttpHeaders.Select(header => KeyValuePair.Create(header.Name, header.Value)).ToList();
        if (!headers.Exists(header => header.Key.Equals("User-Agent", StringComparison.OrdinalIgnoreCase))) headers.Add(new("User-Agent", "kube-probe/1.32"));
        return new HttpAsk("GET", mark < 0 ? target : target[..mark], mark < 0 ? "" : target[(mark + 1)..], headers, client, now);
    }

    /// <summary>What an accepted connection to <paramref name="listener"/> amounts to.</summary>
    public static ProbeResult Judge(ProbeAction.Connect action, ListenerPlan listener, ContainerFacts facts, IpPort client, DateTimeOffset now)
    {
        if (action.Http is not { } http) return ProbeResult.Good;
        if (listener.Http is null) return ProbeResult.Bad($"Get \"{action.Url}\": EOF");
        if (action.Tls && listener.Kind == ListenerKind.Http) return ProbeResult.Bad($"Get \"{action.Url}\": http: server gave HTTP response to HTTPS client");
        // A TLS server answers plain HTTP with a complaint.
        var code = !action.Tls && listener.Kind == ListenerKind.Https ? 400 : listener.Http(Ask(http, client, now), facts).Code;
        return code is >= 200 and < 400 ? ProbeResult.Good : ProbeResult.Bad($"HTTP probe failed with statuscode: {code}");
    }

    public static ProbeResult Refused(ProbeAction.Connect action) => Broken(action, "connect: connection refused");

    public static ProbeResult Unreachable(ProbeAction.Connect action) => Broken(action, "connect: no route to host");

    public static ProbeResult TimedOut(ProbeAction.Connect action) => ProbeResult.Bad(action.Http is null
        ? $"dial tcp {action.Target}: i/o timeout"
        : $"Get \"{action.Url}\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)");

    /// <summary>A port by number, or by the name of a container port; null if there is none or it is out of range.</summary>
    public static int? PortOf(IntOrString port, Container container)
    {
        if (!port.IsString) return port.Number is >= 1 and <= 65535 ? port.Number : null;
        var named = container.Ports.FirstOrDefault(other => other.Name == port.Text);
        if (named is not null) return named.Port;
        return int.TryParse(port.Text, out var number) && number is >= 1 and <= 65535 ? number : null;
    }

    private static ProbeResult Broken(ProbeAction.Connect action, string why) =>
        ProbeResult.Bad(action.Http is null ? $"dial tcp {action.Target}: {why}" : $"Get \"{action.Url}\": dial tcp {action.Target}: {why}");

    private static ProbeResult Exec(ExecAction exec, ContainerRun run, DateTimeOffset now)
    {
        var plan = run.Plan!;
        if (!plan.HasShell) return ProbeResult.Bad($"exec: \"{exec.Command.FirstOrDefault()}\": executable file not found in $PATH: unknown");
        var age = now - run.StartedAt;
        return ExecCheck.Run(exec.Command, path => plan.FileAt(path, age) is not null) switch
        {
            0 => ProbeResult.Good,
            // Programs that are not emulated are taken to be content, as the images that they belong to are.
            null => ProbeResult.Good,
            _ when exec.Command is ["cat", ..] => ProbeResult.Bad($"cat: can't open '{exec.Command[^1]}': No such file or directory\n"),
            _ => ProbeResult.Bad(""),
        };
    }
}

/// <summary>Counts results until one side reaches its threshold. Immutable.</summary>
/// <param name="Verdict">Null until the first threshold was reached.</param>
/// <param name="Last">The side that is being counted.</param>
/// <param name="Run">How often in a row.</param>
public readonly record struct ProbeTally(bool? Verdict, bool Last, int Run)
{
    public ProbeTally Add(bool success, Probe probe)
    {
        var run = success == Last ? Run + 1 : 1;
        var threshold = Math.Max(1, success ? probe.SuccessThreshold : probe.FailureThreshold);
        return new ProbeTally(run >= threshold ? success : Verdict, success, run);
    }
}
