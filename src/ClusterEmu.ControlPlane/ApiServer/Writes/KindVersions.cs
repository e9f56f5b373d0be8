using System.Text.Json;
using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>The versions in which objects of one kind are served, for the account of who owns which fields.</summary>
/// <param name="stored">The stored version.</param>
/// <param name="served">All kinds.</param>
internal sealed class KindVersions(KindInfo stored, ServedKinds served) : IFieldVersions
{
    public FieldType? TypeOf(string apiVersion) => Find(apiVersion)?.FieldType;

    public JsonElement Convert(JsonElement value, string from, string to)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(value, ApiJson.TypeInfo<JsonElement>());
        var (source, target) = (Find(from)!, Find(to)!);
        return JsonElement.Parse(target.Encode(target.Show(source.ToStorage(source.Decode(json)))));
    }

    /// <summary>What changes between two states, in one of the versions; null if it is not served.</summary>
    /// <param name="old">Canonical JSON of the stored version.</param>
    /// <param name="value">Likewise.</param>
    /// <param name="apiVersion">The version in which fields are named.</param>
    public FieldChanges? Changes(ReadOnlyMemory<byte> old, ReadOnlyMemory<byte> value, string apiVersion)
    {
        if (apiVersion == stored.ApiVersion) return TextComparison.Compare(old, value, stored.FieldType);
        return Find(apiVersion) is { } kind ? TextComparison.Compare(Shown(kind, old), Shown(kind, value), kind.FieldType) : null;
    }

    private byte[] Shown(KindInfo kind, ReadOnlyMemory<byte> json) => kind.Encode(kind.Show(stored.Decode(json.Span)));

    private KindInfo? Find(string apiVersion)
    {
        if (apiVersion == stored.ApiVersion) return stored;
        return served.ByKind(apiVersion, stored.Kind) is { } kind && kind.Storage == stored ? kind : null;
    }
}
