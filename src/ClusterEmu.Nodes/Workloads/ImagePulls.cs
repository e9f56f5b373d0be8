namespace ClusterEmu.Nodes;

/// <summary>What came of pulling an image.</summary>
/// <param name="Reference">The completed name; null if it is none.</param>
/// <param name="Reason">Empty if the image is there, else the container's waiting reason: <c>InvalidImageName</c> or <c>ErrImagePull</c>.</param>
/// <param name="Message">What kubelet and runtime say about it.</param>
public sealed record PullOutcome(ImageReference? Reference, string Reason, string Message)
{
    public bool Pulled => Reason.Length == 0;
}

/// <summary>Which images there are: all, except names that say of themselves that they do not exist.</summary>
/// <remarks>
/// An emulated registry holds everything, so that any manifest runs. To see a failing pull, take a name or tag that
/// contains one of <see cref="MissingMarks"/>. Words as kubelet 1.32 (pkg/kubelet/images) and containerd 1.7 use them.
/// </remarks>
public static class ImagePulls
{
    /// <summary>A reference that contains one of these is not in the registry.</summary>
    public static readonly IReadOnlyList<string> MissingMarks = ["does-not-exist", "doesnotexist", "nonexistent", "no-such-image"];

    public static PullOutcome Pull(string image)
    {
        if (!ImageReference.TryParse(image, out var reference))
        {
            return new PullOutcome(null, "InvalidImageName",
                $"Failed to apply default image tag \"{image}\": couldn't parse image name \"{image}\": invalid reference format");
        }

        if (!MissingMarks.Any(mark => image.Contains(mark, StringComparison.Ordinal))) return new PullOutcome(reference, "", "");
        return new PullOutcome(reference, "ErrImagePull",
            $"failed to pull and unpack image \"{reference}\": failed to resolve reference \"{reference}\": {reference}: not found");
    }

    /// <summary>The message of a container that waits as <c>ImagePullBackOff</c> after <paramref name="outcome"/>.</summary>
    public static string BackOffMessage(string image, PullOutcome outcome) =>
        $"Back-off pulling image \"{image}\": {outcome.Reason}: {outcome.Message}";
}
