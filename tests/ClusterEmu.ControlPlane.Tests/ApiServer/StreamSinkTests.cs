using ClusterEmu.Client;
using ClusterEmu.ControlPlane.ApiServer;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.Tests;

public sealed class StreamSinkTests
{
    private static readonly WatchDelivery Any = new(WatchEventType.Bookmark, null, 1);

    [Fact]
    public void AFullSinkSaysOnceThatThereIsRoomAgain()
    {
        var sink = new StreamSink();
        var delivered = 0;
        for (; !sink.IsFull; delivered++) sink.Deliver(Any);
        Assert.Equal(1000, delivered);
        Assert.Equal(1, Enumerable.Range(0, delivered).Count(_ => sink.Taken()));
        Assert.False(sink.IsFull);
    }

    [Fact]
    public async Task AHubThatStopsIsAlwaysTold_HoweverFastTheReaderIs()
    {
        const int all = 300_000;
        var sink = new StreamSink();
        using var resumed = new SemaphoreSlim(0);
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < all; i++)
            {
                while (sink.IsFull)
                {
                    if (!await resumed.WaitAsync(TimeSpan.FromSeconds(20))) return i;
                }
                sink.Deliver(Any);
            }
            sink.Close(0, "");
            return all;
        });
        await foreach (var _ in sink.Events.ReadAllAsync(new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token))
        {
            if (sink.Taken()) resumed.Release();
        }
        Assert.Equal(all, await writing);
    }
}
