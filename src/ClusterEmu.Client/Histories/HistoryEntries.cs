namespace ClusterEmu.Client;

/// <summary>An object of any kind in a history.</summary>
/// <param name="Resource">The qualified plural: <c>configmaps</c>, <c>deployments.apps</c>.</param>
/// <param name="Key">Namespace and name.</param>
public readonly record struct HistoryObject(string Resource, ObjectKey Key)
{
    public override string ToString() => $"{Resource} {Key}";
}

/// <summary>What became of a call, as its client knows.</summary>
public enum HistoryOutcome
{
    /// <summary>It was acknowledged.</summary>
    Done,

    /// <summary>It surely did not happen: a conflict, a refusal, a 404.</summary>
    Refused,

    /// <summary>Nobody knows: the connection broke, or the server failed on the way. It may have happened, once.</summary>
    Unknown,
}

/// <summary>What a write does.</summary>
public enum HistoryVerb
{
    /// <summary>Only where the object does not exist.</summary>
    Create,

    /// <summary>Only where it exists.</summary>
    Update,

    /// <summary>Takes it away.</summary>
    Delete,
}

/// <summary>One write of one client.</summary>
/// <param name="Client">Who wrote.</param>
/// <param name="Target">The object.</param>
/// <param name="Verb">What was asked.</param>
/// <param name="InvokedAt">When it was sent, in microseconds of any clock that all clients share.</param>
/// <param name="ReturnedAt">When its answer came; <see cref="long.MaxValue"/> while none has.</param>
/// <param name="Outcome">What the answer said.</param>
public sealed record HistoryWrite(string Client, HistoryObject Target, HistoryVerb Verb, long InvokedAt, long ReturnedAt, HistoryOutcome Outcome)
{
    /// <summary>Of an acknowledged write: the revision that the answer showed. 0 where the answer shows none, as that of a finished deletion.</summary>
    public long Revision { get; init; }

    /// <summary>The revision that the object had to have; 0 for none.</summary>
    public long Precondition { get; init; }

    /// <summary>What tells this write's state of the object from all others, such as a number that no two writes share. Empty: nothing does.</summary>
    public string Value { get; init; } = "";

    public override string ToString() => $"{Verb} of {Target} by {Client} ({(Revision > 0 ? $"revision {Revision}" : Outcome.ToString())})";
}

/// <summary>One get or list of one client.</summary>
/// <param name="Client">Who read.</param>
/// <param name="InvokedAt">As in <see cref="HistoryWrite"/>.</param>
/// <param name="ReturnedAt">When the answer came.</param>
/// <param name="Revision">The revision of the list; of a get, the object's. 0 for a get that found nothing.</param>
/// <param name="Seen">The objects with their revisions.</param>
public sealed record HistoryRead(string Client, long InvokedAt, long ReturnedAt, long Revision, IReadOnlyList<(HistoryObject Target, long Revision)> Seen)
{
    /// <summary>The one object that was asked for; null for a list.</summary>
    public HistoryObject? Target { get; init; }

    /// <summary>Of a list: the kind, and the namespace or null for all.</summary>
    public (string Resource, string? Namespace)? Listed { get; init; }
}

/// <summary>What a watch brought.</summary>
/// <param name="Type">A bookmark names no object.</param>
/// <param name="Target">The object; the default for a bookmark.</param>
/// <param name="Revision">Of the change; of a bookmark: all up to it was delivered.</param>
/// <param name="Value">As in <see cref="HistoryWrite"/>; empty if not known.</param>
public sealed record HistoryEvent(WatchEventType Type, HistoryObject Target, long Revision, string Value = "");

/// <summary>One watch, from its opening to its end. Watches without a selector, of one kind, in one namespace or in all.</summary>
/// <param name="Client">Who watched.</param>
/// <param name="Resource">The qualified plural.</param>
/// <param name="Namespace">Null for all.</param>
/// <param name="From">The revision that it began after.</param>
public sealed record HistoryWatch(string Client, string Resource, string? Namespace, long From)
{
    /// <summary>In the order of their arrival.</summary>
    public List<HistoryEvent> Events { get; } = [];

    /// <summary>True if the server said 410: the history was gone.</summary>
    public bool Expired { get; set; }

    public bool Selects(HistoryObject target) => target.Resource == Resource && (Namespace is null || Namespace == target.Key.Namespace);

    public override string ToString() => $"the watch of {Resource} by {Client} from revision {From}";
}
