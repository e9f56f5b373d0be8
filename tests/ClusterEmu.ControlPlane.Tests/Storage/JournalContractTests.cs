using System.Text;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.Tests;

/// <summary>What every journal must do.</summary>
public abstract class JournalContractTests : IDisposable
{
    private readonly ActorSystem _system = ActorSystem.Create("journal-" + Guid.NewGuid().ToString("n"));
    private readonly Collector _inbox;

    protected JournalContractTests() => _inbox = new Collector(_system);

    private protected Collector Inbox => _inbox;

    /// <summary>Opens the journal; what was appended before and acknowledged is in it.</summary>
    protected abstract IJournal Open();

    [Fact]
    public void WhatWasAppended_IsReadInOrder_AlsoAfterReopening()
    {
        using (var journal = Open())
        {
            Append(journal, 2, 3, 4);
            Append(journal, 5);
        }
        using (var journal = Open())
        {
            Append(journal, 6);
            Assert.Equal([2, 3, 4, 5, 6], Read(journal, 0).Select(entry => entry.Revision));
            var entry = Read(journal, 4)[0];
            Assert.Equal((5, StoreEventType.Modified, "configmaps", "{\"revision\":5}"), (entry.Revision, entry.Type, entry.Resource, Encoding.UTF8.GetString(entry.Json)));
        }
    }

    [Fact]
    public void ABatch_IsAppendedWholeOrNotAtAll()
    {
        using var journal = Open();
        Append(journal, 2, 3);
        journal.Append(Batch(4, 3), _inbox.Ref);
        Assert.Equal("append", _inbox.Take<JournalFailed>().Operation);
        Assert.Equal([2, 3], Read(journal, 0).Select(entry => entry.Revision));
        Append(journal, 4);
    }

    [Fact]
    public void Reading_PagesThroughManyEntries()
    {
        using var journal = Open();
        var revisions = Enumerable.Range(2, 5000).Select(revision => (long)revision).ToArray();
        Append(journal, revisions);
        Assert.Equal(revisions, Read(journal, 0).Select(entry => entry.Revision));
    }

    [Fact]
    public void Compaction_ForgetsGarbageAndIsRemembered()
    {
        using (var journal = Open())
        {
            Append(journal, 2, 3, 4, 5);
            journal.Compact(4, [2, 4], _inbox.Ref);
            Assert.Equal(4, _inbox.Take<JournalCompacted>().Revision);
        }
        using (var journal = Open())
        {
            Assert.Equal([3, 5], Read(journal, 0, out var compacted).Select(entry => entry.Revision));
            Assert.Equal(4, compacted);
        }
    }

    public virtual void Dispose()
    {
        _system.Terminate().Wait(TimeSpan.FromSeconds(20));
        GC.SuppressFinalize(this);
    }

    private protected void Append(IJournal journal, params long[] revisions)
    {
        journal.Append(Batch(revisions), _inbox.Ref);
        Assert.Equal(revisions[^1], _inbox.Take<JournalAppended>().LastRevision);
    }

    private protected static JournalBatch Batch(params long[] revisions) => new(
        [.. revisions.Select(revision => new JournalEntry(revision, StoreEventType.Modified, "configmaps", Encoding.UTF8.GetBytes($"{{\"revision\":{revision}}}")))]);

    private protected List<JournalEntry> Read(IJournal journal, long after) => Read(journal, after, out _);

    private List<JournalEntry> Read(IJournal journal, long after, out long compacted)
    {
        journal.Read(after, _inbox.Ref);
        var entries = new List<JournalEntry>();
        while (true)
        {
            var page = _inbox.Take<JournalPage>();
            entries.AddRange(page.Entries);
            compacted = page.Compacted;
            if (page.Last) return entries;
        }
    }
}

public sealed class InMemoryJournalTests : JournalContractTests
{
    private readonly InMemoryJournal _journal = new();

    protected override IJournal Open() => _journal;
}
