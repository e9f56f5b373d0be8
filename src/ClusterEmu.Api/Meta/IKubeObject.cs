namespace ClusterEmu.Api;

/// <summary>A Kubernetes object: immutable, and named by its metadata.</summary>
public interface IKubeObject
{
    /// <summary>Group and version as they stand in a manifest: <c>v1</c>, <c>apps/v1</c>.</summary>
    string ApiVersion { get; }

    /// <summary>The kind in its singular, capitalised form: <c>Service</c>.</summary>
    string Kind { get; }

    ObjectMeta Metadata { get; }

    /// <summary>The same object with other metadata.</summary>
    IKubeObject WithMetadata(ObjectMeta metadata);
}
