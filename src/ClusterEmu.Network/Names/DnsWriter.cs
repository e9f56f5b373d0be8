using System.Buffers.Binary;
using System.Text;

namespace ClusterEmu.Network;

/// <summary>Writes the parts of a DNS message. A name that stood before, or its tail, becomes a pointer.</summary>
internal sealed class DnsWriter
{
    private const int MaxPointer = 0x3FFF;
    private readonly Dictionary<string, int> _names = new(StringComparer.OrdinalIgnoreCase);
    private byte[] _bytes = new byte[512];
    private int _length;

    public byte[] ToArray() => _bytes.AsSpan(0, _length).ToArray();

    public void UInt16(ushort value) => BinaryPrimitives.WriteUInt16BigEndian(Take(2), value);

    public void UInt32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Take(4), value);

    public void Name(string name)
    {
        if (name.Length > 253) throw new DnsFormatException($"The name '{name}' has {name.Length} characters; at most 253 fit.");
        var rest = name;
        while (rest.Length > 0)
        {
            if (_names.TryGetValue(rest, out var known))
            {
                UInt16((ushort)(0xC000 | known));
                return;
            }
            if (_length <= MaxPointer) _names[rest] = _length;
            var dot = rest.IndexOf('.', StringComparison.Ordinal);
            var label = dot < 0 ? rest : rest[..dot];
            if (label.Length is 0 or > 63) throw new DnsFormatException($"The name '{name}' has a label of {label.Length} characters; 1 to 63 fit.");
            Take(1)[0] = (byte)label.Length;
            Encoding.Latin1.GetBytes(label, Take(label.Length));
            rest = dot < 0 ? "" : rest[(dot + 1)..];
        }
        Take(1)[0] = 0;
    }

    public void Record(DnsRecord record)
    {
        Name(record.Name);
        UInt16((ushort)record.Type);
        UInt16(record is DnsRecord.Options options ? options.UdpSize : DnsRecord.Internet);
        UInt32(record.Ttl);
        var lengthAt = _length;
        UInt16(0);
        switch (record)
        {
            case DnsRecord.Address address:
                Address(address.Ip);
                break;
            case DnsRecord.Pointer pointer:
                Name(pointer.Target);
                break;
            case DnsRecord.Service service:
                UInt16(service.Priority);
                UInt16(service.Weight);
                UInt16(service.Port);
                Uncompressed(service.Target);
                break;
            case DnsRecord.Authority authority:
                Name(authority.Server);
                Name(authority.Mailbox);
                foreach (var number in (ReadOnlySpan<uint>)[authority.Serial, authority.Refresh, authority.Retry, authority.Expire, authority.Minimum]) UInt32(number);
                break;
            case DnsRecord.Text text:
                foreach (var part in text.Texts) Text(part);
                break;
            case DnsRecord.Unknown unknown:
                unknown.Data.ToArray().CopyTo(Take(unknown.Data.Count));
                break;
        }
        BinaryPrimitives.WriteUInt16BigEndian(_bytes.AsSpan(lengthAt, 2), (ushort)(_length - lengthAt - 2));
    }

    private void Address(Ip ip)
    {
        if (ip.IsV4)
        {
            UInt32(ip.V4);
            return;
        }
        BinaryPrimitives.WriteUInt64BigEndian(Take(8), ip.High);
        BinaryPrimitives.WriteUInt64BigEndian(Take(8), ip.Low);
    }

    /// <summary>RFC 2782: the target of an SRV record is not compressed.</summary>
    private void Uncompressed(string name)
    {
        foreach (var label in name.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            if (label.Length > 63) throw new DnsFormatException($"The name '{name}' has a label of {label.Length} characters; 1 to 63 fit.");
            Take(1)[0] = (byte)label.Length;
            Encoding.Latin1.GetBytes(label, Take(label.Length));
        }
        Take(1)[0] = 0;
    }

    private void Text(string text)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        if (bytes.Length > 255) throw new DnsFormatException($"A text has {bytes.Length} bytes; at most 255 fit.");
        Take(1)[0] = (byte)bytes.Length;
        bytes.CopyTo(Take(bytes.Length));
    }

    private Span<byte> Take(int count)
    {
        if (_length + count > _bytes.Length) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + count));
        var span = _bytes.AsSpan(_length, count);
        _length += count;
        return span;
    }
}
