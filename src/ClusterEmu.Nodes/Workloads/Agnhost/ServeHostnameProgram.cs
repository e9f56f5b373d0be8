using System.Text;

namespace ClusterEmu.Nodes;

/// <summary><c>agnhost serve-hostname [--port 9376] [--http] [--tcp] [--udp]</c>: answers everything with its host name.</summary>
public static class ServeHostnameProgram
{
    public static ContainerPlan Plan(IReadOnlyList<string> line)
    {
        var port = Programs.PortFlag(line, "--port", 9376);
        bool tcp = IsOn(line, "--tcp", false), udp = IsOn(line, "--udp", false), http = IsOn(line, "--http", true);
        // Go's log.Fatal: code 1.
        if (port < 1 || (http && (tcp || udp))) return new ContainerPlan { ExitsAfter = TimeSpan.Zero, ExitCode = 1 };

        var listeners = new List<ListenerPlan>();
        if (http) listeners.Add(ListenerPlan.ForHttp(port, (in HttpAsk _, ContainerFacts facts) => HttpAnswer.Text(facts.Hostname)));
        if (tcp) listeners.Add(ListenerPlan.ForRaw(port, (_, facts) => facts.Hostname));
        if (udp) listeners.Add(ListenerPlan.ForDatagrams(port, (_, _, facts) => Encoding.UTF8.GetBytes(facts.Hostname)));
        // After SIGTERM it serves on for a minute, so that a Service has time to forget it.
        return new ContainerPlan { Listeners = listeners, StopsWithin = TimeSpan.FromSeconds(60) };
    }

    private static bool IsOn(IReadOnlyList<string> line, string flag, bool otherwise)
    {
        foreach (var word in line)
        {
            if (word == flag) return true;
            if (word.StartsWith(flag + "=", StringComparison.Ordinal)) return word[(flag.Length + 1)..] is "true" or "1" or "t";
        }

        return otherwise;
    }
}
