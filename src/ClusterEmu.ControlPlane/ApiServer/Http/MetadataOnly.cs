using System.Text;
using System.Text.Json;
using ClusterEmu.Api;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>An object's metadata as PartialObjectMetadata, in one version of meta.k8s.io.</summary>
/// <remarks>What is stored is cut out of its JSON and not decoded: garbage collectors and caches list everything in this form.</remarks>
internal sealed class MetadataOnly(string version)
{
    private readonly byte[] _opening = Encoding.UTF8.GetBytes($$"""{"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/{{version}}","metadata":""");

    public byte[] Of(StoredObject stored)
    {
        var metadata = Find(stored.Json);
        return metadata.IsEmpty ? Of(stored.Decode()) : [.. _opening, .. metadata, (byte)'}'];
    }

    public byte[] Of(IKubeObject value) => [.. _opening, .. ApiJson.Encode(value.Metadata), (byte)'}'];

    /// <summary>The text of the value of <c>metadata</c>; empty if there is none.</summary>
    private static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals("metadata"u8);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (found) return json[start..(int)reader.BytesConsumed];
        }
        return default;
    }
}
