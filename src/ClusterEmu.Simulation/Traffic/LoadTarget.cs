using System.Globalization;

namespace ClusterEmu.Simulation;

internal enum LoadTargetKind
{
    Host,
    ClusterIP,
    LoadBalancer,
    NodePort,
}

/// <summary>The URL of a <see cref="LoadSpec"/>, read.</summary>
/// <param name="Kind">How the address is found.</param>
/// <param name="Host">For <see cref="LoadTargetKind.Host"/>: address or name.</param>
/// <param name="Service">For the others: <c>namespace/name</c>.</param>
/// <param name="Port">0: the default one.</param>
/// <param name="Node">For <see cref="LoadTargetKind.NodePort"/>; empty: any.</param>
/// <param name="Path">Begins with a slash.</param>
/// <param name="Query">Without the question mark.</param>
internal sealed record LoadTarget(LoadTargetKind Kind, string Host, string Service, int Port, string Node, string Path, string Query)
{
    /// <summary>Null if the URL cannot be requested.</summary>
    public static LoadTarget? Parse(string url)
    {
        var scheme = url.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0) return null;
        var rest = url[(scheme + 3)..];
        LoadTargetKind? kind = url[..scheme] switch
        {
            "http" => LoadTargetKind.Host,
            "clusterip" => LoadTargetKind.ClusterIP,
            "loadbalancer" => LoadTargetKind.LoadBalancer,
            "nodeport" => LoadTargetKind.NodePort,
            _ => null,
        };
        if (kind is not { } known) return null;
        var query = "";
        var mark = rest.IndexOf('?');
        if (mark >= 0) (rest, query) = (rest[..mark], rest[(mark + 1)..]);
        var from = 0;
        if (known != LoadTargetKind.Host)
        {
            from = rest.IndexOf('/') + 1;
            if (from <= 1) return null;
        }
        var slash = rest.IndexOf('/', from);
        var (authority, path) = slash < 0 ? (rest, "/") : (rest[..slash], rest[slash..]);
        var node = "";
        if (known == LoadTargetKind.NodePort && authority.IndexOf('@') is >= 0 and var at) (authority, node) = (authority[..at], authority[(at + 1)..]);
        var port = 0;
        if (authority.IndexOf(':') is >= 0 and var colon)
        {
            if (!int.TryParse(authority.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is < 1 or > 65535) return null;
            authority = authority[..colon];
        }
        if (authority.Length == 0 || authority.EndsWith('/')) return null;
        return known == LoadTargetKind.Host
            ? new LoadTarget(known, authority.ToLowerInvariant(), "", port == 0 ? 80 : port, "", path, query)
            : new LoadTarget(known, "", authority, port, node, path, query);
    }
}
