using System.Buffers;
using System.Text.Json;
using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.Nodes;

/// <summary>Writes of a status alone. As a kubelet, they carry nothing else: labels and annotations that others change meanwhile stay.</summary>
public static class StatusPatches
{
    /// <summary>A patch of the status subresource. The UID keeps it from a namesake.</summary>
    /// <param name="kind">Of <paramref name="value"/>.</param>
    /// <param name="value">Its name, namespace, UID and status count.</param>
    /// <param name="format"><see cref="PatchFormat.Merge"/> replaces lists, <see cref="PatchFormat.StrategicMerge"/> merges conditions by type.</param>
    /// <param name="tag">Handed back in the reply.</param>
    public static ApiCall Call(KindInfo kind, IKubeObject value, PatchFormat format, object tag)
    {
        using var document = JsonDocument.Parse(kind.Encode(value));
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("metadata");
            writer.WriteString("uid", value.Metadata.Uid);
            writer.WriteEndObject();
            writer.WritePropertyName("status");
            document.RootElement.GetProperty("status").WriteTo(writer);
            writer.WriteEndObject();
        }

        var ns = kind.Namespaced ? value.Metadata.Namespace : null;
        return ApiCall.MergePatch(kind, ns, value.Metadata.Name, buffer.WrittenMemory, tag) with { PatchFormat = format, Subresource = "status" };
    }
}
