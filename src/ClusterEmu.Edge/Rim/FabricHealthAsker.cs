using System.Globalization;
using System.Net.Sockets;
using System.Text;
using ClusterEmu.Fabric;

namespace ClusterEmu.Edge;

/// <summary>Asks over real connections of the fabric.</summary>
internal sealed class FabricHealthAsker(IFabric fabric) : IHealthAsker
{
    private const string Sender = "cloud/health-check";
    private const int MaxLine = 256;

    public void Send(HealthTarget target, long number, TimeSpan timeout, IActorRef replyTo) => _ = AskAsync(target, number, timeout, replyTo);

    private async Task AskAsync(HealthTarget target, long number, TimeSpan timeout, IActorRef replyTo)
    {
        using var limit = new CancellationTokenSource(timeout);
        HealthAnswered answer;
        try
        {
            var dial = new Dial(null, FlowOrigin.Outside, HealthTarget.Checker, target.Address, Trace: false, Sender);
            var result = await fabric.DialAsync(dial, limit.Token).ConfigureAwait(false);
            answer = result.Connection is { } stream
                ? await ReadAsync(stream, target, number, limit.Token).ConfigureAwait(false)
                : new HealthAnswered(number, 0, Words(result.Outcome, timeout));
        }
        catch (OperationCanceledException)
        {
            answer = new HealthAnswered(number, 0, Words(DialOutcome.TimedOut, timeout));
        }
        catch (Exception error)
        {
            answer = new HealthAnswered(number, 0, error is IOException or SocketException or ObjectDisposedException
                ? Words(DialOutcome.Reset, timeout)
                : $"could not be asked ({error.Message})");
        }
        replyTo.Tell(answer, ActorRefs.NoSender);
    }

    private static async Task<HealthAnswered> ReadAsync(Stream stream, HealthTarget target, long number, CancellationToken cancellationToken)
    {
        await using (stream.ConfigureAwait(false))
        {
            var request = $"GET {HealthTarget.Path} HTTP/1.1\r\nHost: {target.Address}\r\nUser-Agent: clusteremu-health-check\r\nConnection: close\r\n\r\n";
            await stream.WriteAsync(Encoding.ASCII.GetBytes(request), cancellationToken).ConfigureAwait(false);
            var (buffer, length) = (new byte[MaxLine], 0);
            while (length < MaxLine && buffer.AsSpan(0, length).IndexOf((byte)'\n') < 0)
            {
                var count = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
                if (count == 0) break;
                length += count;
            }
            var words = Encoding.Latin1.GetString(buffer, 0, length).Split(' ', 3);
            return words.Length == 3 && words[0].StartsWith("HTTP/1.", StringComparison.Ordinal)
                && int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var code)
                ? new HealthAnswered(number, code, "")
                : new HealthAnswered(number, 0, "did not answer in HTTP");
        }
    }

    private static string Words(DialOutcome outcome, TimeSpan timeout) => outcome switch
    {
        DialOutcome.Refused => "refused the connection",
        DialOutcome.Reset => "reset the connection",
        DialOutcome.Unreachable => "cannot be reached",
        _ => string.Create(CultureInfo.InvariantCulture, $"did not answer within {timeout.TotalSeconds:0.###} s"),
    };
}
