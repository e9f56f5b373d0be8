using System.Buffers.Binary;
using System.Net;
using System.Text;
using ClusterEmu.Network;

namespace ClusterEmu.Fabric;

/// <summary>What a stub resolver must know of DNS (RFC 1035): it asks for addresses and reads A, AAAA and CNAME answers.</summary>
internal static class StubDns
{
    public const int NoError = 0;
    public const int NameError = 3;
    private const int TypeA = 1, TypeCname = 5, TypeAaaa = 28, ClassIn = 1, HeaderLength = 12;

    /// <summary>A query for the IPv4 addresses of a name.</summary>
    /// <returns>Null if the name fits no DNS message: a label must have 1 to 63 characters, the whole at most 253.</returns>
    public static byte[]? Query(ushort id, string name)
    {
        var labels = name.Split('.');
        if (name.Length > 253 || labels.Any(label => label.Length is 0 or > 63)) return null;
        var message = new byte[HeaderLength + name.Length + 2 + 4];
        BinaryPrimitives.WriteUInt16BigEndian(message, id);
        message[2] = 0x01; // Recursion desired.
        message[5] = 1; // One question.
        var at = HeaderLength;
        foreach (var label in labels)
        {
            message[at] = (byte)label.Length;
            at += 1 + Encoding.ASCII.GetBytes(label, message.AsSpan(at + 1));
        }
        message[at + 2] = TypeA;
        message[at + 4] = ClassIn;
        return message;
    }

    /// <summary>Reads an answer.</summary>
    /// <returns>Null if it answers another query or cannot be read.</returns>
    public static StubAnswer? Read(ReadOnlySpan<byte> message, ushort id)
    {
        if (message.Length < HeaderLength || BinaryPrimitives.ReadUInt16BigEndian(message) != id || (message[2] & 0x80) == 0) return null;
        var (addresses, alias, at) = (new List<Ip>(), "", HeaderLength);
        for (var questions = BinaryPrimitives.ReadUInt16BigEndian(message[4..]); questions > 0; questions--)
        {
            if (!TryReadName(message, ref at, out _)) return null;
            at += 4;
        }
        for (var answers = BinaryPrimitives.ReadUInt16BigEndian(message[6..]); answers > 0; answers--)
        {
            if (!TryReadName(message, ref at, out _) || at + 10 > message.Length) return null;
            var type = BinaryPrimitives.ReadUInt16BigEndian(message[at..]);
            var length = BinaryPrimitives.ReadUInt16BigEndian(message[(at + 8)..]);
            at += 10;
            if (at + length > message.Length) return null;
            var name = at;
            if (type == TypeA && length == 4 || type == TypeAaaa && length == 16) addresses.Add(Ip.From(new IPAddress(message.Slice(at, length))));
            else if (type == TypeCname && TryReadName(message, ref name, out var target)) alias = target;
            at += length;
        }
        return new StubAnswer(message[3] & 0x0F, addresses, alias);
    }

    private static bool TryReadName(ReadOnlySpan<byte> message, ref int at, out string name)
    {
        var text = new StringBuilder();
        name = "";
        var (position, jumped) = (at, false);
        for (var steps = 0; steps < 128 && position < message.Length; steps++)
        {
            var length = message[position];
            if (length == 0)
            {
                if (!jumped) at = position + 1;
                name = text.ToString();
                return true;
            }
            if (length >= 0xC0)
            {
                if (position + 1 >= message.Length) return false;
                if (!jumped) at = position + 2;
                jumped = true;
                position = ((length & 0x3F) << 8) | message[position + 1];
                continue;
            }
            if (length > 63 || position + 1 + length > message.Length) return false;
            if (text.Length > 0) text.Append('.');
            text.Append(Encoding.ASCII.GetString(message.Slice(position + 1, length)));
            position += 1 + length;
        }
        return false;
    }
}

/// <param name="Code">The response code: 0 no error, 3 no such name, others failures of the server.</param>
/// <param name="Addresses">In the server's order.</param>
/// <param name="Alias">The last CNAME's target; empty without one.</param>
internal sealed record StubAnswer(int Code, IReadOnlyList<Ip> Addresses, string Alias);
