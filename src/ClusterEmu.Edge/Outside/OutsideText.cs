using ClusterEmu.Fabric;
using ClusterEmu.Network;

namespace ClusterEmu.Edge;

/// <summary>What declared outside hosts say. Pure.</summary>
public static class OutsideText
{
    /// <summary>The body of their answer to an HTTP request.</summary>
    /// <param name="host">The host's name.</param>
    /// <param name="method">As asked.</param>
    /// <param name="target">Path and query, as asked.</param>
    /// <param name="flow">As the host sees it.</param>
    public static string Of(string host, string method, string target, in Flow flow) =>
        $"{host} answers {method} {target}\nserver {flow.Destination}\nclient {flow.Source}\n";

    /// <summary>Ends a request of the fast path that arrived at a host's port.</summary>
    public static void Answer(FastRequest request, OutsideHost host, OutsideAnswer answer)
    {
        if (answer != OutsideAnswer.Http)
        {
            request.Fail(FastOutcome.Unsupported, DecisionCause.Routed, $"{host.Name} speaks {answer.ToString().ToLowerInvariant()} there, the fast path plain HTTP only. Dial a connection instead.");
            return;
        }
        var target = request.Query.Length == 0 ? request.Path : $"{request.Path}?{request.Query}";
        request.Answer(200, "text/plain; charset=utf-8", [], request.Method == "HEAD" ? "" : Of(host.Name, request.Method, target, request.Flow));
    }
}
