using System.Globalization;

namespace ClusterEmu.Api;

/// <summary>Reads an expression. Source of the grammar: github.com/google/cel-spec doc/langdef.md.</summary>
internal sealed class CelParser
{
    private const int MaxDepth = 100;
    private static readonly string[] Macros = ["all", "exists", "exists_one", "map", "filter"];
    private static readonly string[][] Levels = [["||"], ["&&"], ["<", "<=", ">=", ">", "==", "!=", "in"], ["+", "-"], ["*", "/", "%"]];
    private readonly List<CelToken> _tokens;
    private int _at;
    private int _depth;

    private CelParser(List<CelToken> tokens) => _tokens = tokens;

    private CelToken Now => _tokens[_at];

    /// <exception cref="CelException">The text is no expression.</exception>
    public static CelNode Parse(string text)
    {
        var parser = new CelParser(CelLexer.Read(text));
        var node = parser.Expression();
        if (parser.Now.Kind != CelTokenKind.End) throw parser.Unexpected();
        return node;
    }

    private CelNode Expression()
    {
        if (++_depth > MaxDepth) throw new CelException($"the expression is nested more than {MaxDepth} levels deep", Now.Position);
        var condition = Binary(0);
        if (Take("?") is { } question)
        {
            var then = Binary(0);
            Expect(":");
            condition = new CelNode.Choice(condition, then, Expression(), question.Position);
        }
        _depth--;
        return condition;
    }

    private CelNode Binary(int level)
    {
        if (level == Levels.Length) return Unary();
        var left = Binary(level + 1);
        while (Now.Kind is CelTokenKind.Symbol or CelTokenKind.Name && Levels[level].Contains(Now.Text, StringComparer.Ordinal))
        {
            var sign = _tokens[_at++];
            left = new CelNode.Binary(sign.Text, left, Binary(level + 1), sign.Position);
        }
        return left;
    }

    private CelNode Unary()
    {
        if (++_depth > MaxDepth) throw new CelException($"the expression is nested more than {MaxDepth} levels deep", Now.Position);
        try
        {
            if (Take("!") is { } not) return new CelNode.Unary("!", Unary(), not.Position);
            if (Take("-") is not { } minus) return Member();
            // The smallest number has no positive twin.
            if (Now is { Kind: CelTokenKind.Int } whole && long.TryParse("-" + whole.Text, CultureInfo.InvariantCulture, out var smallest))
            {
                _at++;
                return Members(new CelNode.Constant(smallest, minus.Position));
            }
            return new CelNode.Unary("-", Unary(), minus.Position);
        }
        finally
        {
            _depth--;
        }
    }

    private CelNode Member() => Members(Primary());

    private CelNode Members(CelNode node)
    {
        while (true)
        {
            if (Take(".") is { } dot)
            {
                if (Now.Text == "?") throw new CelException("optional fields (.?) are not available here", dot.Position);
                var name = Now.Kind == CelTokenKind.Name ? _tokens[_at++].Text : throw Unexpected();
                node = Take("(") is null ? new CelNode.Select(node, Unescape(name), dot.Position) : Function(name, node, dot.Position);
            }
            else if (Take("[") is { } bracket)
            {
                node = new CelNode.Index(node, Expression(), bracket.Position);
                Expect("]");
            }
            else return node;
        }
    }

    private CelNode Function(string name, CelNode? target, int position)
    {
        var arguments = new List<CelNode>();
        if (Take(")") is null)
        {
            do arguments.Add(Expression());
            while (Take(",") is not null);
            Expect(")");
        }
        if (target is null && name == "has")
        {
            return arguments is [CelNode.Select select] ? new CelNode.Has(select.Target, select.Field, position) : throw new CelException("invalid argument to has() macro", position);
        }
        if (target is null || !Macros.Contains(name, StringComparer.Ordinal)) return new CelNode.Call(name, target, arguments, position);
        if (arguments.Count != 2 && !(arguments.Count == 3 && name == "map")) return new CelNode.Call(name, target, arguments, position);
        if (arguments[0] is not CelNode.Name variable) throw new CelException("argument must be a simple name", arguments[0].Position);
        return new CelNode.Macro(name, target, variable.Text, arguments.Count == 3 ? arguments[1] : null, arguments[^1], position);
    }

    private CelNode Primary()
    {
        var token = _tokens[_at];
        switch (token.Kind)
        {
            case CelTokenKind.Int:
                _at++;
                return long.TryParse(token.Text, CultureInfo.InvariantCulture, out var whole) ? new CelNode.Constant(whole, token.Position) : throw new CelException("invalid int literal", token.Position);
            case CelTokenKind.Double:
                _at++;
                return new CelNode.Constant(double.Parse(token.Text, CultureInfo.InvariantCulture), token.Position);
            case CelTokenKind.Text:
                _at++;
                return new CelNode.Constant(token.Text, token.Position);
            case CelTokenKind.Name:
                _at++;
                if (token.Text is "true" or "false") return new CelNode.Constant(token.Text == "true", token.Position);
                if (token.Text == "null") return new CelNode.Constant(null, token.Position);
                if (token.Text == "in") throw Unexpected(token);
                return Take("(") is null ? new CelNode.Name(token.Text, token.Position) : Function(token.Text, null, token.Position);
            case CelTokenKind.Symbol when token.Text == "(":
                _at++;
                var inner = Expression();
                Expect(")");
                return inner;
            case CelTokenKind.Symbol when token.Text == "[": return List();
            case CelTokenKind.Symbol when token.Text == "{": return Map();
            default: throw Unexpected();
        }
    }

    private CelNode.List List()
    {
        var start = _tokens[_at++];
        var items = new List<CelNode>();
        while (Take("]") is null)
        {
            items.Add(Expression());
            if (Take(",") is not null) continue;
            Expect("]");
            break;
        }
        return new CelNode.List(items, start.Position);
    }

    private CelNode.Map Map()
    {
        var start = _tokens[_at++];
        var entries = new List<(CelNode, CelNode)>();
        while (Take("}") is null)
        {
            var key = Expression();
            Expect(":");
            entries.Add((key, Expression()));
            if (Take(",") is not null) continue;
            Expect("}");
            break;
        }
        return new CelNode.Map(entries, start.Position);
    }

    private CelToken? Take(string symbol) => Now.Kind == CelTokenKind.Symbol && Now.Text == symbol ? _tokens[_at++] : null;

    private void Expect(string symbol)
    {
        if (Take(symbol) is null) throw Unexpected();
    }

    private CelException Unexpected() => Unexpected(Now);

    private static CelException Unexpected(CelToken token) => new($"Syntax error: mismatched input '{token.Text}'", token.Position);

    /// <summary>Names that CEL cannot write are escaped: <c>x__dash__y</c> is x-y, <c>__in__</c> is in.</summary>
    private static string Unescape(string name)
    {
        if (!name.Contains("__", StringComparison.Ordinal)) return name;
        var plain = name.Replace("__dot__", ".", StringComparison.Ordinal).Replace("__dash__", "-", StringComparison.Ordinal)
            .Replace("__slash__", "/", StringComparison.Ordinal).Replace("__underscores__", "__", StringComparison.Ordinal);
        return plain.Length > 4 && plain == name && plain.StartsWith("__", StringComparison.Ordinal) && plain.EndsWith("__", StringComparison.Ordinal) ? plain[2..^2] : plain;
    }
}
