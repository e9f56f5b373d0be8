using System.Text;
using System.Text.Json;

namespace ClusterEmu.Nodes;

/// <summary><c>agnhost porter</c>: each variable <c>SERVE_PORT_N</c>, <c>SERVE_TCP_PORT_N</c>, <c>SERVE_TLS_PORT_N</c>, <c>SERVE_UDP_PORT_N</c> opens port N, whose answer is its value.</summary>
public static class PorterProgram
{
    public static ContainerPlan Plan(ContainerSetup setup, bool json)
    {
        var listeners = new Dictionary<(int Port, bool Udp), ListenerPlan>();
        foreach (var (name, value) in setup.Env)
        {
            if (Port(name, "SERVE_PORT_") is { } plain) listeners.TryAdd((plain, false), ListenerPlan.ForHttp(plain, Responder(value, json)));
            else if (Port(name, "SERVE_TCP_PORT_") is { } tcp) listeners.TryAdd((tcp, false), ListenerPlan.ForHttp(tcp, Responder(value, json)));
            else if (Port(name, "SERVE_TLS_PORT_") is { } tls) listeners.TryAdd((tls, false), ListenerPlan.ForHttps(tls, Responder(value, json)));
            else if (Port(name, "SERVE_UDP_PORT_") is { } udp)
                listeners.TryAdd((udp, true), ListenerPlan.ForDatagrams(udp, (_, _, _) => Encoding.UTF8.GetBytes(value)));
        }

        return new ContainerPlan
        {
            Listeners = [.. listeners.Values.OrderBy(listener => listener.Port).ThenBy(listener => listener.Protocol)],
            StopCode = 2,
        };
    }

    private static int? Port(string name, string prefix) =>
        name.StartsWith(prefix, StringComparison.Ordinal) && int.TryParse(name.AsSpan(prefix.Length), out var port) && port is >= 1 and <= 65535 ? port : null;

    private static HttpResponder Responder(string value, bool json) => (in HttpAsk ask, ContainerFacts _) => json
        ? new HttpAnswer(200, "application/json", $"{{\"Method\":{Quoted(ask.Method)},\"Body\":{Quoted(value)}}}")
        : HttpAnswer.Text(value);

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text)}\"";
}
