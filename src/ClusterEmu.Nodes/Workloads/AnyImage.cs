using ClusterEmu.Network;

namespace ClusterEmu.Nodes;

/// <summary>
/// Stands for every image that is not emulated: it serves HTTP on each declared TCP container port (named <c>https</c>, 443 or
/// 8443: over TLS) and echoes datagrams on each UDP one. The page names Pod, image and port.
/// </summary>
/// <remarks>A database's ports speak HTTP too: what matters here is that they can be reached.</remarks>
public sealed class AnyImage : IImage
{
    public IReadOnlyList<string> Names { get; } = [];

    public ContainerPlan Plan(ContainerSetup setup)
    {
        var listeners = setup.Ports.Select(Listener).OfType<ListenerPlan>().ToArray();
        // A shell or sleep instead of the image's own program is taken at its word, unless ports say that it serves.
        if (setup.Command.Count > 0 && listeners.Length == 0 && Programs.Plan(Programs.CommandLine(setup, [], []), setup) is { } plan) return plan;
        return new ContainerPlan { Listeners = listeners };
    }

    private static ListenerPlan? Listener(DeclaredPort declared) => declared.Protocol switch
    {
        IpProtocol.Tcp when declared.Name.StartsWith("https", StringComparison.Ordinal) || declared.Port is 443 or 8443 =>
            ListenerPlan.ForHttps(declared.Port, (in HttpAsk ask, ContainerFacts facts) => Page(ask, facts, declared.Port)),
        IpProtocol.Tcp => ListenerPlan.ForHttp(declared.Port, (in HttpAsk ask, ContainerFacts facts) => Page(ask, facts, declared.Port)),
        IpProtocol.Udp => ListenerPlan.ForDatagrams(declared.Port, (payload, _, _) => payload),
        _ => null,
    };

    private static HttpAnswer Page(in HttpAsk ask, ContainerFacts facts, int port) => HttpAnswer.Text(
        $"Pod: {facts.Namespace}/{facts.PodName}\nImage: {facts.Image}\nNode: {facts.Node}\nPort: {port}\nRequest: {ask.Method} {ask.Path}\nClient: {ask.Client}\n");
}
