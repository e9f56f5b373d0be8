using System.Globalization;
using System.Text;

namespace ClusterEmu.Api;

/// <summary>Writes values into error messages as Kubernetes does: in the syntax of Go (<c>%q</c> and <c>%#v</c>).</summary>
/// <remarks>
/// Tools and people compare these texts. Known are strings, numbers, truth values, lists and maps of strings,
/// <see cref="IntOrString"/>, <see cref="Quantity"/>, <see cref="LabelSelector"/> and <see cref="GoLiteral"/>.
/// </remarks>
public static class GoSyntax
{
    /// <summary>The value as <c>field.Error</c> shows it; null reads <c>"null"</c>.</summary>
    public static string Write(object? value) => value switch
    {
        null => "\"null\"",
        string text => Quote(text),
        bool truth => truth ? "true" : "false",
        GoLiteral literal => literal.Text,
        LabelSelector selector => Selector(selector),
        IntOrString number => IntOrStringLiteral(number),
        Quantity quantity => QuantityLiteral(quantity),
        IReadOnlyDictionary<string, string> map => Map(map),
        IReadOnlyList<string> list => List("string", list),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>A Go slice of a named string type: <c>[]core.IPFamily{"IPv4"}</c>; an empty one is <c>nil</c>.</summary>
    public static string List(string type, IReadOnlyList<string> items) =>
        items.Count == 0 ? $"[]{type}(nil)" : $"[]{type}{{{string.Join(", ", items.Select(Quote))}}}";

    /// <summary>A Go string literal: <c>strconv.Quote</c>.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var rune in text.EnumerateRunes()) AppendRune(quoted, rune);
        return quoted.Append('"').ToString();
    }

    private static void AppendRune(StringBuilder quoted, Rune rune)
    {
        var escape = rune.Value switch
        {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\a' => "\\a",
            '\b' => "\\b",
            '\f' => "\\f",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            '\v' => "\\v",
            _ => null,
        };
        if (escape is not null) quoted.Append(escape);
        else if (IsPrintable(rune)) quoted.Append(rune.ToString());
        else if (rune.Value is < ' ' or 0x7f) quoted.Append(CultureInfo.InvariantCulture, $"\\x{rune.Value:x2}");
        else if (rune.Value < 0x10000) quoted.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
        else quoted.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:x8}");
    }

    internal static bool IsPrintable(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or
        UnicodeCategory.OtherNotAssigned or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or
        UnicodeCategory.ParagraphSeparator);

    private static string Map(IReadOnlyDictionary<string, string> map)
    {
        if (map.Count == 0) return "map[string]string(nil)";
        var entries = map.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{Quote(entry.Key)}:{Quote(entry.Value)}");
        return $"map[string]string{{{string.Join(", ", entries)}}}";
    }

    private static string Selector(LabelSelector selector)
    {
        var expressions = selector.MatchExpressions.Count == 0
            ? "[]v1.LabelSelectorRequirement(nil)"
            : $"[]v1.LabelSelectorRequirement{{{string.Join(", ", selector.MatchExpressions.Select(Requirement))}}}";
        return $"v1.LabelSelector{{MatchLabels:{Map(selector.MatchLabels)}, MatchExpressions:{expressions}}}";
    }

    private static string Requirement(LabelSelectorRequirement requirement) =>
        $"v1.LabelSelectorRequirement{{Key:{Quote(requirement.Key)}, Operator:{Quote(requirement.Operator)}, Values:{List("string", requirement.Values)}}}";

    private static string IntOrStringLiteral(IntOrString value) => value.IsString
        ? $"intstr.IntOrString{{Type:1, IntVal:0, StrVal:{Quote(value.ToString())}}}"
        : $"intstr.IntOrString{{Type:0, IntVal:{value}, StrVal:\"\"}}";

    /// <summary>Kubernetes shows quantities raw where it forgot to write them as text.</summary>
    private static string QuantityLiteral(Quantity value)
    {
        var (digits, scale) = (value.Nanos, -9);
        for (; scale < 0 && digits % 1000 == 0; scale += 3) digits /= 1000;
        return $"resource.Quantity{{i:resource.int64Amount{{value:{digits}, scale:{scale}}}, d:resource.infDecAmount{{Dec:(*inf.Dec)(nil)}}, s:\"\", Format:\"{value.Format}\"}}";
    }
}

/// <summary>A value already in Go's syntax, for structures that only one rule shows.</summary>
/// <param name="Text">Such as <c>core.ServicePort{Name:"", …}</c>.</param>
public sealed record GoLiteral(string Text);
