using System.Net;
using System.Net.Sockets;

namespace ClusterEmu.Fabric.Tests;

/// <summary>The kinds of connection that must behave alike: in one process, over a socket, and spliced together.</summary>
internal static class StreamPairs
{
    public static TheoryData<string> Kinds => ["pipe", "socket", "spliced"];

    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task<(FabricStream Client, FabricStream Server)> OpenAsync(string kind)
    {
        switch (kind)
        {
            case "pipe": return PipeConnection.Open();
            case "socket": return await OpenSocketsAsync();
            default:
                var (client, near) = PipeConnection.Open();
                var (far, server) = await OpenSocketsAsync();
                _ = Splice.RunAsync(near, far);
                return (client, server);
        }
    }

    public static async Task<(FabricStream Client, FabricStream Server)> OpenSocketsAsync()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(listener.LocalEndPoint!);
        return (new SocketEnd(client), new SocketEnd(await listener.AcceptAsync()));
    }

    /// <summary>Reads to the end; fails the test if that takes longer than <see cref="Patience"/>.</summary>
    public static async Task<byte[]> ReadToEndAsync(this Stream stream)
    {
        using var all = new MemoryStream();
        await stream.CopyToAsync(all).WaitAsync(Patience);
        return all.ToArray();
    }
}
