namespace ClusterEmu.Api;

/// <summary>Parses label selectors. Its errors are those of k8s.io/apimachinery pkg/labels, word for word.</summary>
internal sealed class LabelQueryParser(string text)
{
    private enum Kind
    {
        End,
        Word,
        In,
        NotIn,
        Comma,
        Open,
        Close,
        Not,
        Equal,
        DoubleEqual,
        NotEqual,
        Greater,
        Less,
        Bad,
    }

    private readonly List<(Kind Kind, string Text)> _tokens = Tokens(text);
    private int _at;

    /// <summary>The token at hand, where keywords are words.</summary>
    private (Kind Kind, string Text) Next
    {
        get
        {
            var (kind, text) = _tokens[_at];
            return (kind is Kind.In or Kind.NotIn ? Kind.Word : kind, text);
        }
    }

    public List<LabelRequirement> Parse()
    {
        var requirements = new List<LabelRequirement>();
        while (Next.Kind != Kind.End)
        {
            if (Next.Kind is not (Kind.Word or Kind.Not)) throw Refuse($"found '{Next.Text}', expected: !, identifier, or 'end of string'");
            try
            {
                requirements.Add(Requirement());
            }
            catch (SelectorException refused)
            {
                throw Refuse("unable to parse requirement: " + refused.Message);
            }
            var separator = Take();
            if (separator.Kind == Kind.End) break;
            if (separator.Kind != Kind.Comma) throw Refuse($"found '{separator.Text}', expected: ',' or 'end of string'");
            if (Next.Kind is not (Kind.Word or Kind.Not)) throw Refuse($"found '{Next.Text}', expected: identifier after ','");
        }
        return requirements;
    }

    private LabelRequirement Requirement()
    {
        var negated = Next.Kind == Kind.Not;
        if (negated) Take();
        var key = Take();
        if (key.Kind != Kind.Word) throw Refuse($"found '{key.Text}', expected: identifier");
        if (NameRules.QualifiedName(key.Text) is { Count: > 0 } problems)
            throw Refuse($"<nil>: Invalid value: {GoSyntax.Quote(key.Text)}: {string.Join("; ", problems)}");
        if (negated) return new LabelRequirement(key.Text, LabelOperator.DoesNotExist, []);
        if (Next.Kind is Kind.End or Kind.Comma) return new LabelRequirement(key.Text, LabelOperator.Exists, []);

        var (kind, found) = _tokens[_at];
        var how = kind switch
        {
            Kind.In => LabelOperator.In,
            Kind.NotIn => LabelOperator.NotIn,
            Kind.Equal or Kind.DoubleEqual => LabelOperator.Equal,
            Kind.NotEqual => LabelOperator.NotEqual,
            Kind.Greater => LabelOperator.GreaterThan,
            Kind.Less => LabelOperator.LessThan,
            _ => throw Refuse($"found '{found}', expected: in, notin, =, ==, !=, gt, lt"),
        };
        _at++;
        var values = how is LabelOperator.In or LabelOperator.NotIn ? Values() : [ExactValue()];
        var ordered = values.Distinct().Order(StringComparer.Ordinal).ToArray();
        Validate(key.Text, how, ordered);
        return new LabelRequirement(key.Text, how, ordered);
    }

    private List<string> Values()
    {
        var open = Take();
        if (open.Kind != Kind.Open) throw Refuse($"found '{open.Text}' expected: '('");
        if (Next.Kind == Kind.Close)
        {
            Take();
            return [];
        }
        if (Next.Kind is not (Kind.Word or Kind.Comma)) throw Refuse($"found '{Next.Text}', expected: ',', ')' or identifier");
        var values = new List<string>();
        while (true)
        {
            if (Next.Kind == Kind.Word)
            {
                values.Add(Take().Text);
            }
            else
            {
                values.Add(""); // Nothing between two commas, or before the first or after the last, is the empty value.
                if (Next.Kind is not (Kind.Comma or Kind.Close)) throw Refuse($"found '{Next.Text}', expected: ',', or identifier");
            }
            var separator = Take();
            if (separator.Kind == Kind.Close) return values;
            if (separator.Kind != Kind.Comma) throw Refuse($"found '{separator.Text}', expected: ',' or ')'");
        }
    }

    private string ExactValue()
    {
        if (Next.Kind is Kind.End or Kind.Comma) return "";
        var value = Take();
        return value.Kind == Kind.Word ? value.Text : throw Refuse($"found '{value.Text}', expected: identifier");
    }

    private static void Validate(string key, LabelOperator how, string[] values)
    {
        var problems = new List<string>();
        if (values.Length == 0) problems.Add("values: Invalid value: []string{}: for 'in', 'notin' operators, values set can't be empty");
        for (var index = 0; index < values.Length; index++)
        {
            if (how is LabelOperator.GreaterThan or LabelOperator.LessThan && !LabelRequirement.TryNumber(values[index], out _))
                problems.Add($"values[{index}]: Invalid value: {GoSyntax.Quote(values[index])}: for 'Gt', 'Lt' operators, the value must be an integer");
            if (NameRules.LabelValue(values[index]) is { Count: > 0 } reasons)
                problems.Add($"values[{index}][{key}]: Invalid value: {GoSyntax.Quote(values[index])}: {string.Join("; ", reasons)}");
        }
        if (problems.Count == 1) throw Refuse(problems[0]);
        if (problems.Count > 1) throw Refuse($"[{string.Join(", ", problems)}]");
    }

    private (Kind Kind, string Text) Take()
    {
        var token = Next;
        if (token.Kind != Kind.End) _at++;
        return token;
    }

    private static SelectorException Refuse(string message) => new(message);

    private static List<(Kind Kind, string Text)> Tokens(string text)
    {
        var tokens = new List<(Kind, string)>();
        var at = 0;
        while (true)
        {
            while (at < text.Length && IsBlank(text[at])) at++;
            if (at == text.Length)
            {
                tokens.Add((Kind.End, ""));
                return tokens;
            }
            var start = at;
            if (IsSpecial(text[at]))
            {
                var two = at + 1 < text.Length ? Special(text.Substring(at, 2)) : Kind.Bad;
                at += two == Kind.Bad ? 1 : 2;
                tokens.Add((two == Kind.Bad ? Special(text[start..at]) : two, text[start..at]));
                continue;
            }
            while (at < text.Length && !IsSpecial(text[at]) && !IsBlank(text[at])) at++;
            var word = text[start..at];
            tokens.Add((word switch { "in" => Kind.In, "notin" => Kind.NotIn, _ => Kind.Word }, word));
        }
    }

    private static bool IsBlank(char character) => character is ' ' or '\t' or '\r' or '\n';

    private static bool IsSpecial(char character) => character is '=' or '!' or '(' or ')' or ',' or '>' or '<';

    private static Kind Special(string symbol) => symbol switch
    {
        "=" => Kind.Equal,
        "==" => Kind.DoubleEqual,
        "!" => Kind.Not,
        "!=" => Kind.NotEqual,
        "(" => Kind.Open,
        ")" => Kind.Close,
        "," => Kind.Comma,
        ">" => Kind.Greater,
        "<" => Kind.Less,
        _ => Kind.Bad,
    };
}
