using ClusterEmu.Network;

namespace ClusterEmu.Nodes.Tests;

/// <summary>Setups and requests that the tables of images share.</summary>
internal static class WorkloadSamples
{
    public static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static readonly ContainerFacts Facts = new()
    {
        Namespace = "default",
        PodName = "web-1",
        Hostname = "web-1",
        Container = "web",
        Image = "agnhost:2.40",
        Node = "node-1",
        PodIP = Ip.Parse("172.17.0.2"),
        StartedAt = Start,
    };

    public static readonly IpPort Caller = new(Ip.Parse("172.17.1.9"), 40000);

    /// <param name="image">Such as <c>nginx:1.21</c>.</param>
    /// <param name="args">Words parted by blanks; a leading <c>!</c> makes them the command.</param>
    /// <param name="env">Pairs <c>A=1</c> parted by commas.</param>
    /// <param name="ports">Pairs <c>8080/tcp</c> parted by commas.</param>
    public static ContainerSetup Setup(string image, string args = "", string env = "", string ports = "")
    {
        Assert.True(ImageReference.TryParse(image, out var reference));
        var words = args.TrimStart('!').Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new ContainerSetup
        {
            Image = reference,
            Hostname = "web-1",
            Command = args.StartsWith('!') ? words : [],
            Args = args.StartsWith('!') ? [] : words,
            Env = [.. env.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(pair => KeyValuePair.Create(pair.Split('=')[0], pair.Split('=')[1]))],
            Ports = [.. ports.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Port)],
        };
    }

    public static ContainerPlan Plan(string image, string args = "", string env = "", string ports = "") => ImageCatalog.Plan(Setup(image, args, env, ports));

    public static ContainerPlan Script(string script) => ImageCatalog.Plan(Setup("busybox") with { Command = ["sh", "-c", script] });

    public static HttpAsk Ask(string target, string method = "GET", TimeSpan after = default, params (string, string)[] headers)
    {
        var mark = target.IndexOf('?');
        return new HttpAsk(method, mark < 0 ? target : target[..mark], mark < 0 ? "" : target[(mark + 1)..],
            [.. headers.Select(header => KeyValuePair.Create(header.Item1, header.Item2))], Caller, Start + after);
    }

    public static HttpAnswer Answer(ContainerPlan plan, int port, HttpAsk ask)
    {
        var listener = Assert.Single(plan.Listeners, listener => listener.Port == port && listener.Http is not null);
        return listener.Http!(ask, Facts);
    }

    /// <summary>Such as <c>80/Http 8443/Https 53/Dns</c>, in the plan's order.</summary>
    public static string Ports(ContainerPlan plan) => string.Join(' ', plan.Listeners.Select(listener => $"{listener.Port}/{listener.Kind}"));

    private static DeclaredPort Port(string text)
    {
        var parts = text.Split('/');
        return new DeclaredPort(parts.Length > 2 ? parts[2] : "", int.Parse(parts[0]), parts[1] == "udp" ? IpProtocol.Udp : IpProtocol.Tcp);
    }
}
