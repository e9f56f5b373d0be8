using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.Storage;

/// <summary>What a write did to its object. The numbers are on disk: never renumber.</summary>
public enum StoreEventType : byte
{
    /// <summary>The object did not exist before.</summary>
    Created = 1,

    /// <summary>The object existed before.</summary>
    Modified = 2,

    /// <summary>The object is gone.</summary>
    Deleted = 3,
}

/// <summary>One entry of the log: one revision is one change of one object.</summary>
/// <param name="Revision">The position in the log; each revision occurs once.</param>
/// <param name="Type">What happened.</param>
/// <param name="Object">The state written; for a deletion the last state, with this revision as its resourceVersion.</param>
/// <param name="Previous">The state before; null for a creation.</param>
/// <param name="AtMicroseconds">When it was written, on the actor system's clock.</param>
public sealed record StoreEvent(long Revision, StoreEventType Type, StoredObject Object, StoredObject? Previous, long AtMicroseconds)
{
    private StoredObject? _previousNow;

    /// <summary>Bytes that this entry keeps alive, about.</summary>
    public long Size => Object.Json.Length + 256L;

    /// <summary>
    /// The state before, with this entry's revision: what a watcher hears as DELETED when the object leaves its selector.
    /// Asked for by one actor only.
    /// </summary>
    public StoredObject PreviousNow => _previousNow ??= StoredObject.Encode(Object.Kind, Previous!.Decode(), Revision);

    public KindInfo Kind => Object.Kind;
}
