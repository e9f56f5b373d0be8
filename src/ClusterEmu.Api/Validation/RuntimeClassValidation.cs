namespace ClusterEmu.Api;

/// <summary>Everything that Kubernetes 1.32 refuses in a RuntimeClass, in its words. Source: pkg/apis/node/validation.</summary>
public static class RuntimeClassValidation
{
    public static IReadOnlyList<FieldError> Create(RuntimeClass value)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckCreate(errors, value.Metadata, namespaced: false, ObjectNameRules.Subdomain);
        errors.AddInvalid(FieldPath.Of("handler"), value.Handler, NameRules.Dns1123Label(value.Handler));
        if (value.Overhead is { } overhead)
            ResourceRules.Check(errors, new ResourceRequirements { Limits = overhead.PodFixed }, [], FieldPath.Of("overhead"));
        if (value.Scheduling is { } scheduling) Check(errors, scheduling, FieldPath.Of("scheduling"));
        return FieldErrors.Distinct(errors);
    }

    public static IReadOnlyList<FieldError> Update(RuntimeClass value, RuntimeClass old)
    {
        if (ConditionalUpdate.Refusal(value.Metadata) is { } refusal) return refusal;
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckUpdate(errors, value.Metadata, old.Metadata);
        ObjectMetaValidation.CheckImmutable(errors, value.Handler, old.Handler, FieldPath.Of("handler"));
        return FieldErrors.Distinct(errors);
    }

    private static void Check(List<FieldError> errors, RuntimeClassScheduling scheduling, FieldPath path)
    {
        LabelRules.CheckLabels(errors, scheduling.NodeSelector, path.Child("nodeSelector"));
        var tolerations = path.Child("tolerations");
        TaintRules.Check(errors, scheduling.Tolerations, tolerations);
        for (var i = 1; i < scheduling.Tolerations.Count; i++)
            if (scheduling.Tolerations.Take(i).Contains(scheduling.Tolerations[i])) errors.Add(FieldErrors.Duplicate(tolerations.Index(i), Literal(scheduling.Tolerations[i])));
    }

    private static GoLiteral Literal(Toleration toleration) => new(
        $"core.Toleration{{Key:{GoSyntax.Quote(toleration.Key)}, Operator:{GoSyntax.Quote(toleration.Operator)}, Value:{GoSyntax.Quote(toleration.Value)}, " +
        $"Effect:{GoSyntax.Quote(toleration.Effect)}, TolerationSeconds:(*int64)({(toleration.TolerationSeconds is null ? "nil" : "0xc000000000")})}}");
}
