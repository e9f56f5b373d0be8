using System.Globalization;
using System.Text;

namespace ClusterEmu.Api;

internal enum CelTokenKind
{
    Name,
    Int,
    Double,
    Text,
    Symbol,
    End,
}

/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text; of a string, the value.</param>
/// <param name="Position">Its place, from 0.</param>
internal readonly record struct CelToken(CelTokenKind Kind, string Text, int Position);

/// <summary>Splits an expression into tokens. Source: github.com/google/cel-spec doc/langdef.md.</summary>
internal static class CelLexer
{
    private static readonly string[] Symbols = ["&&", "||", "==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "%", "!", "?", ":", ".", ",", "(", ")", "[", "]", "{", "}"];

    /// <exception cref="CelException">A character or a string cannot be read.</exception>
    public static List<CelToken> Read(string text)
    {
        var tokens = new List<CelToken>();
        var at = 0;
        while (true)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
            if (at + 1 < text.Length && text[at] == '/' && text[at + 1] == '/')
            {
                while (at < text.Length && text[at] != '\n') at++;
                continue;
            }
            if (at == text.Length) break;
            var start = at;
            var letter = text[at];
            if (IsTextStart(text, at, out var raw, out var quoteAt)) tokens.Add(new(CelTokenKind.Text, Text(text, quoteAt, raw, out at), start));
            else if (char.IsAsciiLetter(letter) || letter == '_')
            {
                while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_')) at++;
                tokens.Add(new(CelTokenKind.Name, text[start..at], start));
            }
            else if (char.IsAsciiDigit(letter) || (letter == '.' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]))) tokens.Add(Number(text, start, out at));
            else if (Symbols.FirstOrDefault(symbol => string.CompareOrdinal(text, start, symbol, 0, symbol.Length) == 0) is { } found)
            {
                at += found.Length;
                tokens.Add(new(CelTokenKind.Symbol, found, start));
            }
            else throw new CelException($"Syntax error: token recognition error at: '{letter}'", start);
        }
        tokens.Add(new(CelTokenKind.End, "<EOF>", text.Length));
        return tokens;
    }

    private static bool IsTextStart(string text, int at, out bool raw, out int quoteAt)
    {
        raw = text[at] is 'r' or 'R' && at + 1 < text.Length && text[at + 1] is '"' or '\'';
        quoteAt = raw ? at + 1 : at;
        return text[quoteAt] is '"' or '\'';
    }

    private static CelToken Number(string text, int start, out int at)
    {
        at = start;
        if (text.AsSpan(at).StartsWith("0x") || text.AsSpan(at).StartsWith("0X"))
        {
            at += 2;
            while (at < text.Length && char.IsAsciiHexDigit(text[at])) at++;
            return long.TryParse(text.AsSpan(start + 2, at - start - 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex)
                ? new(CelTokenKind.Int, hex.ToString(CultureInfo.InvariantCulture), start)
                : throw new CelException("invalid int literal", start);
        }
        while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        var whole = true;
        if (at + 1 < text.Length && text[at] == '.' && char.IsAsciiDigit(text[at + 1]))
        {
            whole = false;
            at++;
            while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        }
        if (at < text.Length && text[at] is 'e' or 'E')
        {
            whole = false;
            at++;
            if (at < text.Length && text[at] is '+' or '-') at++;
            while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        }
        var digits = text[start..at];
        if (at < text.Length && text[at] is 'u' or 'U') throw new CelException("unsigned numbers are not available here; leave the u out", at);
        return new(whole ? CelTokenKind.Int : CelTokenKind.Double, digits, start);
    }

    private static string Text(string text, int start, bool raw, out int at)
    {
        var quote = text[start];
        var triple = text.AsSpan(start).StartsWith([quote, quote, quote]);
        var end = triple ? new string(quote, 3) : quote.ToString();
        var value = new StringBuilder();
        at = start + end.Length;
        while (true)
        {
            if (at >= text.Length || (!triple && text[at] == '\n')) throw new CelException("Syntax error: unterminated string", start);
            if (string.CompareOrdinal(text, at, end, 0, end.Length) == 0) break;
            if (text[at] == '\\' && !raw && at + 1 < text.Length) Escape(text, ref at, value);
            else value.Append(text[at++]);
        }
        at += end.Length;
        return value.ToString();
    }

    private static void Escape(string text, ref int at, StringBuilder value)
    {
        var letter = text[at + 1];
        var digits = letter switch { 'x' or 'X' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits > 0)
        {
            if (at + 2 + digits > text.Length || !int.TryParse(text.AsSpan(at + 2, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) || !Rune.IsValid(code))
                throw new CelException("Syntax error: invalid escape", at);
            value.Append(new Rune(code).ToString());
            at += 2 + digits;
            return;
        }
        value.Append(letter switch
        {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'a' => '\a',
            'b' => '\b',
            'f' => '\f',
            'v' => '\v',
            '\\' or '"' or '\'' or '`' or '?' => letter,
            _ => throw new CelException("Syntax error: invalid escape", at),
        });
        at += 2;
    }
}
