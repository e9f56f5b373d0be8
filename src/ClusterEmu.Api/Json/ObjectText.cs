namespace ClusterEmu.Api;

/// <summary>Finds and exchanges what the server keeps in the metadata of an object's canonical JSON, without decoding it.</summary>
public static class ObjectText
{
    /// <summary>Where <c>metadata.managedFields</c> has its value.</summary>
    /// <returns>False if it is not there.</returns>
    public static bool TryFindManagedFields(ReadOnlySpan<byte> json, out Range value)
    {
        var found = Find(json);
        value = found.Managed.Value..found.Managed.End;
        return !found.Managed.IsEnd;
    }

    /// <summary>The object without its <c>metadata.managedFields</c>.</summary>
    public static byte[] WithoutManagedFields(ReadOnlySpan<byte> json)
    {
        var bare = new byte[json.Length];
        return bare[..CopyWithoutManagedFields(json, bare)];
    }

    /// <summary>Writes the object without its <c>metadata.managedFields</c>.</summary>
    /// <param name="json">Canonical.</param>
    /// <param name="bare">As long as <paramref name="json"/>, or longer.</param>
    /// <returns>How many bytes were written.</returns>
    public static int CopyWithoutManagedFields(ReadOnlySpan<byte> json, Span<byte> bare)
    {
        var managed = Find(json).Managed;
        var (before, after) = (managed.Name, managed.End);
        if (managed.IsEnd) (before, after) = (json.Length, json.Length);
        else if (json[after] == ',') after++;
        else if (json[before - 1] == ',') before--;
        json[..before].CopyTo(bare);
        json[after..].CopyTo(bare[before..]);
        return before + json.Length - after;
    }

    /// <summary>The object at another revision and with other managers.</summary>
    /// <param name="json">Canonical, with a revision.</param>
    /// <param name="revision">The text of <c>metadata.resourceVersion</c>.</param>
    /// <param name="managed">Who owns what.</param>
    /// <returns>Its JSON, and where the managers are in it.</returns>
    public static (byte[] Json, Range Managed) With(ReadOnlySpan<byte> json, ReadOnlySpan<byte> revision, ManagedFields managed)
    {
        var bare = Find(json);
        var (versionStart, versionEnd) = (bare.Revision.Value + 1, bare.Revision.End - 1); // Within the quotes.
        var fields = managed.Json.Span;
        if (!bare.Managed.IsEnd && managed.IsEmpty) return With(WithoutManagedFields(json), revision, managed);
        var (from, to) = bare.Managed.IsEnd ? (bare.End, bare.End) : (bare.Managed.Value, bare.Managed.End);
        var name = bare.Managed.IsEnd && !managed.IsEmpty ? ",\"managedFields\":"u8 : default;
        if (managed.IsEmpty) (from, to) = (json.Length, json.Length);
        var text = new byte[json.Length + revision.Length - (versionEnd - versionStart) + name.Length + fields.Length - (to - from)];
        var rest = text.AsSpan();
        Put(json[..versionStart], ref rest);
        Put(revision, ref rest);
        Put(json[versionEnd..from], ref rest);
        Put(name, ref rest);
        Put(fields, ref rest);
        Put(json[to..], ref rest);
        var at = from + revision.Length - (versionEnd - versionStart) + name.Length;
        return (text, managed.IsEmpty ? default : at..(at + fields.Length));
    }

    private static void Put(ReadOnlySpan<byte> part, ref Span<byte> rest)
    {
        part.CopyTo(rest);
        rest = rest[part.Length..];
    }

    private static (JsonMember Revision, JsonMember Managed, int End) Find(ReadOnlySpan<byte> json)
    {
        var (revision, managed) = (default(JsonMember), default(JsonMember));
        var member = JsonScan.FirstMember(json, 0);
        while (!member.IsEnd && !member.NameIn(json).SequenceEqual("\"metadata\""u8)) member = JsonScan.NextMember(json, member);
        if (member.IsEnd || json[member.Value] != '{') return (revision, managed, 0);
        var end = member.End - 1;
        member = JsonScan.FirstMember(json, member.Value);
        for (; !member.IsEnd; member = JsonScan.NextMember(json, member))
        {
            if (member.NameIn(json).SequenceEqual("\"resourceVersion\""u8)) revision = member;
            else if (member.NameIn(json).SequenceEqual("\"managedFields\""u8)) managed = member;
        }
        return (revision, managed, end);
    }
}
