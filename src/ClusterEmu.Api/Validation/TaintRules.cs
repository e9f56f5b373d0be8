namespace ClusterEmu.Api;

/// <summary>Taints of nodes and tolerations of Pods.</summary>
internal static class TaintRules
{
    internal static void Check(List<FieldError> errors, IReadOnlyList<Taint> taints, FieldPath path)
    {
        var seen = new HashSet<(string, string)>();
        for (var i = 0; i < taints.Count; i++)
        {
            var (taint, place) = (taints[i], path.Index(i));
            LabelRules.CheckLabelName(errors, taint.Key, place.Child("key"));
            if (NameRules.LabelValue(taint.Value) is { Count: > 0 } problems)
                errors.Add(FieldErrors.Invalid(place.Child("value"), taint.Value, string.Join(";", problems)));
            if (taint.Effect.Length == 0) errors.Add(FieldErrors.Required(place.Child("effect")));
            else CheckEffect(errors, taint.Effect, place.Child("effect"));
            if (!seen.Add((taint.Effect, taint.Key)))
                errors.Add(FieldErrors.Duplicate(place, Literal(taint), "taints must be unique by key and effect pair"));
        }
    }

    internal static void Check(List<FieldError> errors, IReadOnlyList<Toleration> tolerations, FieldPath path)
    {
        for (var i = 0; i < tolerations.Count; i++)
        {
            var (toleration, place) = (tolerations[i], path.Index(i));
            if (toleration.Key.Length > 0) LabelRules.CheckLabelName(errors, toleration.Key, place.Child("key"));
            else if (toleration.Operator != "Exists")
                errors.Add(FieldErrors.Invalid(place.Child("operator"), toleration.Operator,
                    "operator must be Exists when `key` is empty, which means \"match all values and all keys\""));
            if (toleration.TolerationSeconds is not null && toleration.Effect != "NoExecute")
                errors.Add(FieldErrors.Invalid(place.Child("effect"), toleration.Effect,
                    "effect must be 'NoExecute' when `tolerationSeconds` is set"));
            CheckOperator(errors, toleration, place.Child("operator"));
            if (toleration.Effect.Length > 0) CheckEffect(errors, toleration.Effect, place.Child("effect"));
        }
    }

    /// <summary>A running Pod may gain tolerations, and change for how long it tolerates; nothing else.</summary>
    internal static void CheckOnlyAdded(
        List<FieldError> errors, IReadOnlyList<Toleration> tolerations, IReadOnlyList<Toleration> old, FieldPath path)
    {
        if (old.All(one => tolerations.Any(other => one with { TolerationSeconds = other.TolerationSeconds } == other)))
            Check(errors, tolerations, path);
        else
            errors.Add(FieldErrors.Forbidden(path, "existing toleration can not be modified except its tolerationSeconds"));
    }

    private static void CheckOperator(List<FieldError> errors, Toleration toleration, FieldPath path)
    {
        switch (toleration.Operator)
        {
            case "Equal" or "":
                if (NameRules.LabelValue(toleration.Value) is { Count: > 0 } problems)
                    errors.Add(FieldErrors.Invalid(path, toleration.Value, string.Join(";", problems)));
                break;
            case "Exists":
                if (toleration.Value.Length > 0)
                    errors.Add(FieldErrors.Invalid(path, toleration.Value, "value must be empty when `operator` is 'Exists'"));
                break;
            default:
                errors.Add(FieldErrors.NotSupported(path, toleration.Operator, "Equal", "Exists"));
                break;
        }
    }

    private static void CheckEffect(List<FieldError> errors, string effect, FieldPath path)
    {
        if (effect is not ("NoSchedule" or "PreferNoSchedule" or "NoExecute"))
            errors.Add(FieldErrors.NotSupported(path, effect, "NoSchedule", "PreferNoSchedule", "NoExecute"));
    }

    private static GoLiteral Literal(Taint taint) => new(
        $"core.Taint{{Key:{GoSyntax.Quote(taint.Key)}, Value:{GoSyntax.Quote(taint.Value)}, Effect:{GoSyntax.Quote(taint.Effect)}, TimeAdded:<nil>}}");
}
