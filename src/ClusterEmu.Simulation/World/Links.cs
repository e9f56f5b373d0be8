using ClusterEmu.Hosting;

namespace ClusterEmu.Simulation;

/// <summary>
/// How long packets travel between sites, and which are lost. A site is a process (<c>control-plane</c>, <c>nodes-1</c>, <c>edge</c>,
/// <c>client</c>), a node (<c>node-1</c>), or <c>outside</c>. Rules that faults add come on top of a link's own latency.
/// </summary>
public sealed class Links
{
    /// <summary>The world outside the cluster.</summary>
    public const string Outside = "outside";

    private readonly Func<string, RandomStream> _stream;
    private readonly LinkLatencies _latencies;
    private readonly Dictionary<string, Dictionary<string, Link>> _links = new(StringComparer.Ordinal); // By sender, then by receiver.
    private readonly List<ActiveRule> _rules = [];

    /// <param name="stream">A random stream of the run, by name: each link and each rule has its own.</param>
    /// <param name="latencies">Of links without rules; null: the usual ones.</param>
    public Links(Func<string, RandomStream> stream, LinkLatencies? latencies = null)
    {
        _stream = stream;
        _latencies = latencies ?? new LinkLatencies();
    }

    /// <summary>The rules in force, in the order in which they came.</summary>
    public IReadOnlyList<LinkRule> Rules => [.. _rules.Select(active => active.Rule)];

    /// <summary>The time that the next packet takes, in microseconds; null: it is lost.</summary>
    public long? Travel(string from, string to)
    {
        if (!_links.TryGetValue(from, out var ways)) _links[from] = ways = new(StringComparer.Ordinal);
        if (!ways.TryGetValue(to, out var link)) ways[to] = link = Make(from, to);
        var travel = link.Latency.Draw(link.Random);
        if (link.Rules.Count == 0) return travel;
        // Every rule draws for every packet, also for one that another rule has lost: so none changes the draws of another.
        var lost = false;
        foreach (var active in link.Rules)
        {
            if (LinkPolicy.Delay(active.Rule, active.Random) is { } extra) travel += extra;
            else lost = true;
        }
        return lost ? null : travel;
    }

    /// <summary>Whether packets of that direction are cut off altogether now. Draws nothing.</summary>
    public bool IsCut(string from, string to) => _rules.Count > 0 && _rules.Exists(active => active.Rule.Cut && LinkPolicy.Concerns(active.Rule, from, to));

    /// <summary>Puts a rule in force until the result is disposed. Rules add up; one may be in force several times.</summary>
    /// <exception cref="ArgumentException">The rule has problems; the message lists them.</exception>
    public IDisposable Add(LinkRule rule)
    {
        var problems = rule.Problems().ToList();
        if (problems.Count > 0) throw new ArgumentException(string.Join('\n', problems), nameof(rule));
        var active = new ActiveRule(this, rule, _stream($"links/rule/{rule.Name}"));
        _rules.Add(active);
        foreach (var (from, ways) in _links)
            foreach (var (to, link) in ways)
                if (LinkPolicy.Concerns(rule, from, to)) link.Rules.Add(active);
        return active;
    }

    private Link Make(string from, string to)
    {
        var far = from == Outside || to == Outside;
        var link = new Link(far ? _latencies.Outside : _latencies.Inside, _stream($"links/{from}/{to}"));
        foreach (var active in _rules)
            if (LinkPolicy.Concerns(active.Rule, from, to)) link.Rules.Add(active);
        return link;
    }

    private sealed record Link(LatencyTable Latency, RandomStream Random)
    {
        public List<ActiveRule> Rules { get; } = [];
    }

    private sealed class ActiveRule(Links links, LinkRule rule, RandomStream random) : IDisposable
    {
        public LinkRule Rule => rule;
        public RandomStream Random => random;

        public void Dispose()
        {
            links._rules.Remove(this);
            foreach (var ways in links._links.Values)
                foreach (var link in ways.Values) link.Rules.Remove(this);
        }
    }
}
