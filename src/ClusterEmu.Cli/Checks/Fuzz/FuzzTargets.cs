using System.Globalization;

namespace ClusterEmu.Cli.Checks.Fuzz;

/// <summary>Draws paths and queries: right ones, nearly right ones, and nonsense.</summary>
internal sealed class FuzzTargets(Random random)
{
    public const string Namespace = "fuzz";

    private static readonly string[] Names = ["fuzz-0", "fuzz-1", "fuzz-2", "fuzz-3"];
    private static readonly string[] Subresources = ["status", "scale", "binding", "eviction", "finalize", "log", "exec", "proxy", "token", "ephemeralcontainers", "nosuch", ".."];
    private static readonly string[] Odd =
    [
        "..", ".", "%2e%2e", "%2F", "%00", "%", "%zz", "%ff%fe", "\u00e4", "a b", "*", "?", "#", ";", "\\", "'", "\"", "{", "namespaces", "watch", "pods", "UPPER", "-", "_",
        "con", "x.y.z", "0", "-1", "null", "%F0%9F%98%80", "....//", "%252e", "~", "@", "&", "=", "$(x)", "<b>",
    ];

    private static readonly string[] Selectors =
    [
        "a=b", "a==b", "a!=b", "a in (b,c)", "a notin (b)", "!a", "a", "a in ()", "a in (b", "in in (in)", "=", "==", ",", ",,,", "a=b,", "!", "!!a", "a=b=c", "(a)", "a in (,)", "a>1", "a<x", "a>99999999999999999999",
        "spec.nodeName=x", "status.phase!=Running", "metadata.name=fuzz-0", "metadata.name=\\", "spec.nosuch=1", "a=\\=", "\u0000=a", "a=\ud83d\ude00", "x/y/z=1", "/a=b", "a/=b", "kubernetes.io/metadata.name in (default, fuzz)",
    ];

    private static readonly string[] Numbers = ["0", "1", "-1", "5", "00", "1e3", "0x10", "9223372036854775807", "9223372036854775808", "99999999999999999999999", "", " ", "abc", "1.5", "NaN", "%00"];

    private static readonly string[] Flags = ["true", "false", "1", "0", "TRUE", "yes", "", "2", "null"];

    /// <summary>A URL of a kind that is served, with or without a name; maybe spoiled a little.</summary>
    public string Path(FuzzKind kind, bool named)
    {
        var segments = new List<string>(kind.Root.Trim('/').Split('/'));
        if (kind.Namespaced && random.Next(20) > 0)
        {
            segments.Add("namespaces");
            segments.Add(random.Next(10) == 0 ? Pick(Odd) : Namespace);
        }
        segments.Add(kind.Plural);
        if (named) segments.Add(random.Next(15) == 0 ? Pick(Odd) : Pick(Names));
        if (named && random.Next(6) == 0) segments.Add(Pick(Subresources));
        if (random.Next(12) == 0) segments[random.Next(segments.Count)] = Pick(Odd);
        if (random.Next(30) == 0) segments.Insert(random.Next(segments.Count), Pick(Odd));
        if (random.Next(40) == 0) segments.RemoveAt(random.Next(segments.Count));
        if (random.Next(60) == 0) segments.AddRange(Enumerable.Repeat(Pick(Odd), random.Next(1, 200)));
        var path = "/" + string.Join('/', segments);
        if (random.Next(30) == 0) path += "/";
        if (random.Next(50) == 0) path = path.Replace("/", "//", StringComparison.Ordinal);
        return Escape(path);
    }

    /// <summary>A path to nowhere in particular.</summary>
    public string Nowhere() => Escape("/" + string.Join('/', Enumerable.Range(0, random.Next(1, 8)).Select(_ => random.Next(3) == 0
        ? new string((char)('a' + random.Next(26)), random.Next(1, 300))
        : Pick(random.Next(2) == 0 ? Odd : ["api", "apis", "v1", "openapi", "v2", "healthz", "metrics", "apps", "namespaces", "version", "livez", "readyz", "debug"]))));

    /// <summary>Options of a query, right and wrong.</summary>
    public string Query(bool list)
    {
        if (random.Next(3) == 0) return "";
        var pairs = new List<string>();
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            pairs.Add(random.Next(list ? 14 : 9) switch
            {
                0 => "dryRun=" + Pick(["All", "", "None", "all"]),
                1 => "fieldValidation=" + Pick(["Strict", "Warn", "Ignore", "strict", ""]),
                2 => "fieldManager=" + Uri.EscapeDataString(new string('m', random.Next(0, 300))),
                3 => "force=" + Pick(Flags),
                4 => "pretty=" + Pick(Flags),
                5 => "gracePeriodSeconds=" + Pick(Numbers),
                6 => "propagationPolicy=" + Pick(["Foreground", "Background", "Orphan", "orphan", ""]),
                7 => Uri.EscapeDataString(Pick(Odd)) + "=" + Uri.EscapeDataString(Pick(Odd)),
                8 => Pick(Odd),
                9 => "labelSelector=" + Selector(),
                10 => "fieldSelector=" + Selector(),
                11 => Pick(["limit=", "timeoutSeconds=", "resourceVersion="]) + Pick(Numbers),
                12 => "continue=" + Uri.EscapeDataString(Convert.ToBase64String(Bytes(random.Next(0, 60)))),
                _ => "resourceVersionMatch=" + Pick(["Exact", "NotOlderThan", "exact", ""]),
            });
        }
        if (list && random.Next(12) == 0) pairs.Add("watch=" + Pick(Flags));
        if (list && random.Next(25) == 0) pairs.Add("sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&watch=1");
        return "?" + Escape(string.Join('&', pairs));
    }

    public string Pick(string[] from) => from[random.Next(from.Length)];

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private string Selector() => Uri.EscapeDataString(random.Next(20) == 0
        ? string.Join(',', Enumerable.Range(0, random.Next(1, 400)).Select(i => string.Create(CultureInfo.InvariantCulture, $"k{i} in (a,b,c)")))
        : string.Join(',', Enumerable.Range(0, random.Next(1, 4)).Select(_ => Pick(Selectors))));

    /// <summary>What would end the request line is taken out; all else goes as it is.</summary>
    private static string Escape(string text) => text.Replace(" ", "%20", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
}

/// <summary>A kind that requests go to.</summary>
/// <param name="Root">Such as <c>/api/v1</c>.</param>
/// <param name="Plural">In URLs.</param>
/// <param name="Namespaced">Whether it lives in namespaces.</param>
/// <param name="Example">A right object, as JSON; <c>NAME</c> stands for its name.</param>
internal sealed record FuzzKind(string Root, string Plural, bool Namespaced, string Example);
