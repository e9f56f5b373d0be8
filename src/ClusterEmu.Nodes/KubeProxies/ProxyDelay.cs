using System.Globalization;
using ClusterEmu.Api;
using ClusterEmu.Network;

namespace ClusterEmu.Nodes;

/// <summary>How long a node's kube-proxy holds changes back.</summary>
public static class ProxyDelay
{
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>The Node's annotation, or <paramref name="otherwise"/> where it has none or one that cannot be read.</summary>
    public static TimeSpan Of(Node node, TimeSpan otherwise) =>
        node.Metadata.Annotations.TryGetValue(Registration.KubeProxyDelayAnnotation, out var text) && TryParse(text, out var delay) ? delay : otherwise;

    /// <summary>Reads a duration as Kubernetes writes simple ones: <c>2s</c>, <c>1.5s</c>, <c>300ms</c>, <c>1m</c>, <c>0</c>; at most an hour.</summary>
    public static bool TryParse(string text, out TimeSpan delay)
    {
        delay = TimeSpan.Zero;
        var unit = text.Length;
        while (unit > 0 && char.IsAsciiLetter(text[unit - 1])) unit--;
        if (!decimal.TryParse(text.AsSpan(0, unit), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return false;
        if (number > (decimal)Longest.TotalMilliseconds) return false; // In any unit; what follows must not overflow.
        decimal? milliseconds = text[unit..] switch
        {
            "ms" => number,
            "s" => number * 1000,
            "m" => number * 60_000,
            "h" => number * 3_600_000,
            "" when number == 0 => 0,
            _ => null,
        };
        if (milliseconds is not { } value || value > (decimal)Longest.TotalMilliseconds) return false;
        delay = TimeSpan.FromMicroseconds((long)(value * 1000));
        return true;
    }
}
