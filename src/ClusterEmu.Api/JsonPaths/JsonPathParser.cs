using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ClusterEmu.Api;

/// <summary>Reads a <see cref="JsonPath"/>.</summary>
internal sealed class JsonPathParser(string text)
{
    private const int MaxSteps = 100;
    private static readonly string[] Operators = ["==", "!=", "<=", ">=", "<", ">"];
    private int _at;

    /// <summary>Why <see cref="Parse"/> failed.</summary>
    public string Problem { get; private set; } = "";

    /// <returns>Null if the text is no path.</returns>
    public IReadOnlyList<JsonPathStep>? Parse()
    {
        if (text.StartsWith('$')) _at = 1;
        var steps = Steps(static _ => false);
        return steps is null || _at == text.Length ? steps : Fail($"unexpected {text[_at]} at position {_at}");
    }

    private List<JsonPathStep>? Steps(Func<char, bool> ends)
    {
        var steps = new List<JsonPathStep>();
        while (_at < text.Length && !ends(text[_at]))
        {
            if (steps.Count == MaxSteps) return Fail($"more than {MaxSteps} steps");
            if (text[_at] == '[')
            {
                if (Bracket() is not { } step) return null;
                steps.Add(step);
                continue;
            }
            if (text[_at] != '.') return Fail($"unexpected {text[_at]} at position {_at}; a field begins with a dot");
            _at++;
            if (_at < text.Length && text[_at] == '.')
            {
                _at++;
                steps.Add(new JsonPathStep.Descend());
            }
            if (_at == text.Length || ends(text[_at]))
            {
                if (steps.Count == 0) continue; // "." is the value itself.
                return Fail("a field is missing at the end");
            }
            if (text[_at] == '[') continue;
            if (text[_at] == '*')
            {
                _at++;
                steps.Add(new JsonPathStep.All());
                continue;
            }
            var name = Name(ends);
            if (name.Length == 0) return Fail($"a field is missing at position {_at}");
            steps.Add(new JsonPathStep.Field(name));
        }
        return steps;
    }

    private string Name(Func<char, bool> ends)
    {
        var name = new StringBuilder();
        for (; _at < text.Length && text[_at] is not ('.' or '[') && !ends(text[_at]); _at++)
        {
            if (text[_at] == '\\' && _at + 1 < text.Length) _at++;
            name.Append(text[_at]);
        }
        return name.ToString();
    }

    private JsonPathStep? Bracket()
    {
        _at++;
        if (text.AsSpan(_at).StartsWith("?(")) return Filter();
        var parts = new List<JsonPathStep>();
        while (true)
        {
            Blanks();
            if (_at == text.Length) return FailStep("unterminated array");
            var part = text[_at] is '\'' or '"' ? Quoted() is { } name ? new JsonPathStep.Field(name) : null
                : text[_at] == '*' ? Star()
                : Numbers();
            if (part is null) return Problem.Length > 0 ? null : FailStep($"invalid array index at position {_at}");
            parts.Add(part);
            Blanks();
            if (_at == text.Length) return FailStep("unterminated array");
            var end = text[_at++];
            if (end == ']') return parts.Count == 1 ? parts[0] : new JsonPathStep.Union(parts);
            if (end != ',') return FailStep($"unexpected {end} at position {_at - 1}");
        }
    }

    private JsonPathStep.All Star()
    {
        _at++;
        return new JsonPathStep.All();
    }

    /// <summary>An index or a slice.</summary>
    private JsonPathStep? Numbers()
    {
        var start = _at;
        while (_at < text.Length && (char.IsAsciiDigit(text[_at]) || text[_at] is '-' or ':')) _at++;
        var parts = text[start.._at].Split(':');
        if (parts.Length > 3) return null;
        var numbers = new int?[3];
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i].Length == 0) continue;
            if (!int.TryParse(parts[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return null;
            numbers[i] = number;
        }
        if (parts.Length == 1) return numbers[0] is { } index ? new JsonPathStep.Index(index) : null;
        return numbers[2] is null or > 0 ? new JsonPathStep.Slice(numbers[0], numbers[1], numbers[2] ?? 1) : null;
    }

    private JsonPathStep? Filter()
    {
        _at += 2;
        if (Operand() is not { } left) return null;
        Blanks();
        var sign = Operators.FirstOrDefault(known => text.AsSpan(_at).StartsWith(known)) ?? "";
        _at += sign.Length;
        var right = sign.Length > 0 ? Operand() : null;
        if (sign.Length > 0 && right is null) return null;
        Blanks();
        if (!text.AsSpan(_at).StartsWith(")]")) return FailStep("unterminated filter");
        _at += 2;
        return new JsonPathStep.Filter(left, sign, right);
    }

    private JsonPathOperand? Operand()
    {
        Blanks();
        if (_at == text.Length) return FailOperand("unterminated filter");
        if (text[_at] is '@')
        {
            _at++;
            return Steps(static letter => letter is ' ' or ')' or '=' or '!' or '<' or '>') is { } steps ? new JsonPathOperand(steps, default) : null;
        }
        if (text[_at] is '\'' or '"') return Quoted() is { } quoted ? new JsonPathOperand(null, JsonSerializer.SerializeToElement(quoted, ApiJson.TypeInfo<string>())) : null;
        var start = _at;
        while (_at < text.Length && text[_at] is not (' ' or ')' or '=' or '!' or '<' or '>')) _at++;
        try
        {
            return new JsonPathOperand(null, JsonTree.Parse(Encoding.UTF8.GetBytes(text[start.._at])));
        }
        catch (JsonException)
        {
            return FailOperand($"unrecognized value {text[start.._at]} in a filter");
        }
    }

    private string? Quoted()
    {
        var quote = text[_at++];
        var value = new StringBuilder();
        for (; _at < text.Length; _at++)
        {
            if (text[_at] == quote)
            {
                _at++;
                return value.ToString();
            }
            if (text[_at] == '\\' && _at + 1 < text.Length) _at++;
            value.Append(text[_at]);
        }
        Problem = "unterminated quoted string";
        return null;
    }

    private void Blanks()
    {
        while (_at < text.Length && text[_at] == ' ') _at++;
    }

    private List<JsonPathStep>? Fail(string why)
    {
        Problem = why;
        return null;
    }

    private JsonPathStep? FailStep(string why)
    {
        Problem = why;
        return null;
    }

    private JsonPathOperand? FailOperand(string why)
    {
        Problem = why;
        return null;
    }
}
