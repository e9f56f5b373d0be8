namespace ClusterEmu.Network;

/// <summary>Compares flows in look-ups. Its hash is our own and cheap.</summary>
public sealed class FlowComparer : IEqualityComparer<Flow>
{
    public static readonly FlowComparer Instance = new();

    public bool Equals(Flow x, Flow y) =>
        x.Source.Port == y.Source.Port && x.Destination.Port == y.Destination.Port && x.Protocol == y.Protocol
        && x.Source.Ip.Low == y.Source.Ip.Low && x.Destination.Ip.Low == y.Destination.Ip.Low
        && x.Source.Ip.High == y.Source.Ip.High && x.Destination.Ip.High == y.Destination.Ip.High;

    public int GetHashCode(Flow flow)
    {
        var addresses = (flow.Source.Ip.Low * 0x9E3779B97F4A7C15) ^ ulong.RotateLeft(flow.Destination.Ip.Low * 0xC2B2AE3D27D4EB4F, 31)
            ^ flow.Source.Ip.High ^ ulong.RotateLeft(flow.Destination.Ip.High, 17);
        var ports = ((ulong)(uint)flow.Source.Port << 32) | ((ulong)(uint)flow.Destination.Port << 8) | (ulong)flow.Protocol;
        return (int)StableHash.Mix(addresses + (ports * 0x165667B19E3779F9));
    }
}
