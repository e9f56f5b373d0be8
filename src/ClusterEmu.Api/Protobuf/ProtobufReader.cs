namespace ClusterEmu.Api;

/// <summary>How a field's value is sent.</summary>
internal enum WireType
{
    Varint = 0,
    Fixed64 = 1,
    Length = 2,
    StartGroup = 3,
    EndGroup = 4,
    Fixed32 = 5,
}

/// <summary>Reads the tags and values of one message.</summary>
/// <remarks>Every method throws <see cref="ObjectDecodingException"/>, in the words of Go's generated decoders, if the bytes end early or make no sense.</remarks>
internal ref struct ProtobufReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;

    public readonly bool AtEnd => _at == _bytes.Length;

    /// <param name="message">Named by errors.</param>
    public (int Number, WireType Wire) ReadTag(string message)
    {
        var tag = ReadVarint();
        var (number, wire) = ((int)(tag >> 3), (WireType)(tag & 7));
        if (wire == WireType.EndGroup) throw new ObjectDecodingException($"proto: {message}: wiretype end group for non-group");
        return number > 0 ? (number, wire) : throw new ObjectDecodingException($"proto: {message}: illegal tag {number} (wire type {tag})");
    }

    public ulong ReadVarint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (AtEnd) throw EndsEarly();
            var next = _bytes[_at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
        throw new ObjectDecodingException("proto: integer overflow");
    }

    /// <summary>A length, then so many bytes.</summary>
    public ReadOnlySpan<byte> ReadBytes()
    {
        var length = ReadVarint();
        if (length > long.MaxValue) throw new ObjectDecodingException("proto: negative length found during unmarshaling");
        return Take(length);
    }

    /// <summary>Passes over the value of an unknown field.</summary>
    public void Skip(WireType wire)
    {
        var openGroups = 0;
        while (true)
        {
            switch (wire)
            {
                case WireType.Varint: ReadVarint(); break;
                case WireType.Fixed64: Take(8); break;
                case WireType.Length: ReadBytes(); break;
                case WireType.StartGroup: openGroups++; break;
                case WireType.EndGroup: openGroups--; break;
                case WireType.Fixed32: Take(4); break;
                default: throw new ObjectDecodingException($"proto: illegal wireType {(int)wire}");
            }
            if (openGroups == 0) return;
            wire = (WireType)(ReadVarint() & 7);
        }
    }

    private ReadOnlySpan<byte> Take(ulong length)
    {
        if (length > (ulong)(_bytes.Length - _at)) throw EndsEarly();
        var taken = _bytes.Slice(_at, (int)length);
        _at += taken.Length;
        return taken;
    }

    private static ObjectDecodingException EndsEarly() => new("unexpected EOF");
}
