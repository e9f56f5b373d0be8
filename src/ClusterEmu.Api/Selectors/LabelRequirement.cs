using System.Globalization;

namespace ClusterEmu.Api;

/// <summary>How a label is compared.</summary>
public enum LabelOperator
{
    /// <summary><c>key=value</c></summary>
    Equal,

    /// <summary><c>key!=value</c>: also true without the label.</summary>
    NotEqual,

    /// <summary><c>key in (a,b)</c></summary>
    In,

    /// <summary><c>key notin (a,b)</c>: also true without the label.</summary>
    NotIn,

    /// <summary><c>key</c></summary>
    Exists,

    /// <summary><c>!key</c></summary>
    DoesNotExist,

    /// <summary><c>key&gt;5</c>, for whole numbers.</summary>
    GreaterThan,

    /// <summary><c>key&lt;5</c>, for whole numbers.</summary>
    LessThan,
}

/// <summary>One condition on labels.</summary>
/// <param name="Key">The label.</param>
/// <param name="Operator">How it is compared.</param>
/// <param name="Values">With what: each once, in ordinal order.</param>
public sealed record LabelRequirement(string Key, LabelOperator Operator, IReadOnlyList<string> Values)
{
    public bool Matches(IReadOnlyDictionary<string, string> labels)
    {
        var has = labels.TryGetValue(Key, out var value);
        return Operator switch
        {
            LabelOperator.Equal or LabelOperator.In => has && Values.Contains(value!),
            LabelOperator.NotEqual or LabelOperator.NotIn => !has || !Values.Contains(value!),
            LabelOperator.Exists => has,
            LabelOperator.DoesNotExist => !has,
            LabelOperator.GreaterThan => has && TryNumber(value!, out var number) && TryNumber(Values[0], out var bound) && number > bound,
            _ => has && TryNumber(value!, out var number) && TryNumber(Values[0], out var bound) && number < bound,
        };
    }

    /// <summary>As Kubernetes writes it: <c>env in (a,b)</c>, <c>!gone</c>.</summary>
    public override string ToString() => Operator switch
    {
        LabelOperator.Equal => $"{Key}={Values[0]}",
        LabelOperator.NotEqual => $"{Key}!={Values[0]}",
        LabelOperator.In => $"{Key} in ({string.Join(',', Values)})",
        LabelOperator.NotIn => $"{Key} notin ({string.Join(',', Values)})",
        LabelOperator.Exists => Key,
        LabelOperator.DoesNotExist => "!" + Key,
        LabelOperator.GreaterThan => $"{Key}>{Values[0]}",
        _ => $"{Key}<{Values[0]}",
    };

    internal static bool TryNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}
