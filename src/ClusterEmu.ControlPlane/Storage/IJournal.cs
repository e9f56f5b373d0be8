namespace ClusterEmu.ControlPlane.Storage;

/// <summary>The durable log under the store. A port: what completes later completes as a message.</summary>
/// <remarks>
/// Calls return at once and are carried out in order. Batching, acknowledgement, recovery and the choice of what to
/// compact sit above it, the same for every journal.
/// </remarks>
public interface IJournal : IDisposable
{
    /// <summary>
    /// Appends a batch, all or nothing. <paramref name="replyTo"/> is told <see cref="JournalAppended"/> once a crash of
    /// the machine can no longer lose it, or <see cref="JournalFailed"/>.
    /// </summary>
    void Append(JournalBatch batch, IActorRef replyTo);

    /// <summary>
    /// Reads the entries after a revision, oldest first: <see cref="JournalPage"/>s until one says that it is the last,
    /// or <see cref="JournalFailed"/>.
    /// </summary>
    void Read(long afterRevision, IActorRef replyTo);

    /// <summary>
    /// Forgets entries that nothing needs any more and remembers <paramref name="compacted"/>. Told
    /// <see cref="JournalCompacted"/> or <see cref="JournalFailed"/>.
    /// </summary>
    /// <param name="compacted">History up to this revision is no longer complete.</param>
    /// <param name="garbage">The revisions to forget, each at most <paramref name="compacted"/>.</param>
    /// <param name="replyTo">Who hears of it.</param>
    void Compact(long compacted, IReadOnlyList<long> garbage, IActorRef replyTo);
}

/// <summary>One entry as it lies on disk.</summary>
/// <param name="Revision">Each occurs once; ascending.</param>
/// <param name="Type">On disk as its number.</param>
/// <param name="Resource">Such as <c>services</c>, <c>deployments.apps</c>.</param>
/// <param name="Json">The object's canonical JSON.</param>
public sealed record JournalEntry(long Revision, StoreEventType Type, string Resource, byte[] Json);

/// <summary>Entries that become durable together.</summary>
public sealed record JournalBatch(IReadOnlyList<JournalEntry> Entries)
{
    public long LastRevision => Entries[^1].Revision;
}

/// <summary>A batch is durable.</summary>
public sealed record JournalAppended(long LastRevision);

/// <summary>Part of the answer to <see cref="IJournal.Read"/>.</summary>
/// <param name="Entries">Oldest first.</param>
/// <param name="Compacted">History up to this revision is incomplete: only what was live then is kept.</param>
/// <param name="Last">Whether this page is the last one.</param>
public sealed record JournalPage(IReadOnlyList<JournalEntry> Entries, long Compacted, bool Last);

public sealed record JournalCompacted(long Revision);

/// <summary>A call could not be carried out. Nothing of an append's batch is in the journal.</summary>
/// <param name="Operation">append, read or compact.</param>
/// <param name="Message">What was refused, why, and what to do.</param>
public sealed record JournalFailed(string Operation, string Message);
