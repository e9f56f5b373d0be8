using System.Diagnostics.CodeAnalysis;
using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>What a path under /api or /apis names.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Namespace">Empty for cluster-scoped kinds and lists over all namespaces.</param>
/// <param name="Name">Empty for a collection.</param>
/// <param name="Subresource">Empty for the object itself.</param>
/// <param name="Rest">What follows the subresource (of a proxy), without its leading slash.</param>
public sealed record RequestTarget(KindInfo Kind, string Namespace, string Name, string Subresource, string Rest)
{
    /// <summary>True for the old paths under <c>/watch/</c>, which always watch.</summary>
    public bool IsWatch { get; init; }

    private static readonly string[] OfNamespaces = ["status", "finalize"];

    /// <summary>Reads a path. False if no kind that is served lies there.</summary>
    /// <param name="kinds">What is served.</param>
    /// <param name="path">Decoded, beginning with a slash.</param>
    /// <param name="target">The target.</param>
    public static bool TryParse(ServedKinds kinds, string path, [NotNullWhen(true)] out RequestTarget? target)
    {
        target = null;
        var parts = path.TrimEnd('/').Split('/');
        // parts[0] is empty: the path begins with a slash.
        if (parts.Length < 4 || parts[1] is not ("api" or "apis")) return false;
        var core = parts[1] == "api";
        var (group, version, at) = core ? ("", parts[2], 3) : (parts[2], parts[3], 4);
        if (parts.Length <= at) return false;
        var watch = parts[at] == "watch" && parts.Length > at + 1;
        if (watch) at++;
        var ns = "";
        if (parts[at] == "namespaces" && parts.Length > at + 2 && !(core && parts.Length == at + 3 && OfNamespaces.Contains(parts[at + 2], StringComparer.Ordinal)))
        {
            ns = parts[at + 1];
            at += 2;
            if (ns.Length == 0) return false;
        }
        var kind = kinds.Find(group, version, parts[at]);
        if (kind is null || (ns.Length > 0 && !kind.Namespaced)) return false;
        var name = parts.Length > at + 1 ? parts[at + 1] : "";
        var subresource = parts.Length > at + 2 ? parts[at + 2] : "";
        var rest = parts.Length > at + 3 ? string.Join('/', parts[(at + 3)..]) : "";
        if (kind.Namespaced && ns.Length == 0 && name.Length > 0) return false;
        if (rest.Length > 0 && subresource != "proxy") return false;
        if (watch && subresource.Length > 0) return false;
        target = new RequestTarget(kind, ns, name, subresource, rest) { IsWatch = watch };
        return true;
    }
}
