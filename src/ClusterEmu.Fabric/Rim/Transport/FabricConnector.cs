using System.Net.Sockets;
using System.Security.Cryptography;
using ClusterEmu.Network;

namespace ClusterEmu.Fabric;

/// <summary>Opens real connections to the fabric listeners of other processes, and seals their headers.</summary>
internal sealed class FabricConnector(byte[] key)
{
    /// <exception cref="SocketException">The process cannot be reached.</exception>
    public static async Task<Socket> ConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(host, port, cancellationToken).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public byte[] Header(FabricRequestKind kind, string target, WireOrigin origin, Flow flow, bool trace, string sender, int ttl)
    {
        // A header must fit; a sender's name is for traces only.
        var name = sender.Length <= 256 ? sender : sender[..256];
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var nonce = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8));
        return new FabricHeader(kind, target, origin, flow, trace, name, (byte)ttl, now, nonce).Write(key);
    }
}
