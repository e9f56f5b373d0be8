using System.Globalization;
using ClusterEmu.Fabric;
using ClusterEmu.Network;

namespace ClusterEmu.Edge;

/// <summary>Asks over the fast path, for networks of messages only: nothing is awaited, and no clock is read.</summary>
public sealed class FastHealthAsker(IFastNetwork network) : IHealthAsker
{
    private const int FirstPort = 32768;
    private const int Ports = 28232;

    public void Send(HealthTarget target, long number, TimeSpan timeout, IActorRef replyTo)
    {
        var request = new FastRequest
        {
            SentBy = FlowOrigin.Outside,
            Source = new IpPort(HealthTarget.Checker, FirstPort + (int)(number % Ports)),
            Destination = target.Address,
            Path = HealthTarget.Path,
            TimeoutMicroseconds = (long)timeout.TotalMicroseconds,
            Tag = number,
        };
        network.Send(request, replyTo);
    }

    /// <summary>What a request says that came back.</summary>
    internal static HealthAnswered Read(FastRequest request) => new(
        request.Tag is long number ? number : 0,
        request.Outcome == FastOutcome.Answered ? request.Status : 0,
        request.Outcome switch
        {
            FastOutcome.Answered => "",
            FastOutcome.Refused => "refused the connection",
            FastOutcome.Reset => "reset the connection",
            FastOutcome.Unsupported => request.Reason.TrimEnd('.'),
            _ => string.Create(CultureInfo.InvariantCulture, $"did not answer within {request.TimeoutMicroseconds / 1e6:0.###} s"),
        });
}
