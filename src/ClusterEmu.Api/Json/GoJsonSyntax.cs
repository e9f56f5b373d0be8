using System.Text;

namespace ClusterEmu.Api;

/// <summary>Finds what is wrong with text that is no JSON, and says it as Go's encoding/json does.</summary>
public ref struct GoJsonSyntax
{
    private readonly ReadOnlySpan<byte> _text;
    private int _at;
    private string? _problem;

    private GoJsonSyntax(ReadOnlySpan<byte> text) => _text = text;

    /// <summary>Null if the text is well-formed.</summary>
    public static string? FindProblem(ReadOnlySpan<byte> text)
    {
        var scan = new GoJsonSyntax(text);
        if (!scan.Value(0)) return scan._problem;
        scan.Blanks();
        return scan._at == text.Length ? null : scan.Describe("after top-level value");
    }

    private bool Value(int depth)
    {
        Blanks();
        if (_at == _text.Length) return AtEnd();
        if (depth > 1_000) return Fail("exceeded max depth");
        var first = _text[_at];
        switch (first)
        {
            case (byte)'{': return Object(depth);
            case (byte)'[': return Array(depth);
            case (byte)'"': return String();
            case (byte)'t': return Literal("true");
            case (byte)'f': return Literal("false");
            case (byte)'n': return Literal("null");
            default:
                if (first == '-' || char.IsAsciiDigit((char)first)) return Number();
                return Invalid("looking for beginning of value");
        }
    }

    private bool Object(int depth)
    {
        _at++;
        Blanks();
        if (Take('}')) return true;
        while (true)
        {
            Blanks();
            if (_at == _text.Length) return AtEnd();
            if (_text[_at] != '"') return Invalid("looking for beginning of object key string");
            if (!String()) return false;
            Blanks();
            if (_at == _text.Length) return AtEnd();
            if (!Take(':')) return Invalid("after object key");
            if (!Value(depth + 1)) return false;
            Blanks();
            if (_at == _text.Length) return AtEnd();
            if (Take('}')) return true;
            if (!Take(',')) return Invalid("after object key:value pair");
        }
    }

    private bool Array(int depth)
    {
        _at++;
        Blanks();
        if (Take(']')) return true;
        while (true)
        {
            if (!Value(depth + 1)) return false;
            Blanks();
            if (_at == _text.Length) return AtEnd();
            if (Take(']')) return true;
            if (!Take(',')) return Invalid("after array element");
        }
    }

    private bool String()
    {
        for (_at++; _at < _text.Length; _at++)
        {
            var next = _text[_at];
            if (next == '"')
            {
                _at++;
                return true;
            }
            if (next < 0x20) return Invalid("in string literal");
            if (next != '\\') continue;
            _at++;
            if (_at == _text.Length) return AtEnd();
            if (_text[_at] != 'u')
            {
                if (!"bfnrt\\/\"".Contains((char)_text[_at])) return Invalid("in string escape code");
                continue;
            }
            for (var digit = 0; digit < 4; digit++)
            {
                _at++;
                if (_at == _text.Length) return AtEnd();
                if (!char.IsAsciiHexDigit((char)_text[_at])) return Invalid("in \\u hexadecimal character escape");
            }
        }
        return AtEnd();
    }

    private bool Literal(string word)
    {
        for (var index = 0; index < word.Length; index++, _at++)
        {
            if (_at == _text.Length) return AtEnd();
            if (_text[_at] != word[index]) return Invalid($"in literal {word} (expecting {Quote(word[index])})");
        }
        return true;
    }

    private bool Number()
    {
        if (_text[_at] == '-')
        {
            _at++;
            if (_at == _text.Length) return AtEnd();
            if (!char.IsAsciiDigit((char)_text[_at])) return Invalid("in numeric literal");
        }
        if (!Take('0')) Digits();
        if (Take('.') && !Digits()) return NumberBroken("after decimal point in numeric literal");
        if (_at < _text.Length && _text[_at] is (byte)'e' or (byte)'E')
        {
            _at++;
            if (_at < _text.Length && _text[_at] is (byte)'+' or (byte)'-') _at++;
            if (!Digits()) return NumberBroken("in exponent of numeric literal");
        }
        return true;
    }

    private bool Digits()
    {
        var start = _at;
        while (_at < _text.Length && char.IsAsciiDigit((char)_text[_at])) _at++;
        return _at > start;
    }

    private bool NumberBroken(string where) => _at == _text.Length ? AtEnd() : Invalid(where);

    private void Blanks()
    {
        while (_at < _text.Length && _text[_at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') _at++;
    }

    private bool Take(char wanted)
    {
        if (_at == _text.Length || _text[_at] != wanted) return false;
        _at++;
        return true;
    }

    private bool AtEnd() => Fail("unexpected end of JSON input");

    private bool Invalid(string where) => Fail(Describe(where));

    private bool Fail(string problem)
    {
        _problem = problem;
        return false;
    }

    private readonly string Describe(string where) => $"invalid character {Quote((char)_text[_at])} {where}";

    /// <summary>As Go's strconv.Quote writes one byte read as a code point.</summary>
    private static string Quote(char character) => character switch
    {
        '\'' => @"'\''",
        '"' => "'\"'",
        '\\' => @"'\\'",
        '\n' => @"'\n'",
        '\r' => @"'\r'",
        '\t' => @"'\t'",
        < ' ' or '\x7f' => $"'\\x{(int)character:x2}'",
        >= '\x80' and < '\xa1' or '\xad' => $"'\\u{(int)character:x4}'",
        _ => new StringBuilder("'").Append(character).Append('\'').ToString(),
    };
}
