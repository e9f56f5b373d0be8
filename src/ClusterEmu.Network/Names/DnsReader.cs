using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace ClusterEmu.Network;

/// <summary>Reads the parts of a DNS message, one after another.</summary>
internal ref struct DnsReader(ReadOnlySpan<byte> message)
{
    private const int MaxNameLength = 255;
    private readonly ReadOnlySpan<byte> _message = message;
    private int _at;

    public ushort UInt16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    public uint UInt32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    /// <summary>A name without a dot at the end. A pointer must lead backwards, so that reading ends.</summary>
    public string Name()
    {
        var name = new StringBuilder();
        var (at, end, total) = (_at, -1, 0);
        while (true)
        {
            if (at >= _message.Length) throw new DnsFormatException("A name runs past the end of the message.");
            var length = _message[at];
            if (length == 0)
            {
                _at = end < 0 ? at + 1 : end;
                return name.ToString();
            }
            if ((length & 0xC0) == 0xC0)
            {
                if (at + 1 >= _message.Length) throw new DnsFormatException("A name runs past the end of the message.");
                var target = ((length & 0x3F) << 8) | _message[at + 1];
                if (target >= at) throw new DnsFormatException($"The name at byte {at} points forwards, to byte {target}.");
                if (end < 0) end = at + 2;
                at = target;
                // Counted, so that pointers in a circle end at the bound below.
                total++;
            }
            else
            {
                if (length > 63) throw new DnsFormatException($"A label of the kind {length >> 6} at byte {at} is not known.");
                if (at + 1 + length > _message.Length) throw new DnsFormatException("A name runs past the end of the message.");
                if (name.Length > 0) name.Append('.');
                foreach (var letter in _message.Slice(at + 1, length))
                {
                    if (letter == '.') throw new DnsFormatException($"The label at byte {at} contains a dot.");
                    name.Append((char)letter);
                }
                at += 1 + length;
                total += 1 + length;
            }
            // The root's own byte is still to come.
            if (total >= MaxNameLength) throw new DnsFormatException($"A name is longer than {MaxNameLength} bytes.");
        }
    }

    public List<DnsRecord> Records(int count)
    {
        var records = new List<DnsRecord>();
        for (var i = 0; i < count; i++) records.Add(Record());
        return records;
    }

    private DnsRecord Record()
    {
        var name = Name();
        var type = (DnsType)UInt16();
        var recordClass = UInt16();
        var ttl = UInt32();
        var length = UInt16();
        var end = _at + length;
        if (end > _message.Length) throw new DnsFormatException("A record runs past the end of the message.");
        DnsRecord record = type switch
        {
            DnsType.OPT => new DnsRecord.Options(recordClass), // Its class is a size.
            DnsType.A when length == 4 => new DnsRecord.Address(name, ttl, Ip.From(new IPAddress(Take(4)))),
            DnsType.AAAA when length == 16 => new DnsRecord.Address(name, ttl, Ip.From(new IPAddress(Take(16)))),
            DnsType.CNAME or DnsType.NS or DnsType.PTR => new DnsRecord.Pointer(name, type, ttl, Name()),
            DnsType.SRV => new DnsRecord.Service(name, ttl, UInt16(), UInt16(), UInt16(), Name()),
            DnsType.SOA => new DnsRecord.Authority(name, ttl, Name(), Name(), UInt32(), UInt32(), UInt32(), UInt32(), UInt32()),
            DnsType.TXT => new DnsRecord.Text(name, ttl, Texts(end)),
            _ => new DnsRecord.Unknown(name, type, ttl, Take(length).ToArray()),
        };
        if (type == DnsType.OPT) _at = end; // Its options are not needed.
        if (_at != end) throw new DnsFormatException($"The data of a {type} record is {length} bytes long, which does not fit.");
        return record;
    }

    private List<string> Texts(int end)
    {
        var texts = new List<string>();
        while (_at < end) texts.Add(Encoding.Latin1.GetString(Take(Take(1)[0])));
        return texts;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (_at + count > _message.Length) throw new DnsFormatException($"The message ends after {_message.Length} bytes, too early.");
        var span = _message.Slice(_at, count);
        _at += count;
        return span;
    }
}
