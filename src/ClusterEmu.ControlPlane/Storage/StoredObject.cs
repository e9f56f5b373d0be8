using System.Buffers.Text;
using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane.Storage;

/// <summary>One state of one object: its encoded bytes and the fields that indexes need. Immutable; shared by all readers.</summary>
/// <remarks>The record is decoded on demand and kept only as long as somebody uses it; the one that was written says what its JSON says.</remarks>
public sealed class StoredObject
{
    private readonly WeakReference<IKubeObject?> _decoded;

    private StoredObject(KindInfo kind, long revision, byte[] json, IndexFields fields, IKubeObject? decoded)
    {
        Kind = kind;
        Revision = revision;
        Json = json;
        Fields = fields;
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
    public ObjectKey Key => new(Namespace, Name);

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
        return new StoredObject(kind, revision, kind.Encode(stamped), IndexFields.Of(stamped), stamped);
    }

    /// <summary>Takes bytes that <see cref="Encode"/> made earlier, as a journal gives them back.</summary>
    public static StoredObject FromJournal(KindInfo kind, long revision, byte[] json) => new(kind, revision, json, IndexFields.Read(json), null);

    /// <summary>Whether the two states of one object, of different revisions, say the same otherwise. Compares bytes.</summary>
    public bool SaysTheSameAs(StoredObject other)
    {
        ReadOnlySpan<byte> mine = Json, others = other.Json;
        var at = mine.CommonPrefixLength(others);
        while (at > 0 && char.IsAsciiDigit((char)mine[at - 1])) at--; // To the first digit of the revision.
        // metadata.resourceVersion differs for certain. So if there is but one difference, and that is a revision, it is this one.
        return mine[..at].EndsWith("\"resourceVersion\":\""u8)
            && WithoutRevision(mine[at..], Revision, out var rest)
            && WithoutRevision(others[at..], other.Revision, out var othersRest)
            && rest.SequenceEqual(othersRest);
    }

    private static bool WithoutRevision(ReadOnlySpan<byte> json, long revision, out ReadOnlySpan<byte> rest)
    {
        var isIt = Utf8Parser.TryParse(json, out long found, out var length) && found == revision;
        rest = isIt ? json[length..] : default;
        return isIt;
    }
}
