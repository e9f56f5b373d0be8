using System.Security.Cryptography;
using System.Text;

namespace ClusterEmu.Nodes;

/// <summary>Digests of emulated images and names of emulated containers: made from names, so that they are the same on every node and run.</summary>
public static class ImageDigests
{
    /// <summary>The <c>imageID</c> of a container: <c>docker.io/library/nginx@sha256:…</c>.</summary>
    public static string Of(ImageReference image) =>
        image.Digest.Length > 0 ? $"{image.Repository}@{image.Digest}" : $"{image.Repository}@sha256:{Hash(image.ToString())}";

    /// <summary>The id of a container's process: <c>containerd://…</c>.</summary>
    public static string ContainerID(string podUid, string container, int attempt) => $"containerd://{Hash($"{podUid}/{container}/{attempt}")}";

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
