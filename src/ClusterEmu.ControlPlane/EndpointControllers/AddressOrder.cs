using ClusterEmu.Network;

namespace ClusterEmu.ControlPlane;

/// <summary>What addresses are sorted by: their bytes, not their text. What is no address comes first, by its text.</summary>
public readonly record struct AddressOrder(Ip Ip, string Text) : IComparable<AddressOrder>
{
    public static AddressOrder Of(string address) =>
        Ip.TryParse(address, out var ip) ? new(ip, "") : new(default, address);

    public int CompareTo(AddressOrder other)
    {
        var byBytes = Ip.CompareTo(other.Ip);
        return byBytes != 0 ? byBytes : string.CompareOrdinal(Text, other.Text);
    }
}
