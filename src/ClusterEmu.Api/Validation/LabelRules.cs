namespace ClusterEmu.Api;

/// <summary>Labels, annotations and label selectors. Source: k8s.io/apimachinery meta/v1/validation and api/validation.</summary>
/// <remarks>Kubernetes goes through maps in no order; here keys come in ordinal order, so that messages are the same every time.</remarks>
internal static class LabelRules
{
    private const int AnnotationBytes = 256 * 1024;

    internal static void CheckLabels(List<FieldError> errors, IReadOnlyDictionary<string, string> labels, FieldPath path)
    {
        foreach (var (key, value) in InOrder(labels))
        {
            errors.AddInvalid(path, key, NameRules.QualifiedName(key));
            errors.AddInvalid(path, value, NameRules.LabelValue(value));
        }
    }

    internal static void CheckLabelName(List<FieldError> errors, string name, FieldPath path) =>
        errors.AddInvalid(path, name, NameRules.QualifiedName(name));

    internal static void CheckAnnotations(List<FieldError> errors, IReadOnlyDictionary<string, string> annotations, FieldPath path)
    {
        var size = 0L;
        foreach (var (key, value) in InOrder(annotations))
        {
            errors.AddInvalid(path, key, NameRules.QualifiedName(key.ToLowerInvariant()));
            size += Utf8Size(key) + Utf8Size(value);
        }
        if (size > AnnotationBytes) errors.Add(FieldErrors.TooLong(path, AnnotationBytes));
    }

    internal static void CheckSelector(List<FieldError> errors, LabelSelector? selector, FieldPath path)
    {
        if (selector is null) return;
        CheckLabels(errors, selector.MatchLabels, path.Child("matchLabels"));
        for (var i = 0; i < selector.MatchExpressions.Count; i++)
            CheckRequirement(errors, selector.MatchExpressions[i], path.Child("matchExpressions").Index(i));
    }

    /// <summary>True if <see cref="LabelSelector"/> can be turned into a selector at all: operators and keys are known.</summary>
    internal static bool IsUsable(LabelSelector? selector)
    {
        if (selector is null) return true;
        var errors = new List<FieldError>();
        CheckSelector(errors, selector, FieldPath.Spec);
        return errors.Count == 0;
    }

    /// <summary>True if the labels satisfy the selector. An empty selector matches everything, none matches nothing.</summary>
    internal static bool Matches(LabelSelector? selector, IReadOnlyDictionary<string, string> labels)
    {
        if (selector is null) return false;
        foreach (var (key, value) in selector.MatchLabels)
            if (!labels.TryGetValue(key, out var found) || found != value) return false;
        foreach (var expression in selector.MatchExpressions)
        {
            var has = labels.TryGetValue(expression.Key, out var found);
            var satisfied = expression.Operator switch
            {
                "In" => has && expression.Values.Contains(found),
                "NotIn" => !has || !expression.Values.Contains(found),
                "Exists" => has,
                "DoesNotExist" => !has,
                _ => false,
            };
            if (!satisfied) return false;
        }
        return true;
    }

    internal static KeyValuePair<string, T>[] InOrder<T>(IReadOnlyDictionary<string, T> map)
    {
        if (map.Count == 0) return [];
        var entries = new KeyValuePair<string, T>[map.Count];
        var count = 0;
        foreach (var entry in map) entries[count++] = entry;
        Array.Sort(entries, static (one, other) => string.CompareOrdinal(one.Key, other.Key));
        return entries;
    }

    internal static int Utf8Size(string text) => System.Text.Encoding.UTF8.GetByteCount(text);

    private static void CheckRequirement(List<FieldError> errors, LabelSelectorRequirement requirement, FieldPath path)
    {
        switch (requirement.Operator)
        {
            case "In" or "NotIn" when requirement.Values.Count == 0:
                errors.Add(FieldErrors.Required(path.Child("values"), "must be specified when `operator` is 'In' or 'NotIn'"));
                break;
            case "Exists" or "DoesNotExist" when requirement.Values.Count > 0:
                errors.Add(FieldErrors.Forbidden(path.Child("values"),
                    "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"));
                break;
            case "In" or "NotIn" or "Exists" or "DoesNotExist":
                break;
            default:
                errors.Add(FieldErrors.Invalid(path.Child("operator"), requirement.Operator, "not a valid selector operator"));
                break;
        }
        CheckLabelName(errors, requirement.Key, path.Child("key"));
        for (var i = 0; i < requirement.Values.Count; i++)
            errors.AddInvalid(path.Child("values").Index(i), requirement.Values[i], NameRules.LabelValue(requirement.Values[i]));
    }
}
