using System.Threading.Channels;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>Carries a watch's events from the hub to the connection that streams them.</summary>
/// <remarks>When the connection is slow, the hub stops delivering and keeps a cursor into its log instead.</remarks>
internal sealed class StreamSink : IWatchSink
{
    private const int MaxWaiting = 1000;
    private readonly Channel<WatchDelivery> _events = Channel.CreateUnbounded<WatchDelivery>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private int _waiting;
    private int _starved;

    public ChannelReader<WatchDelivery> Events => _events.Reader;

    /// <summary>Why the watch ended; meaningful once <see cref="Events"/> is completed.</summary>
    public (int Code, string Message) End { get; private set; }

    public bool IsFull
    {
        get
        {
            if (Volatile.Read(ref _waiting) < MaxWaiting) return false;
            Interlocked.Exchange(ref _starved, 1);
            // The reader may have taken everything before it could see that: then nobody would ever say that there is room again.
            return Volatile.Read(ref _waiting) >= MaxWaiting / 2 || Interlocked.Exchange(ref _starved, 0) == 0;
        }
    }

    public void Deliver(WatchDelivery delivery)
    {
        Interlocked.Increment(ref _waiting);
        _events.Writer.TryWrite(delivery);
    }

    public void Close(int code, string message)
    {
        End = (code, message);
        _events.Writer.TryComplete();
    }

    /// <summary>Called by the reader for each event it took. True if the hub stopped and should go on now.</summary>
    public bool Taken() =>
        Interlocked.Decrement(ref _waiting) < MaxWaiting / 2 && Volatile.Read(ref _starved) == 1 && Interlocked.Exchange(ref _starved, 0) == 1;
}
