using System.Globalization;

namespace ClusterEmu.Api;

/// <summary>Everything that Kubernetes 1.32 refuses in a LimitRange, in its words.</summary>
/// <remarks>Source: ValidateLimitRange in pkg/apis/core/validation/validation.go.</remarks>
public static class LimitRangeValidation
{
    public static IReadOnlyList<FieldError> Create(LimitRange range)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckCreate(errors, range.Metadata, namespaced: true, ObjectNameRules.Subdomain);
        CheckItems(errors, range.Spec.Limits);
        return FieldErrors.Distinct(errors);
    }

    public static IReadOnlyList<FieldError> Update(LimitRange range, LimitRange old)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckUpdate(errors, range.Metadata, old.Metadata);
        CheckItems(errors, range.Spec.Limits);
        return FieldErrors.Distinct(errors);
    }

    private static void CheckItems(List<FieldError> errors, IReadOnlyList<LimitRangeItem> items)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < items.Count; i++)
        {
            var (item, path) = (items[i], FieldPath.Spec.Child("limits").Index(i));
            CheckType(errors, item.Type, path.Child("type"));
            if (!seen.Add(item.Type)) errors.Add(FieldErrors.Duplicate(path.Child("type"), item.Type));
            CheckNames(errors, item, path);
            if (item.Type == "PersistentVolumeClaim" && !item.Min.ContainsKey("storage") && !item.Max.ContainsKey("storage"))
                errors.Add(FieldErrors.Required(path.Child("limits"), "either minimum or maximum storage value is required, but neither was provided"));
            foreach (var name in AllNames(item)) CheckResource(errors, item, name, path);
        }
    }

    private static void CheckType(List<FieldError> errors, string type, FieldPath path)
    {
        var problems = NameRules.QualifiedName(type);
        errors.AddInvalid(path, type, problems);
        if (problems.Count == 0 && !type.Contains('/', StringComparison.Ordinal) && type is not ("Pod" or "Container" or "PersistentVolumeClaim"))
            errors.Add(FieldErrors.Invalid(path, type, "must be a standard limit type or fully qualified"));
    }

    private static void CheckNames(List<FieldError> errors, LimitRangeItem item, FieldPath path)
    {
        Check("max", item.Max);
        Check("min", item.Min);
        if (item.Type == "Pod")
        {
            if (item.Default.Count > 0) errors.Add(FieldErrors.Forbidden(path.Child("default"), "may not be specified when `type` is 'Pod'"));
            if (item.DefaultRequest.Count > 0) errors.Add(FieldErrors.Forbidden(path.Child("defaultRequest"), "may not be specified when `type` is 'Pod'"));
        }
        else
        {
            Check("default", item.Default);
            Check("defaultRequest", item.DefaultRequest);
        }
        Check("maxLimitRequestRatio", item.MaxLimitRequestRatio);

        void Check(string field, IReadOnlyDictionary<string, Quantity> amounts)
        {
            foreach (var (name, _) in LabelRules.InOrder(amounts))
            {
                var place = path.Child(field).Key(name);
                if (item.Type is "Pod" or "Container")
                {
                    ResourceRules.CheckContainerName(errors, name, place);
                    continue;
                }
                var problems = NameRules.QualifiedName(name);
                errors.AddInvalid(place, name, problems);
                if (problems.Count == 0 && !name.Contains('/', StringComparison.Ordinal) && !ResourceRules.IsStandard(name))
                    errors.Add(FieldErrors.Invalid(place, name, "must be a standard resource type or fully qualified"));
            }
        }
    }

    private static IEnumerable<string> AllNames(LimitRangeItem item)
    {
        var names = item.Max.Keys.Concat(item.Min.Keys).Concat(item.MaxLimitRequestRatio.Keys);
        if (item.Type != "Pod") names = names.Concat(item.Default.Keys).Concat(item.DefaultRequest.Keys);
        return names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
    }

    private static void CheckResource(List<FieldError> errors, LimitRangeItem item, string name, FieldPath path)
    {
        var (hasMin, min) = (item.Min.TryGetValue(name, out var least), least);
        var (hasMax, max) = (item.Max.TryGetValue(name, out var most), most);
        var (hasLimit, limit) = (item.Default.TryGetValue(name, out var found), found);
        var (hasRequest, request) = (item.DefaultRequest.TryGetValue(name, out var asked), asked);
        if (item.Type == "Pod") (hasLimit, hasRequest) = (false, false);

        Refuse(hasMin && hasMax && min > max, "min", min, $"min value {min} is greater than max value {max}");
        Refuse(hasRequest && hasMin && min > request, "defaultRequest", request, $"min value {min} is greater than default request value {request}");
        Refuse(hasRequest && hasMax && request > max, "defaultRequest", request, $"default request value {request} is greater than max value {max}");
        Refuse(hasRequest && hasLimit && request > limit, "defaultRequest", request,
            $"default request value {request} is greater than default limit value {limit}");
        Refuse(hasLimit && hasMin && min > limit, "default", min, $"min value {min} is greater than default value {limit}");
        Refuse(hasLimit && hasMax && max < limit, "default", max, $"default value {limit} is greater than max value {max}");
        if (item.MaxLimitRequestRatio.TryGetValue(name, out var ratio))
        {
            Refuse(ratio < Quantity.FromUnits(1), "maxLimitRequestRatio", ratio, $"ratio {ratio} is less than 1");
            if (hasMin && hasMax && min.Sign > 0)
            {
                var bound = (double)max.MilliValue / min.MilliValue;
                Refuse(ratio.MilliValue / 1000d > bound, "maxLimitRequestRatio", ratio,
                    string.Create(CultureInfo.InvariantCulture, $"ratio {ratio} is greater than max/min = {bound:F6}"));
            }
        }
        Refuse(!ResourceRules.IsOvercommitted(name) && hasLimit && hasRequest && limit != request, "defaultRequest", request,
            $"default value {limit} must equal to defaultRequest value {request} in {name}");

        void Refuse(bool wrong, string field, Quantity value, string why)
        {
            if (wrong) errors.Add(FieldErrors.Invalid(path.Child(field).Key(name), value, why));
        }
    }
}
