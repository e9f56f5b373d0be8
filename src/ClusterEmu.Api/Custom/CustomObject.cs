using System.Text.Json;

namespace ClusterEmu.Api;

/// <summary>An object of a kind that a CustomResourceDefinition made: its metadata as a record, all else as JSON. Immutable.</summary>
public sealed record CustomObject : IKubeObject
{
    /// <summary>The kind as which it was read: a served version, or the form in which it is stored.</summary>
    public required KindInfo Type { get; init; }
    public required string ApiVersion { get; init; }
    public required string Kind { get; init; }
    public required ObjectMeta Metadata { get; init; }

    /// <summary>Its other fields, such as spec and status: a JSON object whose fields are in ordinal order, at every depth.</summary>
    public required JsonElement Content { get; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    /// <summary>The whole object as JSON.</summary>
    public JsonElement ToJson() => JsonTree.Parse(CustomJson.Encode(this));
}
