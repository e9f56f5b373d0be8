using ClusterEmu.Api;
using ClusterEmu.Network;
using static ClusterEmu.Nodes.Tests.PodSamples;
using static ClusterEmu.Nodes.Tests.WorkloadSamples;

namespace ClusterEmu.Nodes.Tests;

public sealed class ProbesTests
{
    private static readonly Ip PodIP = Ip.Parse("172.17.0.2");

    private static Probe Http(IntOrString port, string path = "/healthz", string scheme = "HTTP") =>
        new() { HttpGet = new HTTPGetAction { Port = port, Path = path, Scheme = scheme } };

    private static ContainerRun Running(params ContainerPort[] ports) =>
        Run() with { Spec = Container() with { Ports = ports }, Plan = Script("touch /tmp/healthy; sleep 30; rm /tmp/healthy; sleep 600") };

    [Fact]
    public void Plan_FindsPortsByNumberAndName()
    {
        var run = Running(new ContainerPort { Name = "web", Port = 8080 });
        var byName = Assert.IsType<ProbeAction.Connect>(Probes.Plan(Http("web"), run, PodIP, Start));
        Assert.Equal((new IpPort(PodIP, 8080), "http://172.17.0.2:8080/healthz"), (byName.Target, byName.Url));
        var tcp = Assert.IsType<ProbeAction.Connect>(Probes.Plan(new Probe { TcpSocket = new TCPSocketAction { Port = 9090, Host = "172.18.0.2" } }, run, PodIP, Start));
        Assert.Equal((IpPort)new IpPort(Ip.Parse("172.18.0.2"), 9090), tcp.Target);
        var missing = Assert.IsType<ProbeAction.Known>(Probes.Plan(Http("nope"), run, PodIP, Start));
        Assert.Equal(ProbeResult.Bad("could not find port nope in container web"), missing.Result);
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(31, false)]
    public void Plan_RunsCommandsAgainstTheFilesOfThatMoment(int seconds, bool success)
    {
        var probe = new Probe { Exec = new ExecAction { Command = ["cat", "/tmp/healthy"] } };
        var known = Assert.IsType<ProbeAction.Known>(Probes.Plan(probe, Running(), PodIP, Start.AddSeconds(seconds)));
        Assert.Equal(success ? ProbeResult.Good : ProbeResult.Bad("cat: can't open '/tmp/healthy': No such file or directory\n"), known.Result);
    }

    [Theory] // path, scheme, what listens, outcome
    [InlineData("/healthz", "HTTP", "netexec", "")]
    [InlineData("/echo?code=404", "HTTP", "netexec", "HTTP probe failed with statuscode: 404")]
    [InlineData("/redirect?location=/x", "HTTP", "netexec", "")]
    [InlineData("/healthz", "HTTPS", "netexec", "Get \"https://172.17.0.2:8080/healthz\": http: server gave HTTP response to HTTPS client")]
    [InlineData("/healthz", "HTTPS", "netexec --tls-cert-file=/x", "")]
    [InlineData("/healthz", "HTTP", "netexec --tls-cert-file=/x", "HTTP probe failed with statuscode: 400")]
    public void Judge_AsksTheListener(string path, string scheme, string args, string output)
    {
        var action = Assert.IsType<ProbeAction.Connect>(Probes.Plan(Http(8080, path, scheme), Running(), PodIP, Start));
        var listener = Plan("agnhost", args).Listeners[0];
        Assert.Equal(new ProbeResult(output.Length == 0, output), Probes.Judge(action, listener, Facts, Caller, Start));
    }

    [Fact]
    public void Failures_SpeakAsTheKubelet()
    {
        var http = Assert.IsType<ProbeAction.Connect>(Probes.Plan(Http(8080), Running(), PodIP, Start));
        Assert.Equal("Get \"http://172.17.0.2:8080/healthz\": dial tcp 172.17.0.2:8080: connect: connection refused", Probes.Refused(http).Output);
        Assert.EndsWith("context deadline exceeded (Client.Timeout exceeded while awaiting headers)", Probes.TimedOut(http).Output);
        var tcp = Assert.IsType<ProbeAction.Connect>(Probes.Plan(new Probe { TcpSocket = new TCPSocketAction { Port = 1 } }, Running(), PodIP, Start));
        Assert.Equal("dial tcp 172.17.0.2:1: connect: connection refused", Probes.Refused(tcp).Output);
        Assert.Equal("dial tcp 172.17.0.2:1: i/o timeout", Probes.TimedOut(tcp).Output);
    }

    [Theory] // results, success threshold, failure threshold, verdict
    [InlineData("+", 1, 3, true)]
    [InlineData("-", 1, 3, null)]
    [InlineData("---", 1, 3, false)]
    [InlineData("+--", 1, 3, true)]
    [InlineData("+---", 1, 3, false)]
    [InlineData("---+", 2, 3, false)]
    [InlineData("---++", 2, 3, true)]
    [InlineData("--+--", 1, 3, true)]
    public void Tally_ChangesItsVerdictAtTheThreshold(string results, int successes, int failures, bool? verdict)
    {
        var probe = new Probe { SuccessThreshold = successes, FailureThreshold = failures };
        var tally = results.Aggregate(default(ProbeTally), (sum, result) => sum.Add(result == '+', probe));
        Assert.Equal(verdict, tally.Verdict);
    }
}
