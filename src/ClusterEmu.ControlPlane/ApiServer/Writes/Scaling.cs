using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>The scale subresource: an object's replica count as a kind of its own. Which kinds have one, and how it is read, their <see cref="KindScaling"/> says.</summary>
internal static class Scaling
{
    /// <exception cref="ApiException">The kind cannot be scaled.</exception>
    public static Scale Of(KindInfo kind, IKubeObject value)
    {
        var reading = (kind.Scaling ?? throw Refuse.NoSuchPath()).Read(value);
        var meta = value.Metadata;
        return new Scale
        {
            Metadata = new ObjectMeta
            {
                Name = meta.Name,
                Namespace = meta.Namespace,
                Uid = meta.Uid,
                ResourceVersion = meta.ResourceVersion,
                CreationTimestamp = meta.CreationTimestamp,
            },
            Spec = new ScaleSpec { Replicas = reading.Wanted },
            Status = new ScaleStatus { Replicas = reading.Running, Selector = reading.Selector },
        };
    }

    /// <summary>The object with the replica count of <paramref name="scale"/> and its preconditions.</summary>
    /// <exception cref="ApiException">The count is negative, or the kind cannot be scaled.</exception>
    public static IKubeObject Apply(KindInfo kind, IKubeObject value, Scale scale)
    {
        var name = value.Metadata.Name;
        if (scale.Metadata.Name.Length > 0 && scale.Metadata.Name != name)
            throw Refuse.BadRequest($"the name of the object ({scale.Metadata.Name}) does not match the name on the URL ({name})");
        if (scale.Spec.Replicas < 0)
        {
            throw Refuse.Invalid("autoscaling", "Scale", name,
                [new FieldError("FieldValueInvalid", "spec.replicas", $"Invalid value: {scale.Spec.Replicas}: must be greater than or equal to 0")]);
        }
        var scaled = (kind.Scaling ?? throw Refuse.NoSuchPath()).WithReplicas(value, scale.Spec.Replicas);
        return scaled.WithMetadata(value.Metadata with { ResourceVersion = scale.Metadata.ResourceVersion });
    }
}
