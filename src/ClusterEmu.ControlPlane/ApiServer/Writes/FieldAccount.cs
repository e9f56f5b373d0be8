using ClusterEmu.Api;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>Who owns which fields once a write is done: what the server puts into <c>metadata.managedFields</c>.</summary>
internal sealed class FieldAccount
{
    private readonly FieldManager? _writer;
    private readonly KindVersions? _versions;
    private readonly FieldSet _ignored = FieldSet.Empty;
    private readonly ManagedFields _settled = ManagedFields.None;

    private FieldAccount(ManagedFields settled) => _settled = settled;

    private FieldAccount(FieldManager writer, KindVersions versions, FieldSet ignored)
    {
        _writer = writer;
        _versions = versions;
        _ignored = ignored;
    }

    /// <summary>For a create, update or patch: who writes owns what it changes.</summary>
    /// <param name="request">The request.</param>
    /// <param name="served">All kinds.</param>
    /// <param name="version">The version in which fields are named.</param>
    public static FieldAccount Of(ApiRequest request, ServedKinds served, string version)
    {
        var name = request.FieldManager.Length > 0 ? request.FieldManager : ManagerNames.Unknown;
        var writer = new FieldManager(name, FieldOperation.Update, version, request.Subresource);
        return new FieldAccount(writer, new KindVersions(request.Kind, served), request.Kind.ResetFields(request.Subresource));
    }

    /// <summary>For an apply: it has been worked out.</summary>
    public static FieldAccount Settled(ManagedFields managers) => new(managers);

    /// <summary>The managers of a new object.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="wanted">The object as the client sent it, with defaults; nothing that the server adds is owned.</param>
    /// <param name="now">The time of the write.</param>
    public ManagedFields Created(KindInfo kind, IKubeObject wanted, DateTimeOffset now)
    {
        if (_writer is null) return _settled;
        var sent = wanted.Metadata.ManagedFields;
        ReadOnlyMemory<byte> text = kind.Encode(wanted.WithMetadata(wanted.Metadata with { ManagedFields = ManagedFields.None }));
        return FieldOwnership.AfterWrite(ManagedFields.None, sent, _writer, isCreate: true, now, Remembered(kind.Blank, text));
    }

    /// <summary>The managers of a changed object.</summary>
    /// <param name="current">As stored.</param>
    /// <param name="sent">The managers in what the client sent.</param>
    /// <param name="wanted">Canonical JSON of the object as the client wants it, with the revision and managers of <paramref name="current"/>.</param>
    /// <param name="now">The time of the write.</param>
    public ManagedFields Changed(StoredObject current, ManagedFields sent, ReadOnlyMemory<byte> wanted, DateTimeOffset now) =>
        _writer is null ? _settled : FieldOwnership.AfterWrite(current.Managers, sent, _writer, isCreate: false, now, Remembered(current.Json, wanted));

    private Func<string, FieldChanges?> Remembered(ReadOnlyMemory<byte> old, ReadOnlyMemory<byte> value)
    {
        string? known = null;
        FieldChanges? changes = null;
        return version =>
        {
            if (version != known) (known, changes) = (version, _versions!.Changes(old, value, version)?.Without(_ignored));
            return changes;
        };
    }
}
