namespace ClusterEmu.Api;

/// <summary>Finds the ends of values in JSON that is known to be well-formed, without reading them. Fast, and safe only there.</summary>
internal static class JsonScan
{
    /// <summary>The place after the value that begins at <paramref name="at"/>.</summary>
    public static int EndOfValue(ReadOnlySpan<byte> json, int at)
    {
        switch (json[at])
        {
            case (byte)'"': return EndOfString(json, at);
            case (byte)'{' or (byte)'[': return EndOfContainer(json, at);
            default:
                while (json[at] is not ((byte)',' or (byte)'}' or (byte)']')) at++;
                return at;
        }
    }

    /// <summary>The place after the text whose opening quote is at <paramref name="at"/>.</summary>
    public static int EndOfString(ReadOnlySpan<byte> json, int at)
    {
        // Byte by byte: most texts are too short for a search to pay.
        for (at++; json[at] != '"'; at++)
            if (json[at] == '\\') at++;
        return at + 1;
    }

    private static int EndOfContainer(ReadOnlySpan<byte> json, int at)
    {
        const int bit = 0x20; // Makes a brace of a bracket.
        for (var depth = 0; ; at++)
        {
            var mark = json[at];
            if (mark == '"') at = EndOfString(json, at) - 1;
            else if ((mark | bit) == '{') depth++;
            else if ((mark | bit) == '}' && --depth == 0) return at + 1;
        }
    }

    /// <summary>The first member of the object that begins at <paramref name="at"/>; its name is empty if there is none.</summary>
    public static JsonMember FirstMember(ReadOnlySpan<byte> json, int at) => MemberAt(json, at + 1);

    /// <summary>The member after this one; its name is empty at the object's end.</summary>
    public static JsonMember NextMember(ReadOnlySpan<byte> json, JsonMember member) =>
        json[member.End] == ',' ? MemberAt(json, member.End + 1) : new JsonMember(member.End, member.End, member.End, member.End);

    private static JsonMember MemberAt(ReadOnlySpan<byte> json, int at)
    {
        if (json[at] == '}') return new JsonMember(at, at, at, at);
        var nameEnd = EndOfString(json, at);
        return new JsonMember(at, nameEnd, nameEnd + 1, EndOfValue(json, nameEnd + 1));
    }
}

/// <summary>Where a member of an object stands in canonical JSON, which has no spaces.</summary>
/// <param name="Name">Of the name's opening quote.</param>
/// <param name="NameEnd">After its closing quote.</param>
/// <param name="Value">Of the value's first byte.</param>
/// <param name="End">After its last.</param>
internal readonly record struct JsonMember(int Name, int NameEnd, int Value, int End)
{
    /// <summary>True for what stands for the end of the object, at its closing brace.</summary>
    public bool IsEnd => Name == NameEnd;

    /// <summary>The name with its quotes.</summary>
    public ReadOnlySpan<byte> NameIn(ReadOnlySpan<byte> json) => json[Name..NameEnd];

    public ReadOnlySpan<byte> ValueIn(ReadOnlySpan<byte> json) => json[Value..End];
}
