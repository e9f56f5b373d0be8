namespace ClusterEmu.Api;

/// <summary>What happens to a Namespace before its validation. Source: pkg/registry/core/namespace/strategy.go.</summary>
/// <remarks>The finalize subresource is the API server's: it alone takes <c>spec.finalizers</c> away.</remarks>
public static class NamespaceStrategy
{
    /// <summary>Every namespace has a finalizer that keeps it until it is empty.</summary>
    public const string Finalizer = "kubernetes";

    public static Namespace PrepareForCreate(Namespace value) => value with
    {
        Metadata = NamespaceDefaults.Labelled(MetadataStrategy.ForCreate(value.Metadata, 0)),
        Spec = value.Spec.Finalizers.Contains(Finalizer) ? value.Spec : value.Spec with { Finalizers = [.. value.Spec.Finalizers, Finalizer] },
        Status = new() { Phase = "Active" },
    };

    /// <param name="value">The Namespace as the client wants it.</param>
    /// <param name="old">The Namespace as stored.</param>
    /// <param name="status">True on the status subresource.</param>
    public static Namespace PrepareForUpdate(Namespace value, Namespace old, bool status) => value with
    {
        Metadata = MetadataStrategy.ForUpdate(value.Metadata, old.Metadata),
        Spec = old.Spec,
        Status = status ? value.Status : old.Status,
    };
}
