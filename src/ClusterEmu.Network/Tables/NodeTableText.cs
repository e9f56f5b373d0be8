using System.Globalization;
using System.Text;

namespace ClusterEmu.Network;

/// <summary>Writes a <see cref="NodeTableView"/> as text, in the manner of iptables-save and ipvsadm but in full words.</summary>
public static class NodeTableText
{
    public static string Write(NodeTableView view)
    {
        var text = new StringBuilder();
        var fresh = view.Revision == view.NewestRevision ? "the newest" : $"revision {view.NewestRevision} has been waiting for {Seconds(view.LagMs)}";
        text.Append(CultureInfo.InvariantCulture, $"# Routing table of {view.Node}, mode {view.Mode}: revision {view.Revision} ({fresh}), in force for {Seconds(view.AgeMs)}.\n");
        text.Append($"# From Services up to resourceVersion {OrNone(view.ServicesVersion)}, EndpointSlices up to {OrNone(view.EndpointSlicesVersion)}.\n");
        if (view.Note.Length > 0) text.Append($"\n{view.Note}\n");
        foreach (var port in view.Services) Write(text, port, view.Mode);
        return text.ToString();
    }

    private static void Write(StringBuilder text, ServicePortView port, string mode)
    {
        text.Append($"\n{port.Service}{(port.PortName.Length == 0 ? "" : $":{port.PortName}")} {port.Protocol}");
        if (port.SessionAffinitySeconds > 0) text.Append(CultureInfo.InvariantCulture, $", session affinity {port.SessionAffinitySeconds} s");
        if (port.InternalTrafficPolicy == "Local") text.Append(", internalTrafficPolicy Local");
        if (port.ExternalTrafficPolicy == "Local") text.Append(", externalTrafficPolicy Local");
        if (port.SourceRanges.Count > 0) text.Append($", load balancer only for {string.Join(", ", port.SourceRanges)}");
        text.Append('\n');
        var width = port.Rules.Count == 0 ? 0 : port.Rules.Max(r => r.Destination.Length);
        foreach (var rule in port.Rules)
        {
            var verdict = rule.Verdict == "dnat" ? rule.Path : $"{rule.Verdict.ToUpperInvariant()} ({rule.Reason})";
            text.Append($"  {rule.Kind,-14} {rule.Destination.PadRight(width)}  {verdict}\n");
        }
        foreach (var group in port.Rules.Where(r => r.Verdict == "dnat").GroupBy(r => string.Join(' ', r.Uses), StringComparer.Ordinal))
        {
            text.Append($"  {string.Join(", ", group.Select(r => r.Kind).Distinct())} ->\n");
            var uses = group.First().Uses;
            for (var i = 0; i < uses.Count; i++) text.Append($"    {Share(mode, uses.Count, i)}  {Describe(port, uses[i], mode)}\n");
        }
        var used = port.Rules.SelectMany(r => r.Uses).ToHashSet(StringComparer.Ordinal);
        foreach (var endpoint in port.Endpoints.Where(e => !used.Contains(e.Address)))
            text.Append($"    not used here: {Describe(port, endpoint.Address, mode)}{(endpoint.Ready ? "" : endpoint.Terminating ? ", terminating" : ", not ready")}\n");
    }

    private static string Share(string mode, int count, int index) =>
        mode == "ipvs" ? "in turn" : index == count - 1 ? "the rest     " : ProbabilityChain.Text(count - index);

    private static string Describe(ServicePortView port, string address, string mode)
    {
        var endpoint = port.Endpoints.First(e => e.Address == address);
        var where = endpoint.Node.Length == 0 ? "" : $" on {endpoint.Node}{(endpoint.Zone.Length == 0 ? "" : $" ({endpoint.Zone})")}";
        return $"{(mode == "ipvs" ? "" : $"{endpoint.Chain}  ")}{endpoint.Address}{(endpoint.Pod.Length == 0 ? "" : $"  pod {endpoint.Pod}")}{where}";
    }

    private static string Seconds(double milliseconds) => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000:0.0} s");

    private static string OrNone(string version) => version.Length == 0 ? "(none)" : version;
}
