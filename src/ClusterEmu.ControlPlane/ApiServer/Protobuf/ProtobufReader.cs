using System.Text;
using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>Steps through the fields of one protobuf message.</summary>
internal ref struct ProtobufReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;

    /// <summary>The number of the current field.</summary>
    public int Number { get; private set; }

    /// <summary>The current field's value if it is a number.</summary>
    public ulong Value { get; private set; }

    /// <summary>The current field's bytes if it is no number: a string, bytes or a message.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    public bool IsBytes { get; private set; }

    /// <summary>Moves to the next field; false at the end.</summary>
    /// <exception cref="ObjectDecodingException">The bytes are no message.</exception>
    public bool Next()
    {
        if (_at == _bytes.Length) return false;
        var tag = Varint();
        Number = (int)(tag >> 3);
        IsBytes = false;
        switch (tag & 7)
        {
            case 0: Value = Varint(); break;
            case 1: Bytes = Take(8); break;
            case 2:
                IsBytes = true;
                var length = Varint();
                Bytes = Take(length > int.MaxValue ? int.MaxValue : (int)length);
                break;
            case 5: Bytes = Take(4); break;
            default: throw Malformed("a field has an unknown wire type");
        }
        return true;
    }

    /// <summary>The bytes of a field that occurs once; empty if it is missing.</summary>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> message, int number)
    {
        var reader = new ProtobufReader(message);
        ReadOnlySpan<byte> found = default;
        while (reader.Next())
        {
            if (reader.Number == number && reader.IsBytes) found = reader.Bytes;
        }
        return found;
    }

    public static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    public static ObjectDecodingException Malformed(string why) =>
        new($"the body is no valid application/vnd.kubernetes.protobuf: {why}. Send application/json instead.");

    private ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (_at == _bytes.Length) break;
            var next = _bytes[_at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
        throw Malformed("a number has no end");
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > _bytes.Length - _at) throw Malformed("it ends within a field");
        var taken = _bytes.Slice(_at, length);
        _at += length;
        return taken;
    }
}
