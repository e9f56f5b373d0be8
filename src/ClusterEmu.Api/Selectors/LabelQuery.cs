namespace ClusterEmu.Api;

/// <summary>A set of conditions on labels, all of which must hold. Immutable.</summary>
/// <remarks>Text such as <c>app=web,tier!=db,env in (a,b),!canary</c> is parsed as k8s.io/apimachinery labels does.</remarks>
public sealed class LabelQuery
{
    /// <summary>No conditions: matches all.</summary>
    public static readonly LabelQuery Everything = new([], matchesNothing: false);

    public static readonly LabelQuery Nothing = new([], matchesNothing: true);

    private readonly bool _matchesNothing;

    private LabelQuery(IReadOnlyList<LabelRequirement> requirements, bool matchesNothing)
    {
        Requirements = requirements;
        _matchesNothing = matchesNothing;
    }

    /// <summary>In the order of their keys.</summary>
    public IReadOnlyList<LabelRequirement> Requirements { get; }

    public bool IsEverything => Requirements.Count == 0 && !_matchesNothing;

    /// <param name="text">Empty or null matches everything.</param>
    /// <exception cref="SelectorException">The text is no selector; the message is Kubernetes'.</exception>
    public static LabelQuery Parse(string? text) => string.IsNullOrEmpty(text) ? Everything : Of(new LabelQueryParser(text).Parse());

    /// <summary>Every pair must be among the labels: what a Service's <c>spec.selector</c> means. An empty map matches everything.</summary>
    public static LabelQuery OfPairs(IReadOnlyDictionary<string, string> pairs) =>
        Of(pairs.Select(pair => new LabelRequirement(pair.Key, LabelOperator.Equal, [pair.Value])));

    /// <summary>What a workload's <c>spec.selector</c> means: none matches nothing, an empty one everything.</summary>
    /// <exception cref="SelectorException">An operator is unknown.</exception>
    public static LabelQuery OfSelector(LabelSelector? selector)
    {
        if (selector is null) return Nothing;
        var pairs = selector.MatchLabels.Select(pair => new LabelRequirement(pair.Key, LabelOperator.Equal, [pair.Value]));
        return Of(pairs.Concat(selector.MatchExpressions.Select(expression => new LabelRequirement(
            expression.Key,
            expression.Operator switch
            {
                "In" => LabelOperator.In,
                "NotIn" => LabelOperator.NotIn,
                "Exists" => LabelOperator.Exists,
                "DoesNotExist" => LabelOperator.DoesNotExist,
                var other => throw new SelectorException($"\"{other}\" is not a valid label selector operator"),
            },
            expression.Values.Distinct().Order(StringComparer.Ordinal).ToArray()))));
    }

    public bool Matches(IReadOnlyDictionary<string, string> labels)
    {
        if (_matchesNothing) return false;
        for (var index = 0; index < Requirements.Count; index++)
            if (!Requirements[index].Matches(labels)) return false;
        return true;
    }

    /// <summary>The text that <see cref="Parse"/> reads.</summary>
    public override string ToString() => string.Join(',', Requirements);

    private static LabelQuery Of(IEnumerable<LabelRequirement> requirements) =>
        new(requirements.OrderBy(requirement => requirement.Key, StringComparer.Ordinal).ToArray(), matchesNothing: false);
}
