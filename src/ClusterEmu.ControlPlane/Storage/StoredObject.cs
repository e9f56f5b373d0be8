using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.Storage;

/// <summary>One state of one object: its encoded bytes and the fields that indexes need. Immutable; shared by all readers.</summary>
/// <remarks>The record is decoded on demand and kept only as long as somebody uses it.</remarks>
public sealed class StoredObject
{
    private readonly WeakReference<IKubeObject?> _decoded;

    private StoredObject(KindInfo kind, long revision, byte[] json, IKubeObject? decoded)
    {
        Kind = kind;
        Revision = revision;
        Json = json;
        Fields = IndexFields.Read(json);
        _decoded = new WeakReference<IKubeObject?>(decoded);
    }

    public KindInfo Kind { get; }

    /// <summary>The revision of the write that made this state; also in the JSON as metadata.resourceVersion.</summary>
    public long Revision { get; }

    /// <summary>Canonical JSON. Nobody may change these bytes.</summary>
    public byte[] Json { get; }
    public IndexFields Fields { get; }
    public string Namespace => Fields.Namespace;
    public string Name => Fields.Name;
    public string Uid => Fields.Uid;

    /// <summary>The record. Two callers may decode at the same time; both results are equal.</summary>
    public IKubeObject Decode()
    {
        if (_decoded.TryGetTarget(out var known) && known is not null) return known;
        var value = Kind.Decode(Json);
        _decoded.SetTarget(value);
        return value;
    }

    /// <summary>Stamps <paramref name="revision"/> into the object and encodes it.</summary>
    public static StoredObject Encode(KindInfo kind, IKubeObject value, long revision)
    {
        var stamped = value.WithMetadata(value.Metadata with { ResourceVersion = Revisions.Text(revision) });
        return new StoredObject(kind, revision, kind.Encode(stamped), stamped);
    }

    /// <summary>Takes bytes that <see cref="Encode"/> made earlier, as a journal gives them back.</summary>
    public static StoredObject FromJournal(KindInfo kind, long revision, byte[] json) => new(kind, revision, json, null);
}
