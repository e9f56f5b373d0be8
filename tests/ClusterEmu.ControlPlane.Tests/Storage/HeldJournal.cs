using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.Tests;

/// <summary>A journal whose appends wait until the test lets them through.</summary>
internal sealed class HeldJournal : IJournal
{
    private readonly InMemoryJournal _inner = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly Lock _lock = new();
    private (JournalBatch Batch, IActorRef ReplyTo)? _held;

    public List<JournalBatch> Batches { get; } = [];

    public void Append(JournalBatch batch, IActorRef replyTo)
    {
        lock (_lock)
        {
            Batches.Add(batch);
            _held = (batch, replyTo);
        }
        _arrived.Release();
    }

    public async Task Appended(int number)
    {
        Assert.True(await _arrived.WaitAsync(TimeSpan.FromSeconds(20)));
        lock (_lock) Assert.Equal(number, Batches.Count);
    }

    public void Release()
    {
        var (batch, replyTo) = TakeHeld();
        _inner.Append(batch, replyTo);
    }

    public void Refuse(string message) => TakeHeld().ReplyTo.Tell(new JournalFailed("append", message), ActorRefs.NoSender);

    public void Read(long afterRevision, IActorRef replyTo) => _inner.Read(afterRevision, replyTo);

    public void Compact(long compacted, IReadOnlyList<long> garbage, IActorRef replyTo) => _inner.Compact(compacted, garbage, replyTo);

    public void Dispose() => _arrived.Dispose();

    private (JournalBatch Batch, IActorRef ReplyTo) TakeHeld()
    {
        lock (_lock)
        {
            var held = _held!.Value;
            _held = null;
            return held;
        }
    }
}
