using ClusterEmu.Api;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.Simulation.Tests;

/// <summary>The disk under the store, when its process dies.</summary>
public sealed class SimulatedJournalTests
{
    private const long First = 1_000_000;

    [Fact]
    public void ABatchInFlight_IsKeptWholeOrLostWhole_AndNeverAnswered()
    {
        var kept = 0;
        for (var seed = 1UL; seed <= 40; seed++)
        {
            var (world, probe) = Started(seed);
            var journal = world.ControlPlane.Journal;
            journal.Append(Batch(First, 3), probe.Ref);
            journal.Append(Batch(First + 3, 2), probe.Ref); // Waits behind the first.
            journal.Crash();
            world.Executor.RunUntil(world.Now + 10_000_000);
            Assert.Empty(probe.Heard);
            var found = journal.Entries.Count(entry => entry.Revision >= First);
            Assert.True(found is 0 or 3, $"Seed {seed}: {found} of 3 entries of the batch in flight were kept, and of the one behind it none should be.");
            if (found > 0) kept++;
        }
        Assert.InRange(kept, 5, 35);
    }

    [Fact]
    public void WhatWasAnswered_OutlivesTheCrash()
    {
        var (world, probe) = Started(1);
        var journal = world.ControlPlane.Journal;
        journal.Append(Batch(First, 2), probe.Ref);
        world.Executor.RunUntil(world.Now + 1_000_000, () => probe.Heard.Count > 0);
        Assert.Equal(new JournalAppended(First + 1), Assert.Single(probe.Heard).Message);
        journal.Crash();
        Assert.Equal(2, journal.Entries.Count(entry => entry.Revision >= First));
    }

    [Fact]
    public void AnotherThread_ThatUsesTheJournal_FailsTheNextStep()
    {
        var (world, probe) = Started(1);
        var thread = new Thread(() => world.ControlPlane.Journal.Append(Batch(First, 1), ActorRefs.Nobody));
        thread.UnsafeStart();
        thread.Join();
        probe.Ref.Tell("next", ActorRefs.NoSender);
        var escaped = Assert.Throws<SimulationEscapedException>(() => world.Executor.RunUntil(world.Now + 1_000));
        Assert.Contains("the journal was used on another thread", escaped.Message, StringComparison.Ordinal);
    }

    private static (SimulatedWorld World, Probe Probe) Started(ulong seed)
    {
        var world = new SimulatedWorld(new WorldOptions { Nodes = 1 }, seed);
        return (world, new Probe(world));
    }

    private static JournalBatch Batch(long first, int entries) =>
        new([.. Enumerable.Range(0, entries).Select(index => new JournalEntry(first + index, StoreEventType.Created, Kinds.ConfigMap.QualifiedPlural, "{}"u8.ToArray()))]);
}
