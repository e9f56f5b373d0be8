using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>The scale subresource: a workload's replica count as a kind of its own.</summary>
internal static class Scaling
{
    /// <exception cref="ApiException">The kind cannot be scaled.</exception>
    public static Scale Of(IKubeObject value)
    {
        if (value is CustomObject custom) return OfCustom(custom);
        var (wanted, running, selector) = value switch
        {
            Deployment deployment => (deployment.Spec.Replicas, deployment.Status.Replicas, deployment.Spec.Selector),
            ReplicaSet set => (set.Spec.Replicas, set.Status.Replicas, set.Spec.Selector),
            _ => throw Refuse.NoSuchPath(),
        };
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
            Spec = new ScaleSpec { Replicas = wanted ?? 1 },
            Status = new ScaleStatus { Replicas = running, Selector = LabelQuery.OfSelector(selector).ToString() },
        };
    }

    /// <summary>The object with the replica count of <paramref name="scale"/> and its preconditions.</summary>
    /// <exception cref="ApiException">The count is negative.</exception>
    public static IKubeObject Apply(IKubeObject value, Scale scale)
    {
        var name = value.Metadata.Name;
        if (scale.Metadata.Name.Length > 0 && scale.Metadata.Name != name)
            throw Refuse.BadRequest($"the name of the object ({scale.Metadata.Name}) does not match the name on the URL ({name})");
        if (scale.Spec.Replicas < 0)
        {
            throw Refuse.Invalid("autoscaling", "Scale", name,
                [new FieldError("FieldValueInvalid", "spec.replicas", $"Invalid value: {scale.Spec.Replicas}: must be greater than or equal to 0")]);
        }
        var meta = value.Metadata with { ResourceVersion = scale.Metadata.ResourceVersion };
        return value switch
        {
            Deployment deployment => deployment with { Metadata = meta, Spec = deployment.Spec with { Replicas = scale.Spec.Replicas } },
            ReplicaSet set => set with { Metadata = meta, Spec = set.Spec with { Replicas = scale.Spec.Replicas } },
            CustomObject custom when custom.Type is CustomKind { Scale: { } paths } => paths.With(custom with { Metadata = meta }, scale.Spec.Replicas),
            _ => throw Refuse.NoSuchPath(),
        };
    }

    private static Scale OfCustom(CustomObject value)
    {
        if (value.Type is not CustomKind { Scale: { } paths } kind) throw Refuse.NoSuchPath();
        return paths.Of(value) ?? throw Refuse.Internal($"the spec replicas field \"{kind.Declared.Subresources!.Scale!.SpecReplicasPath}\" does not exist");
    }
}
