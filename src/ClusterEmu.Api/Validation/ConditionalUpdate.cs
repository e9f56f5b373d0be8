namespace ClusterEmu.Api;

/// <summary>Kinds that are never overwritten blindly: an update must name the version that it replaces.</summary>
/// <remarks>Source: AllowUnconditionalUpdate of the registries' strategies, and k8s.io/apiserver registry/generic/registry/store.go.</remarks>
internal static class ConditionalUpdate
{
    private static readonly FieldPath Version = FieldPath.Metadata.Child("resourceVersion");

    /// <summary>The refusal, if the update names no version; it is the only one that is then told.</summary>
    internal static IReadOnlyList<FieldError>? Refusal(ObjectMeta meta) =>
        meta.ResourceVersion.Length == 0 ? [FieldErrors.Invalid(Version, new GoLiteral("0x0"), "must be specified for an update")] : null;
}
