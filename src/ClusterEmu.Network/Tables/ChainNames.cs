using System.Security.Cryptography;
using System.Text;

namespace ClusterEmu.Network;

/// <summary>The names that kube-proxy gives its iptables chains.</summary>
/// <remarks>Source: pkg/proxy/iptables/proxier.go (portProtoHash, servicePortEndpointChainName).</remarks>
public sealed record ChainNames(string PortText, IpProtocol Protocol, string Hash)
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>Endpoints of the whole cluster.</summary>
    public string Cluster => "KUBE-SVC-" + Hash;

    /// <summary>Endpoints of this node.</summary>
    public string Local => "KUBE-SVL-" + Hash;

    /// <summary>What arrives by NodePort, external or load balancer IP.</summary>
    public string External => "KUBE-EXT-" + Hash;

    /// <summary>The source ranges of a load balancer.</summary>
    public string Firewall => "KUBE-FW-" + Hash;

    /// <summary>One endpoint.</summary>
    public string EndpointOf(IpPort endpoint) => "KUBE-SEP-" + HashOf(PortText + NameOf(Protocol) + endpoint);

    public static ChainNames Of(string portText, IpProtocol protocol) => new(portText, protocol, HashOf(portText + NameOf(protocol)));

    /// <summary>tcp, udp or sctp.</summary>
    public static string NameOf(IpProtocol protocol) => protocol switch
    {
        IpProtocol.Udp => "udp",
        IpProtocol.Sctp => "sctp",
        _ => "tcp",
    };

    private static string HashOf(string text)
    {
        // The first 16 letters of base32 (RFC 4648) are the first 10 bytes of SHA-256.
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        return string.Create(16, bytes, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                var bit = i * 5;
                var pair = (source[bit / 8] << 8) | source[(bit / 8) + 1];
                span[i] = Base32[(pair >> (11 - (bit % 8))) & 31];
            }
        });
    }
}
