using System.Text;

namespace ClusterEmu.Api;

/// <summary>Decodes messages as Go's generated code does: unknown fields are ignored, a message sent twice is merged, of other values the last counts.</summary>
internal static class ProtobufDecoding
{
    /// <summary>More than any kind needs: the messages of no kind contain themselves.</summary>
    public const int MaxDepth = 32;

    /// <exception cref="ObjectDecodingException">The bytes are no such message.</exception>
    public static ProtobufValues Read(ProtobufMessage message, ReadOnlySpan<byte> bytes)
    {
        var values = new ProtobufValues(message);
        ReadInto(values, bytes, MaxDepth);
        return values;
    }

    private static void ReadInto(ProtobufValues values, ReadOnlySpan<byte> bytes, int depth)
    {
        if (depth == 0) throw new ObjectDecodingException($"proto: {values.Message.Name}: nested deeper than {MaxDepth} messages");
        var reader = new ProtobufReader(bytes);
        while (!reader.AtEnd)
        {
            var (number, wire) = reader.ReadTag(values.Message.Name);
            if (values.Message.Find(number) is { } field) ReadField(values, field, ref reader, wire, depth);
            else reader.Skip(wire);
        }
    }

    private static void ReadField(ProtobufValues values, ProtobufField field, ref ProtobufReader reader, WireType wire, int depth)
    {
        switch (field.Rule)
        {
            case ProtobufRule.List:
                ReadItems(values.GetOrAdd(field, static _ => new List<object>()), field, ref reader, wire, depth);
                return;
            case ProtobufRule.Map:
                if (wire != WireType.Length) throw WrongWireType(field, wire);
                var map = values.GetOrAdd(field, static _ => new Dictionary<string, object>(StringComparer.Ordinal));
                ReadPair(map, field, reader.ReadBytes(), depth);
                return;
            default:
                if (field.Type == ProtobufType.Message && wire == WireType.Length)
                    ReadInto(values.GetOrAdd(field, static field => new ProtobufValues(field.Message!)), reader.ReadBytes(), depth - 1);
                else
                    values.Set(field, ReadValue(field, ref reader, wire, depth));
                return;
        }
    }

    private static void ReadItems(List<object> items, ProtobufField field, ref ProtobufReader reader, WireType wire, int depth)
    {
        var isPacked = wire == WireType.Length && field.Type is ProtobufType.Int32 or ProtobufType.Int64 or ProtobufType.Bool;
        if (!isPacked)
        {
            items.Add(ReadValue(field, ref reader, wire, depth));
            return;
        }
        var packed = new ProtobufReader(reader.ReadBytes());
        while (!packed.AtEnd) items.Add(ReadValue(field, ref packed, WireType.Varint, depth));
    }

    private static void ReadPair(Dictionary<string, object> map, ProtobufField field, ReadOnlySpan<byte> bytes, int depth)
    {
        var (key, value) = ("", (object?)null);
        var reader = new ProtobufReader(bytes);
        while (!reader.AtEnd)
        {
            var (number, wire) = reader.ReadTag(field.GoName);
            if (number == 1 && wire == WireType.Length) key = Encoding.UTF8.GetString(reader.ReadBytes());
            else if (number == 2) value = ReadValue(field, ref reader, wire, depth);
            else reader.Skip(wire);
        }
        map[key] = value ?? Zero(field);
    }

    private static object ReadValue(ProtobufField field, ref ProtobufReader reader, WireType wire, int depth)
    {
        var expected = field.Type is ProtobufType.Message or ProtobufType.String or ProtobufType.Bytes ? WireType.Length : WireType.Varint;
        if (wire != expected) throw WrongWireType(field, wire);
        switch (field.Type)
        {
            case ProtobufType.String: return Encoding.UTF8.GetString(reader.ReadBytes());
            case ProtobufType.Bytes: return reader.ReadBytes().ToArray();
            case ProtobufType.Bool: return reader.ReadVarint() == 0 ? 0L : 1L;
            case ProtobufType.Int32: return (long)(int)reader.ReadVarint();
            case ProtobufType.Int64: return (long)reader.ReadVarint();
            default:
                var values = new ProtobufValues(field.Message!);
                ReadInto(values, reader.ReadBytes(), depth - 1);
                return values;
        }
    }

    private static object Zero(ProtobufField field) => field.Type switch
    {
        ProtobufType.String => "",
        ProtobufType.Bytes => Array.Empty<byte>(),
        ProtobufType.Message => new ProtobufValues(field.Message!),
        _ => 0L,
    };

    private static ObjectDecodingException WrongWireType(ProtobufField field, WireType wire) =>
        new($"proto: wrong wireType = {(int)wire} for field {field.GoName}");
}
