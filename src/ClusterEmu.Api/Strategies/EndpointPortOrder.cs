using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace ClusterEmu.Api;

/// <summary>Kubernetes' order of the ports of a subset: by the MD5 of each port as Go dumps it. Clients print ports in this order.</summary>
/// <remarks>Source: pkg/api/v1/endpoints/util.go (portsByHash) and pkg/util/hash (DeepHashObject, which dumps with <c>%#v</c>).</remarks>
internal sealed class EndpointPortOrder : IComparer<EndpointPort>
{
    public static readonly EndpointPortOrder Instance = new();

    public int Compare(EndpointPort? x, EndpointPort? y) => HashOf(x!).AsSpan().SequenceCompareTo(HashOf(y!));

    [SuppressMessage("Security", "CA5351", Justification = "The order is Kubernetes'; nothing is protected by it.")]
    private static byte[] HashOf(EndpointPort port)
    {
        var appProtocol = port.AppProtocol is { } text ? "(*string)" + text : "(*string)<nil>";
        return MD5.HashData(Encoding.UTF8.GetBytes($"(v1.EndpointPort){{Name:(string){port.Name} Port:(int32){port.Port} Protocol:(v1.Protocol){port.Protocol} AppProtocol:{appProtocol}}}"));
    }
}
