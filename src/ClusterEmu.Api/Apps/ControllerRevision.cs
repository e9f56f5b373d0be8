using System.Text.Json;

namespace ClusterEmu.Api;

[Doc("A template that a StatefulSet or DaemonSet has had, kept for a way back. Controllers write these; they never change.")]
public sealed record ControllerRevision : IKubeObject
{
    public string Kind => "ControllerRevision";
    public string ApiVersion => "apps/v1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("The template, in the form of the controller that wrote it.")]
    public JsonElement? Data { get; init; }

    [Doc("Tells older from newer: higher is newer.")]
    [AlwaysWritten]
    public long Revision { get; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}
