using System.Globalization;
using System.Text;

namespace ClusterEmu.Api;

/// <summary>Writes one text as a YAML scalar, choosing quotes and line breaks as libyaml's emitter does.</summary>
internal static class YamlScalarPrinter
{
    /// <summary>A text is folded at the first space past this column.</summary>
    private const int Width = 80;

    /// <param name="output">Where it goes; its last line gives the column.</param>
    /// <param name="text">The scalar.</param>
    /// <param name="indent">Spaces before lines that follow.</param>
    /// <param name="isKey">Keys stay on one line.</param>
    public static void Write(StringBuilder output, string text, int indent, bool isKey)
    {
        var traits = YamlTraits.Of(text);
        if (text.Contains('\n') && !isKey && traits.BlockAllowed) Block(output, text, indent);
        else if (text.Contains('\n') || !YamlScalars.IsPlainText(text) || (isKey && text == "<<")) DoubleQuoted(output, text, indent, !isKey);
        else if (traits.PlainAllowed) Folded(output, text, indent, !isKey, quoted: false);
        else if (traits.SingleQuotedAllowed) Folded(output, text, indent, !isKey, quoted: true);
        else DoubleQuoted(output, text, indent, !isKey);
    }

    private static void Block(StringBuilder output, string text, int indent)
    {
        output.Append('|');
        if (text[0] is ' ' or '\n') output.Append('2');
        if (!text.EndsWith('\n')) output.Append('-');
        else if (text.Length == 1 || text[^2] == '\n') output.Append('+');
        var lines = (text.EndsWith('\n') ? text[..^1] : text).Split('\n');
        foreach (var line in lines)
        {
            output.Append('\n');
            if (line.Length > 0) output.Append(' ', indent).Append(line);
        }
    }

    private static void Folded(StringBuilder output, string text, int indent, bool mayFold, bool quoted)
    {
        var column = Column(output);
        if (quoted) Put(output, "'", ref column);
        for (var at = 0; at < text.Length; at++)
        {
            var isLoneSpace = text[at] == ' ' && at > 0 && at < text.Length - 1 && text[at - 1] != ' ' && text[at + 1] != ' ';
            if (mayFold && isLoneSpace && column > Width) Break(output, indent, ref column);
            else Put(output, quoted && text[at] == '\'' ? "''" : text[at].ToString(), ref column);
        }
        if (quoted) output.Append('\'');
    }

    private static void DoubleQuoted(StringBuilder output, string text, int indent, bool mayFold)
    {
        var column = Column(output);
        Put(output, "\"", ref column);
        var afterSpace = false;
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == ' ' && mayFold && !afterSpace && column > Width && at > 0 && at < text.Length - 1)
            {
                Break(output, indent, ref column);
                if (text[at + 1] == ' ') Put(output, "\\", ref column);
                afterSpace = true;
                continue;
            }
            afterSpace = text[at] == ' ';
            Put(output, Escaped(text, ref at), ref column);
        }
        output.Append('"');
    }

    private static string Escaped(string text, ref int at)
    {
        var character = text[at];
        if (char.IsHighSurrogate(character) && at + 1 < text.Length)
            return "\\U" + char.ConvertToUtf32(character, text[++at]).ToString("X8", CultureInfo.InvariantCulture);
        return character switch
        {
            '\0' => "\\0",
            '\a' => "\\a",
            '\b' => "\\b",
            '\t' => "\\t",
            '\n' => "\\n",
            '\v' => "\\v",
            '\f' => "\\f",
            '\r' => "\\r",
            '\x1b' => "\\e",
            '"' => "\\\"",
            '\\' => @"\\",
            '\x85' => "\\N",
            '\xa0' => character.ToString(),
            '\u2028' => "\\L",
            '\u2029' => "\\P",
            _ when YamlTraits.IsPrintable(character) => character.ToString(),
            < '\x100' => "\\x" + ((int)character).ToString("X2", CultureInfo.InvariantCulture),
            _ => "\\u" + ((int)character).ToString("X4", CultureInfo.InvariantCulture),
        };
    }

    private static void Break(StringBuilder output, int indent, ref int column)
    {
        output.Append('\n').Append(' ', indent);
        column = indent;
    }

    private static void Put(StringBuilder output, string piece, ref int column)
    {
        output.Append(piece);
        column += piece.Length;
    }

    private static int Column(StringBuilder output)
    {
        var column = 0;
        while (column < output.Length && output[output.Length - 1 - column] != '\n') column++;
        return column;
    }
}

/// <summary>In which styles a text can be written.</summary>
internal readonly record struct YamlTraits(bool PlainAllowed, bool SingleQuotedAllowed, bool BlockAllowed)
{
    public static YamlTraits Of(string text)
    {
        if (text.Length == 0) return new(true, true, false);
        var indicators = text.StartsWith("---", StringComparison.Ordinal) || text.StartsWith("...", StringComparison.Ordinal);
        var (special, tabs, breaks, spaceBreak, breakSpace) = (false, false, false, false, false);
        for (var at = 0; at < text.Length; at++)
        {
            var character = text[at];
            var blankBefore = at == 0 || IsBlank(text[at - 1]);
            var blankAfter = at + 1 == text.Length || IsBlank(text[at + 1]);
            indicators |= character switch
            {
                '#' => blankBefore,
                ':' or '?' when at == 0 => blankAfter,
                '-' => at == 0 && blankAfter,
                ':' => blankAfter,
                ',' or '[' or ']' or '{' or '}' or '&' or '*' or '!' or '|' or '>' or '\'' or '"' or '%' or '@' or '`' => at == 0,
                _ => false,
            };
            tabs |= character == '\t';
            special |= character is not ('\n' or '\t') && !IsPrintable(character);
            breaks |= character is '\n' or '\x85' or '\u2028' or '\u2029';
            spaceBreak |= character == '\n' && at > 0 && text[at - 1] == ' ';
            breakSpace |= character == ' ' && at > 0 && text[at - 1] == '\n';
        }
        var edges = text[0] is ' ' or '\n' || text[^1] is ' ' or '\n';
        var odd = spaceBreak || special || tabs;
        return new(
            PlainAllowed: !indicators && !edges && !breakSpace && !odd && !breaks,
            SingleQuotedAllowed: !breakSpace && !odd,
            BlockAllowed: text[^1] != ' ' && !spaceBreak && !special);
    }

    public static bool IsPrintable(char character) =>
        character is '\n' or (>= ' ' and <= '~') or '\x85' or (>= '\xa0' and <= '\ud7ff') or (>= '\ue000' and <= '\ufffd' and not '\ufeff');

    private static bool IsBlank(char character) => character is ' ' or '\t' or '\n' or '\r';
}
