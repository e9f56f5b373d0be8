using System.Buffers;
using System.Buffers.Text;
using System.Text;
using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane.Storage;

/// <summary>One state of one object: its encoded bytes and the fields that indexes need. Immutable; shared by all readers.</summary>
/// <remarks>The record is decoded on demand and kept only as long as somebody uses it; the one that was written says what its JSON says.</remarks>
public sealed class StoredObject
{
    private readonly WeakReference<IKubeObject?> _decoded;
    private readonly int _managedAt;
    private readonly int _managedLength;

    private StoredObject(KindInfo kind, long revision, byte[] json, Range managed, IndexFields fields, IKubeObject? decoded)
    {
        (_managedAt, _managedLength) = managed.GetOffsetAndLength(json.Length);
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
        var value = DecodeAnew();
        _decoded.SetTarget(value);
        return value;
    }

    /// <summary>Who owns which fields: a part of <see cref="Json"/>.</summary>
    public ManagedFields Managers => ManagedFields.Of(Json.AsMemory(_managedAt, _managedLength));

    /// <summary>Stamps <paramref name="revision"/> into the object and encodes it.</summary>
    public static StoredObject Encode(KindInfo kind, IKubeObject value, long revision)
    {
        var stamped = value.WithMetadata(value.Metadata with { ResourceVersion = Revisions.Text(revision) });
        var json = kind.Encode(stamped);
        return new StoredObject(kind, revision, json, ManagedIn(json), IndexFields.Of(stamped), stamped);
    }

    /// <summary>Stamps <paramref name="revision"/> into an object that is encoded already.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="value">The object, with its managers.</param>
    /// <param name="draft">Its JSON, as it would be but for the revision and the managers.</param>
    /// <param name="revision">The revision.</param>
    public static StoredObject Stamp(KindInfo kind, IKubeObject value, ReadOnlySpan<byte> draft, long revision)
    {
        var text = Revisions.Text(revision);
        var (json, managed) = ObjectText.With(draft, Encoding.UTF8.GetBytes(text), value.Metadata.ManagedFields);
        var stamped = value.WithMetadata(value.Metadata with { ResourceVersion = text, ManagedFields = ManagedFields.Of(json.AsMemory(managed)) });
        return new StoredObject(kind, revision, json, managed, IndexFields.Of(stamped), stamped);
    }

    /// <summary>Takes bytes that <see cref="Encode"/> made earlier, as a journal gives them back.</summary>
    public static StoredObject FromJournal(KindInfo kind, long revision, byte[] json) => new(kind, revision, json, ManagedIn(json), IndexFields.Read(json), null);

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

    /// <summary>The managers are left out of what is decoded, and shared with the bytes.</summary>
    private IKubeObject DecodeAnew()
    {
        if (_managedLength == 0) return Kind.Decode(Json);
        var buffer = ArrayPool<byte>.Shared.Rent(Json.Length);
        try
        {
            var length = ObjectText.CopyWithoutManagedFields(Json, buffer);
            var value = Kind.Decode(buffer.AsSpan(0, length));
            return value.WithMetadata(value.Metadata with { ManagedFields = Managers });
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static Range ManagedIn(byte[] json) => ObjectText.TryFindManagedFields(json, out var range) ? range : default;

    private static bool WithoutRevision(ReadOnlySpan<byte> json, long revision, out ReadOnlySpan<byte> rest)
    {
        var isIt = Utf8Parser.TryParse(json, out long found, out var length) && found == revision;
        rest = isIt ? json[length..] : default;
        return isIt;
    }
}
