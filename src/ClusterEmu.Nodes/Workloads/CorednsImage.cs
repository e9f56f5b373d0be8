using ClusterEmu.Network;

namespace ClusterEmu.Nodes;

/// <summary>CoreDNS: the cluster's names on port 53 (UDP and TCP), health on 8080, readiness on 8181, metrics on 9153.</summary>
public sealed class CorednsImage : IImage
{
    public IReadOnlyList<string> Names { get; } = ["coredns"];

    public ContainerPlan Plan(ContainerSetup setup)
    {
        var line = Programs.CommandLine(setup, ["/coredns"], []);
        if (Programs.NameOf(line[0]) != "coredns") return ContainerPlan.NotFound(line[0]);
        var port = Programs.PortFlag(line, "-dns.port", 53);
        return new ContainerPlan
        {
            HasShell = false,
            Listeners =
            [
                new ListenerPlan(port, IpProtocol.Udp, ListenerKind.Dns),
                new ListenerPlan(port, IpProtocol.Tcp, ListenerKind.Dns),
                ListenerPlan.ForHttp(8080, (in HttpAsk ask, ContainerFacts _) => At(ask, "/health", "OK")),
                ListenerPlan.ForHttp(8181, (in HttpAsk ask, ContainerFacts _) => At(ask, "/ready", "OK")) with { NeedsNames = true },
                ListenerPlan.ForHttp(9153, Metrics),
            ],
            // The Corefile's usual "lameduck 5s": health says so, and requests are still served.
            StopsWithin = TimeSpan.FromSeconds(5),
        };
    }

    private static HttpAnswer At(in HttpAsk ask, string path, string body) =>
        ask.Path == path ? HttpAnswer.Text(body) : HttpAnswer.Text("404 page not found\n", 404);

    private static HttpAnswer Metrics(in HttpAsk ask, ContainerFacts facts)
    {
        if (ask.Path != "/metrics") return HttpAnswer.Text("404 page not found\n", 404);
        var up = (long)(ask.Now - facts.StartedAt).TotalSeconds;
        return new HttpAnswer(200, "text/plain; version=0.0.4; charset=utf-8",
            "# HELP coredns_build_info A metric with a constant '1' value.\n# TYPE coredns_build_info gauge\n"
            + $"coredns_build_info{{version=\"{facts.Image[(facts.Image.LastIndexOf(':') + 1)..]}\"}} 1\n"
            + $"# HELP process_uptime_seconds Time since the start.\n# TYPE process_uptime_seconds gauge\nprocess_uptime_seconds {up}\n");
    }
}
