using System.Text;

namespace ClusterEmu.Api;

/// <summary>One condition on a field: <c>spec.nodeName=node-1</c>.</summary>
/// <param name="Label">The field, as the kind names it.</param>
/// <param name="Value">The text to compare with.</param>
/// <param name="Negated">True for <c>!=</c>.</param>
public sealed record FieldTerm(string Label, string Value, bool Negated);

/// <summary>A set of conditions on fields of one kind, all of which must hold. Immutable.</summary>
/// <remarks>Text such as <c>status.phase=Running,metadata.name!=x</c> is parsed as k8s.io/apimachinery fields does.</remarks>
public sealed class FieldQuery
{
    private readonly KindInfo _kind;

    private FieldQuery(KindInfo kind, IReadOnlyList<FieldTerm> terms)
    {
        _kind = kind;
        Terms = terms;
    }

    public IReadOnlyList<FieldTerm> Terms { get; }
    public bool IsEverything => Terms.Count == 0;

    /// <param name="kind">It decides which fields can be selected by: <see cref="KindInfo.FieldLabels"/>.</param>
    /// <param name="text">Empty or null matches everything.</param>
    /// <exception cref="SelectorException">The text is no selector, or the kind does not offer the field; the message is Kubernetes'.</exception>
    public static FieldQuery Parse(KindInfo kind, string? text)
    {
        if (string.IsNullOrEmpty(text)) return new FieldQuery(kind, []);
        var terms = new List<FieldTerm>();
        foreach (var part in Split(text).Order(StringComparer.Ordinal))
        {
            if (part.Length == 0) continue;
            var at = part.IndexOf('=');
            if (at < 0) throw new SelectorException($"invalid selector: '{text}'; can't understand '{part}'");
            var negated = at > 0 && part[at - 1] == '!';
            var value = part[(at + 1)..];
            if (!negated && value.StartsWith('=')) value = value[1..];
            var plain = Unescape(value);
            terms.Add(new FieldTerm(kind.FieldLabelFor(part[..(negated ? at - 1 : at)]), plain, negated));
        }
        return new FieldQuery(kind, terms);
    }

    /// <summary>The value that the field must have, or null if there is no such condition. For looking up an index.</summary>
    public string? Required(string label) => Terms.FirstOrDefault(term => term.Label == label && !term.Negated)?.Value;

    public bool Matches(IKubeObject value)
    {
        for (var index = 0; index < Terms.Count; index++)
        {
            var term = Terms[index];
            if (_kind.FieldValue(value, term.Label) == term.Value == term.Negated) return false;
        }
        return true;
    }

    public override string ToString() => string.Join(',', Terms.Select(term => $"{term.Label}{(term.Negated ? "!=" : "=")}{Escape(term.Value)}"));

    private static IEnumerable<string> Split(string text)
    {
        var start = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '\\') at++;
            else if (text[at] == ',')
            {
                yield return text[start..at];
                start = at + 1;
            }
        }
        yield return text[start..];
    }

    private static string Unescape(string value)
    {
        var plain = new StringBuilder(value.Length);
        for (var at = 0; at < value.Length; at++)
        {
            switch (value[at])
            {
                case '\\' when at + 1 == value.Length || value[at + 1] is not ('\\' or ',' or '='):
                    throw new SelectorException($"invalid field selector: invalid escape sequence: {value.Substring(at, Math.Min(2, value.Length - at))}");
                case '\\':
                    plain.Append(value[++at]);
                    break;
                case ',' or '=':
                    throw new SelectorException($"invalid field selector: unescaped character in value: {(int)value[at]}");
                default:
                    plain.Append(value[at]);
                    break;
            }
        }
        return plain.ToString();
    }

    private static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal).Replace("=", "\\=", StringComparison.Ordinal);
}
