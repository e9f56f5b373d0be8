using System.Collections.Concurrent;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.Tests;

/// <summary>A watcher that notes what it is given, as <c>ADDED a@2</c>.</summary>
internal sealed class RecordingSink(int room = int.MaxValue) : IWatchSink
{
    private readonly BlockingCollection<string> _seen = [];
    private int _room = room;

    public bool IsFull => Volatile.Read(ref _room) <= 0;

    public void Deliver(WatchDelivery delivery)
    {
        Interlocked.Decrement(ref _room);
        _seen.Add($"{delivery.Type.ToString().ToUpperInvariant()} {delivery.Object?.Name ?? "-"}@{delivery.Revision}{(delivery.InitialEventsEnd ? " end" : "")}");
    }

    public void Close(int code, string message) => _seen.Add($"CLOSED {code}");

    public void MakeRoom(int count) => Interlocked.Add(ref _room, count);

    /// <summary>The next so many notes.</summary>
    public IReadOnlyList<string> Take(int count)
    {
        var notes = new List<string>();
        while (notes.Count < count)
        {
            Assert.True(_seen.TryTake(out var note, TimeSpan.FromSeconds(20)), $"Waited for {count} events; got: {string.Join(", ", notes)}");
            notes.Add(note);
        }
        return notes;
    }

    public bool IsEmpty => _seen.Count == 0;
}
