using System.Text.Json;
using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.Storage;

/// <summary>What the store must know of an encoded object without decoding it into its record.</summary>
/// <param name="Namespace">Empty for cluster-scoped objects.</param>
/// <param name="Name">metadata.name.</param>
/// <param name="Uid">metadata.uid.</param>
/// <param name="Labels">metadata.labels.</param>
/// <param name="OwnerUids">The UIDs of metadata.ownerReferences, in order.</param>
/// <param name="NodeName">spec.nodeName if it is a string; else empty.</param>
public sealed record IndexFields(
    string Namespace,
    string Name,
    string Uid,
    IReadOnlyDictionary<string, string> Labels,
    IReadOnlyList<string> OwnerUids,
    string NodeName)
{
    private static readonly Dictionary<string, string> NoLabels = new(StringComparer.Ordinal);

    /// <summary>The fields of a record; the same as those that <see cref="Read"/> finds in its canonical JSON.</summary>
    public static IndexFields Of(IKubeObject value)
    {
        var meta = value.Metadata;
        // Of the kinds that are served only these have a node in their spec.
        var node = value is Pod pod ? pod.Spec.NodeName : value is VolumeAttachment attachment ? attachment.Spec.NodeName : "";
        return new IndexFields(meta.Namespace, meta.Name, meta.Uid, meta.Labels, OwnersOf(meta), node);
    }

    /// <summary>Reads the fields in one pass over the canonical JSON.</summary>
    /// <exception cref="JsonException">The bytes are no JSON object.</exception>
    public static IndexFields Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        string ns = "", name = "", uid = "", node = "";
        IReadOnlyDictionary<string, string> labels = NoLabels;
        IReadOnlyList<string> owners = [];
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) throw new JsonException("An object's JSON must begin with '{'.");
        while (NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("metadata"u8) && EnterObject(ref reader))
            {
                while (NextProperty(ref reader))
                {
                    if (reader.ValueTextEquals("name"u8)) name = Text(ref reader);
                    else if (reader.ValueTextEquals("namespace"u8)) ns = Text(ref reader);
                    else if (reader.ValueTextEquals("uid"u8)) uid = Text(ref reader);
                    else if (reader.ValueTextEquals("labels"u8)) labels = Pairs(ref reader);
                    else if (reader.ValueTextEquals("ownerReferences"u8)) owners = Owners(ref reader);
                    else Skip(ref reader);
                }
            }
            else if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("spec"u8) && EnterObject(ref reader))
            {
                while (NextProperty(ref reader))
                {
                    if (reader.ValueTextEquals("nodeName"u8)) node = Text(ref reader);
                    else Skip(ref reader);
                }
            }
            else if (reader.TokenType == JsonTokenType.PropertyName)
            {
                Skip(ref reader);
            }
        }
        return new IndexFields(ns, name, uid, labels, owners, node);
    }

    private static IReadOnlyList<string> OwnersOf(ObjectMeta meta)
    {
        var references = meta.OwnerReferences;
        if (references.Count == 0) return [];
        var owners = new string[references.Count];
        for (var i = 0; i < owners.Length; i++) owners[i] = references[i].Uid;
        return owners;
    }

    /// <summary>Moves to the next property name of the object that the reader is in; false at its end.</summary>
    private static bool NextProperty(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    /// <summary>Moves to the property's value. True if that is an object, which is then entered; else the value is passed over.</summary>
    private static bool EnterObject(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject) return true;
        reader.Skip();
        return false;
    }

    private static void Skip(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }

    private static string Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String) return reader.GetString()!;
        reader.Skip();
        return "";
    }

    private static Dictionary<string, string> Pairs(ref Utf8JsonReader reader)
    {
        if (!EnterObject(ref reader)) return NoLabels;
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        while (NextProperty(ref reader))
        {
            var key = reader.GetString()!;
            pairs[key] = Text(ref reader);
        }
        return pairs;
    }

    private static IReadOnlyList<string> Owners(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return [];
        }
        var owners = new List<string>();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            while (NextProperty(ref reader))
            {
                if (reader.ValueTextEquals("uid"u8)) owners.Add(Text(ref reader));
                else Skip(ref reader);
            }
        }
        return owners;
    }
}
