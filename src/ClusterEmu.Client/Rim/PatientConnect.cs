using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ClusterEmu.Client;

/// <summary>Connects to a server that may still be starting.</summary>
public static class PatientConnect
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Connects; while the connection is refused, tries again every 20 ms.</summary>
    /// <param name="server">Whom.</param>
    /// <param name="patience">After that time a refusal counts. 0: at once.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SocketException">It could not be reached, or refused for too long.</exception>
    public static async ValueTask<Stream> ConnectAsync(DnsEndPoint server, TimeSpan patience, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(server, cancellationToken).ConfigureAwait(false);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException refusal) when (refusal.SocketErrorCode == SocketError.ConnectionRefused && Stopwatch.GetElapsedTime(began) < patience)
            {
                socket.Dispose(); // Nobody listens yet.
            }
            catch
            {
                socket.Dispose();
                throw;
            }
            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }
    }
}
