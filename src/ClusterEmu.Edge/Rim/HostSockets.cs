using System.Net;
using System.Net.Sockets;
using ClusterEmu.Network;

namespace ClusterEmu.Edge;

/// <summary>Binds sockets of the host at their own place or the next best.</summary>
internal static class HostSockets
{
    /// <summary>Tries the places in order.</summary>
    /// <returns>The socket and where it is bound; or null and why the last place failed.</returns>
    public static (Socket? Socket, IpPort Actual, string Problem) Bind(IpProtocol protocol, IEnumerable<IpPort> places)
    {
        var problem = "";
        foreach (var place in places)
        {
            var tcp = protocol == IpProtocol.Tcp;
            var socket = new Socket(AddressFamily.InterNetwork, tcp ? SocketType.Stream : SocketType.Dgram, tcp ? ProtocolType.Tcp : ProtocolType.Udp);
            try
            {
                socket.Bind(new IPEndPoint(place.Ip.ToIPAddress(), place.Port));
                return (socket, ToIpPort((IPEndPoint)socket.LocalEndPoint!), "");
            }
            catch (SocketException error)
            {
                socket.Dispose();
                problem = $"{place}: {error.SocketErrorCode}";
            }
        }
        return (null, default, problem);
    }

    public static IpPort ToIpPort(IPEndPoint point) => new(Ip.From(point.Address), point.Port);
}
