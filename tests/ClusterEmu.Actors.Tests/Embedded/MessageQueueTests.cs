namespace ClusterEmu.Actors.Tests.Embedded;

public sealed class MessageQueueTests
{
    private const int Queues = 10_000;

    /// <summary>A consumer that looks while the very first message is being linked must still get it on a later look.</summary>
    [Fact]
    public async Task TheFirstMessageIsNotLostToAConsumerThatLooksMeanwhile()
    {
        var queues = new MessageQueue[Queues];
        var ahead = 0;
        var producer = Task.Factory.StartNew(
            () =>
            {
                for (var i = 0; i < Queues; i++)
                {
                    for (var spins = 1; Volatile.Read(ref ahead) < i; spins++)
                    {
                        if (spins % 100 == 0) Thread.Yield();
                    }

                    queues[i].Enqueue(new QueuedMessage(i, null));
                }
            },
            TaskCreationOptions.LongRunning);
        var lost = -1;
        for (var i = 0; i < Queues && lost < 0; i++)
        {
            Volatile.Write(ref ahead, i);
            var looks = 0;
            while (!queues[i].TryDequeue(out _, out _))
            {
                // The next one in line proves that the producer is through with this one.
                if (++looks % 100 != 0) continue;
                Thread.Yield();
                if (!queues[i].HasMessages) continue;
                Volatile.Write(ref ahead, i + 1);
                if (i + 1 < Queues) SpinWait.SpinUntil(() => queues[i + 1].HasMessages);
                else await producer;
                if (!queues[i].TryDequeue(out _, out _)) lost = i;
                break;
            }
        }

        Volatile.Write(ref ahead, Queues);
        await producer;
        Assert.True(lost < 0, $"The only message of queue {lost} was enqueued and can never be taken.");
    }
}
