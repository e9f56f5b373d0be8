using System.Net;
using System.Net.Sockets;

namespace ClusterEmu.Cli.Launching;

/// <summary>Each cluster holds one of 50 slots, by a listening socket, so that no two use the same addresses of this machine.</summary>
/// <param name="Claim">Holds the slot until it is disposed.</param>
/// <param name="Slot">0 to 49: nodes are 127.(18+slot).0.x, load balancers 127.(203+slot).0.0/16.</param>
/// <param name="Reachable">False if this machine takes no loopback address beyond 127.0.0.1, so that listeners must go elsewhere.</param>
internal sealed record AddressSlots(Socket Claim, int Slot, bool Reachable)
{
    public const int Count = 50;
    private const int Port = 10256;

    /// <summary>For a machine without those addresses: slot k is 127.0.0.1 and this port plus k.</summary>
    private const int FallbackPort = 20256;

    /// <summary>Takes the preferred slot, or else the lowest free one.</summary>
    /// <exception cref="CommandFailure">All are taken.</exception>
    public static AddressSlots Take(int preferred)
    {
        foreach (var slot in Enumerable.Range(0, Count).OrderBy(slot => slot == preferred ? -1 : slot))
        {
            try
            {
                return new AddressSlots(Listen(new IPAddress([127, (byte)(18 + slot), 0, 1]), Port), slot, Reachable: true);
            }
            catch (SocketException error) when (error.SocketErrorCode != SocketError.AddressAlreadyInUse)
            {
                if (TakeFallback(slot) is { } claim) return new AddressSlots(claim, slot, Reachable: false);
            }
            catch (SocketException)
            {
                // Another cluster holds it.
            }
        }
        throw new CommandFailure($"All {Count} address slots (127.18.0.1 to 127.67.0.1, port {Port}) are taken. End a cluster with 'clusteremu down --name NAME'; 'clusteremu list' shows them.");
    }

    private static Socket? TakeFallback(int slot)
    {
        try
        {
            return Listen(IPAddress.Loopback, FallbackPort + slot);
        }
        catch (SocketException)
        {
            return null; // Another cluster holds it, or another program the port.
        }
    }

    private static Socket Listen(IPAddress address, int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, port));
            socket.Listen(1);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
