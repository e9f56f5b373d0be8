using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.Tests;

public sealed class SqliteJournalTests : JournalContractTests
{
    private readonly string _directory = Directory.CreateTempSubdirectory("clusteremu-journal-").FullName;

    protected override IJournal Open() => new SqliteJournal(Path.Combine(_directory, "store.db"));

    [Fact]
    public void AFileInUse_IsRefused_WithWhatToDo()
    {
        using var first = Open();
        Append(first, 2);
        using var second = Open();
        second.Read(0, Inbox.Ref);
        var failure = Inbox.Take<JournalFailed>();
        Assert.Contains("is in use by another process", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ADirectoryThatDoesNotExist_IsRefused_WithItsPath()
    {
        using var journal = new SqliteJournal(Path.Combine(_directory, "nosuch", "store.db"));
        journal.Append(Batch(2), Inbox.Ref);
        Assert.Contains("nosuch", Inbox.Take<JournalFailed>().Message, StringComparison.Ordinal);
    }

    /// <summary>The files as they are right after an acknowledgement, without any closing: what kill -9 leaves behind.</summary>
    [Fact]
    public void WhatWasAcknowledged_SurvivesAKill()
    {
        using var journal = Open();
        for (var round = 0; round < 20; round++)
        {
            Append(journal, (round * 3) + 2, (round * 3) + 3, (round * 3) + 4);
            var copy = Directory.CreateTempSubdirectory("clusteremu-killed-").FullName;
            try
            {
                foreach (var file in Directory.GetFiles(_directory)) File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
                using var survivor = new SqliteJournal(Path.Combine(copy, "store.db"));
                Assert.Equal(Enumerable.Range(2, (round + 1) * 3).Select(revision => (long)revision), Read(survivor, 0).Select(entry => entry.Revision));
            }
            finally
            {
                Directory.Delete(copy, recursive: true);
            }
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        Directory.Delete(_directory, recursive: true);
    }
}
