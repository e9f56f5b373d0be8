using System.Text.Json;

namespace ClusterEmu.Api;

/// <summary>Sets of fields as Kubernetes stores them: FieldsV1.</summary>
/// <remarks>Each step is a member of a JSON object; <c>{}</c> is a field without anything below, <c>"."</c> says that a field with something below is in the set itself.</remarks>
public static class FieldSetJson
{
    /// <summary>Deeper sets are refused: no object that can be decoded is that deep.</summary>
    private const int MaxDepth = 64;

    /// <summary>The set as FieldsV1, steps in their order.</summary>
    public static byte[] Encode(FieldSet set) => TypedText.Write(set, Write);

    /// <summary>Reads a set. Steps of a sort that is not known are left out.</summary>
    /// <exception cref="FormatException">It is no JSON, or no set of fields.</exception>
    public static FieldSet Decode(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.Null) return FieldSet.Empty;
            if (reader.TokenType != JsonTokenType.StartObject) throw new FormatException("a set of fields must be an object");
            var (set, _) = Read(ref reader, 0);
            return set;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            throw new FormatException(malformed.Message);
        }
    }

    /// <summary>Writes the set as one JSON object.</summary>
    internal static void Write(Utf8JsonWriter writer, FieldSet set)
    {
        writer.WriteStartObject();
        WriteMembers(writer, set);
        writer.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter writer, FieldSet set)
    {
        foreach (ref readonly var node in set.Nodes)
        {
            writer.WriteStartObject(node.Element.Encoded);
            if (node.IsMember && !node.Children.IsEmpty)
            {
                writer.WriteStartObject("."u8);
                writer.WriteEndObject();
            }
            WriteMembers(writer, node.Children);
            writer.WriteEndObject();
        }
    }

    private static (FieldSet Set, bool IsMember) Read(ref Utf8JsonReader reader, int depth)
    {
        if (depth > MaxDepth) throw new FormatException("the set of fields is nested too deep");
        List<FieldSet.Node>? nodes = null;
        var (isMember, isEmpty) = (false, true);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            isEmpty = false;
            var isSelf = reader.ValueTextEquals("."u8);
            var element = isSelf ? null : ElementOf(ref reader);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject) throw new FormatException("each member of a set of fields must be an object");
            var (children, member) = Read(ref reader, depth + 1);
            if (isSelf) isMember = true;
            else if (element is not null) (nodes ??= []).Add(new FieldSet.Node(element, member, children));
        }
        if (nodes is { Count: > 1 }) nodes = Distinct(nodes);
        return (FieldSet.OfNodes(nodes), isMember || isEmpty);
    }

    private static PathElement? ElementOf(ref Utf8JsonReader reader)
    {
        const int longest = 64;
        if (reader.ValueSpan.Length > longest) return PathElement.Parse(reader.GetString()!);
        Span<char> buffer = stackalloc char[longest];
        ReadOnlySpan<char> text = buffer[..reader.CopyString(buffer)];
        if (DeclaredElements.Find(text) is { } known) return known;
        var element = PathElement.Parse(text.ToString());
        // Names of containers, types of conditions: few, and in many objects. Labels and the like are not kept.
        return element is { FieldName: null } ? DeclaredElements.Keep(element) : element;
    }

    /// <summary>A set in which no step comes twice, whatever the client wrote.</summary>
    private static List<FieldSet.Node> Distinct(List<FieldSet.Node> nodes)
    {
        nodes.Sort(static (left, right) => left.Element.CompareTo(right.Element));
        var count = 1;
        for (var i = 1; i < nodes.Count; i++)
        {
            if (nodes[count - 1].Element.Equals(nodes[i].Element))
            {
                var before = nodes[count - 1];
                nodes[count - 1] = new(before.Element, before.IsMember || nodes[i].IsMember, before.Children.Union(nodes[i].Children));
            }
            else nodes[count++] = nodes[i];
        }
        nodes.RemoveRange(count, nodes.Count - count);
        return nodes;
    }
}
