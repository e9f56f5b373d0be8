using System.Text;
using System.Text.Json;

namespace ClusterEmu.Api;

/// <summary>Compares two states of an object as <see cref="TypedComparison"/> does, but reads only what differs: for the writes, which change little.</summary>
public static class TextComparison
{
    /// <param name="old">Canonical JSON: no spaces, fields in the order of the records, maps sorted.</param>
    /// <param name="value">Likewise.</param>
    /// <param name="type">Their type.</param>
    public static FieldChanges Compare(ReadOnlyMemory<byte> old, ReadOnlyMemory<byte> value, FieldType type) =>
        old.Span.SequenceEqual(value.Span) ? FieldChanges.None : Walk(old, value, type).ToChanges();

    private static ChangesBelow Walk(ReadOnlyMemory<byte> old, ReadOnlyMemory<byte> value, FieldType type)
    {
        var before = old.Span;
        var after = value.Span;
        if (type.Map is null or { IsAtomic: true } && type.List is null or { Form: ListForm.Atomic }) return new ChangesBelow { Modified = true }; // What is written otherwise is otherwise.
        if (type.Map is not { IsAtomic: false } map || before[0] != '{' || after[0] != '{') return Read(old, value, type);
        var changes = new ChangesBelow();
        var mine = JsonScan.FirstMember(before, 0);
        var at = 1; // Of the other's member that goes along with mine.
        for (; !mine.IsEnd; mine = JsonScan.NextMember(before, mine))
        {
            var end = at + mine.End - mine.Name;
            if (!after[at..].StartsWith(before[mine.Name..mine.End]) || after[end] is not ((byte)',' or (byte)'}'))
            {
                if (!after[at..].StartsWith(before[mine.Name..mine.Value])) return Read(old, value, type); // Some field is new or gone.
                var start = at + mine.Value - mine.Name;
                end = JsonScan.EndOfValue(after, start);
                Member(old[mine.Value..mine.End], value[start..end], mine.NameIn(before)[1..^1], map, ref changes);
            }
            at = after[end] == ',' ? end + 1 : end;
        }
        return after[at] == '}' ? changes : Read(old, value, type);
    }

    private static void Member(ReadOnlyMemory<byte> old, ReadOnlyMemory<byte> value, ReadOnlySpan<byte> name, MapType map, ref ChangesBelow changes)
    {
        var declared = map.Find(name);
        if ((declared?.Type ?? map.Entries) is not { } type) return;
        var element = declared?.Element ?? PathElement.Field(name.Contains((byte)'\\') ? JsonElement.Parse([(byte)'"', .. name, (byte)'"']).GetString()! : Encoding.UTF8.GetString(name));
        changes.Put(element, Walk(old, value, type));
    }

    private static ChangesBelow Read(ReadOnlyMemory<byte> old, ReadOnlyMemory<byte> value, FieldType type)
    {
        using var before = JsonDocument.Parse(old);
        using var after = JsonDocument.Parse(value);
        return TypedComparison.Walk(before.RootElement, after.RootElement, type);
    }
}
