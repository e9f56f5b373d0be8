using System.Text.RegularExpressions;

namespace ClusterEmu.Api;

/// <summary>What evaluating may still cost: every step takes one from it, so that no rule can hold up the server.</summary>
/// <remarks>The limits are those of Kubernetes; what a step costs differs a little. Source: k8s.io/apiserver pkg/apis/cel/config.go.</remarks>
internal sealed class CelBudget
{
    /// <summary>For one evaluation of one rule.</summary>
    public const long PerRule = 1_000_000;

    /// <summary>For all rules of one object.</summary>
    public const long PerObject = 10_000_000;

    private readonly Dictionary<string, Regex> _patterns = new(StringComparer.Ordinal);
    private long _left = PerObject;
    private long _leftForRule;

    /// <summary>Whether nothing more may be evaluated.</summary>
    public bool IsSpent => _left <= 0;

    public void BeginRule() => _leftForRule = PerRule;

    /// <exception cref="CelException">The rule, or all of them, cost too much.</exception>
    public void Spend(long cost)
    {
        _left -= cost;
        _leftForRule -= cost;
        if (_leftForRule < 0) throw new CelException("operation cancelled: actual cost limit exceeded");
    }

    /// <exception cref="CelException">The pattern is no regular expression.</exception>
    public Regex Regex(string pattern)
    {
        if (_patterns.TryGetValue(pattern, out var known)) return known;
        Spend(pattern.Length);
        return _patterns[pattern] = GoRegex.TryParse(pattern, out var regex, out var problem) ? regex : throw new CelException(problem);
    }
}
