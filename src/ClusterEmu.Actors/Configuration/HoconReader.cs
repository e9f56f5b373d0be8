using System.Globalization;
using System.Text;

namespace ClusterEmu.Actors;

/// <summary>
/// Reads HOCON text as Akka.NET 1.5 does, with its peculiarities, which the specs pin. Text that is no HOCON and that Akka.NET skips in
/// silence (a brace too many or missing, a key without a value) is refused.
/// </summary>
internal sealed class HoconReader
{
    private const string NotInText = "$\"{}[]:=,#`^?!@*&\\";

    private readonly string _text;
    private readonly List<HoconReference> _references = [];
    private int _at;

    private HoconReader(string text) => _text = text;

    public static HoconValue Read(string text)
    {
        var reader = new HoconReader(text);
        var root = new HoconValue();
        reader.ReadRoot(root);
        foreach (var reference in reader._references)
            reference.Resolved = Config.Find(root, reference.Path)
                ?? throw new FormatException(
                    $"Unresolved substitution: {reference.Path}. Define {reference.Path} in the same document, or quote the text.");
        return root;
    }

    private bool AtEnd => _at >= _text.Length;

    private char Peek => AtEnd ? '\0' : _text[_at];

    private bool Sees(string expected) => string.CompareOrdinal(_text, _at, expected, 0, expected.Length) == 0;

    private bool AtComment => Peek == '#' || Sees("//");

    private void SkipSpaceAndComments()
    {
        while (!AtEnd)
        {
            if (char.IsWhiteSpace(Peek)) _at++;
            else if (AtComment) _at = _text.IndexOf('\n', _at) is >= 0 and var end ? end + 1 : _text.Length;
            else return;
        }
    }

    private void ReadRoot(HoconValue root)
    {
        SkipSpaceAndComments();
        var isBraced = Peek == '{';
        if (isBraced) _at++;
        ReadMembers(root, isBraced ? Until.Brace : Until.End);
        SkipSpaceAndComments();
        if (!AtEnd) throw Unexpected("the end of the text");
    }

    private enum Until
    {
        OneMember,
        Brace,
        End,
    }

    /// <summary>Reads members into an object until its closing brace or the end of the text, or just one of them.</summary>
    private void ReadMembers(HoconValue owner, Until until)
    {
        var members = owner.BecomeObject();
        while (true)
        {
            SkipSpaceAndComments();
            if (AtEnd && until == Until.End) return;
            if (Peek == '}' && until == Until.Brace)
            {
                _at++;
                return;
            }

            ReadMember(members.FindOrAdd(ReadKey()));
            if (until == Until.OneMember) return;
        }
    }

    private string ReadKey()
    {
        if (Peek == '"') return ReadQuoted();
        var start = _at;
        while (!AtEnd && !AtComment && Peek != '.' && !NotInText.Contains(Peek)) _at++;
        if (_at == start) throw Unexpected("a key or }");
        return _text[start.._at].Trim();
    }

    private void ReadMember(HoconValue value)
    {
        SkipSpaceAndComments();
        switch (Peek)
        {
            case '.':
                _at++;
                ReadMembers(value, Until.OneMember);
                break;
            case '{':
                _at++;
                ReadMembers(value, Until.Brace);
                break;
            case '=' or ':':
                _at++;
                if (!value.IsObject()) value.Clear(); // An object is merged with the one to come.
                ReadValue(value);
                break;
            default:
                throw Unexpected("one of . { = :");
        }
    }

    private void ReadValue(HoconValue owner)
    {
        if (AtEnd) throw new FormatException("End of file reached while trying to read a value");
        SkipSpaceAndComments();
        while (!AtEnd)
        {
            if (Peek == '{')
            {
                _at++;
                ReadMembers(owner, Until.Brace);
            }
            else if (Peek == '[')
            {
                _at++;
                owner.Append(ReadItems());
            }
            else if (Sees("${"))
            {
                owner.Append(ReadReference());
            }
            else if (Peek == '"' || IsTextHere)
            {
                if (owner.IsObject()) owner.Clear(); // Text replaces an object.
                owner.Append(new HoconText(Sees("\"\"\"") ? ReadTripleQuoted() : Peek == '"' ? ReadQuoted() : ReadUnquoted()));
            }
            else
            {
                break;
            }

            var start = _at;
            while (Peek is ' ' or '\t') _at++;
            if (_at > start) owner.Append(new HoconText(_text[start.._at])); // Part of the text if more follows; else trimmed.
        }

        if (Peek == ',') _at++;
    }

    private bool IsTextHere => !AtEnd && !char.IsWhiteSpace(Peek) && !AtComment && !NotInText.Contains(Peek);

    private HoconItems ReadItems()
    {
        var items = new List<HoconValue>();
        SkipSpaceAndComments();
        while (Peek != ']')
        {
            if (AtEnd) throw Unexpected("]");
            var start = _at;
            var item = new HoconValue();
            ReadValue(item);
            if (_at == start) throw Unexpected("a list item or ]");
            items.Add(item);
            SkipSpaceAndComments();
        }

        _at++;
        return new HoconItems(items);
    }

    private HoconReference ReadReference()
    {
        _at += 2;
        if (Peek == '?')
            throw Unexpected("a path of this document; Akka.NET 1.5 has no optional substitutions, ${?NAME} is expanded by the file loader only");
        var start = _at;
        while (IsTextHere) _at++;
        var reference = new HoconReference(_text[start.._at]);
        if (Peek != '}') throw Unexpected("} after the path of a substitution");
        _at++;
        _references.Add(reference);
        return reference;
    }

    private string ReadUnquoted()
    {
        var start = _at;
        while (IsTextHere) _at++;
        if (Peek is '=' or ':')
            throw new ConfigurationException(
                $"Could not parse an unquoted text value containing assignment character '=' or ':' at {Place}. "
                + "If you want to declare a new object, please enclose the item with curly brackets. "
                + "If you want to declare a URI address, please enclose the item with double quotes.");
        return _text[start.._at];
    }

    private string ReadTripleQuoted()
    {
        _at += 3;
        var end = _text.IndexOf("\"\"\"", _at, StringComparison.Ordinal);
        var text = _text[_at..(end < 0 ? _text.Length : end)];
        _at = end < 0 ? _text.Length : end + 3;
        return text;
    }

    private string ReadQuoted()
    {
        var text = new StringBuilder();
        _at++;
        while (!AtEnd && Peek != '"') text.Append(Peek == '\\' ? ReadEscape() : _text[_at++]);
        _at++;
        return text.ToString();
    }

    private char ReadEscape()
    {
        _at++;
        var escaped = Peek;
        _at++;
        switch (escaped)
        {
            case '"' or '\\' or '/': return escaped;
            case 'b': return '\b';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'u' when _at + 4 <= _text.Length
                && int.TryParse(_text.AsSpan(_at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                _at += 4;
                return (char)code;
            default: throw new FormatException($"Unknown escape code: {escaped} at {Place}. Write \\\\ for a backslash.");
        }
    }

    private string Place
    {
        get
        {
            var line = _text.AsSpan(0, Math.Min(_at, _text.Length)).Count('\n') + 1;
            var lineStart = _at == 0 ? 0 : _text.LastIndexOf('\n', Math.Min(_at, _text.Length) - 1) + 1;
            return string.Create(CultureInfo.InvariantCulture, $"line {line}, column {_at - lineStart + 1}");
        }
    }

    private FormatException Unexpected(string wanted) =>
        new(AtEnd ? $"The text ends at {Place}, where {wanted} should be." : $"Unknown token '{Peek}' at {Place}, where {wanted} should be.");
}
