namespace ClusterEmu.Api;

/// <summary>Everything that Kubernetes 1.32 refuses in a ResourceQuota, in its words.</summary>
/// <remarks>Source: ValidateResourceQuota in pkg/apis/core/validation/validation.go.</remarks>
public static class ResourceQuotaValidation
{
    private const string NotApplicable = "unsupported scope applied to resource";

    public static IReadOnlyList<FieldError> Create(ResourceQuota quota)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckCreate(errors, quota.Metadata, namespaced: true, ObjectNameRules.Subdomain);
        CheckSpec(errors, quota.Spec);
        return FieldErrors.Distinct(errors);
    }

    public static IReadOnlyList<FieldError> Update(ResourceQuota quota, ResourceQuota old)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckUpdate(errors, quota.Metadata, old.Metadata);
        if (ReferenceEquals(quota.Spec, old.Spec))
        {
            CheckAmounts(errors, quota.Status.Hard, FieldPath.Status.Child("hard"));
            CheckAmounts(errors, quota.Status.Used, FieldPath.Status.Child("used"));
        }
        else
        {
            CheckSpec(errors, quota.Spec);
            if (!quota.Spec.Scopes.Order(StringComparer.Ordinal).SequenceEqual(old.Spec.Scopes.Order(StringComparer.Ordinal)))
                errors.Add(FieldErrors.Invalid(FieldPath.Spec.Child("scopes"), Literal(quota.Spec.Scopes), "field is immutable"));
        }
        return FieldErrors.Distinct(errors);
    }

    private static void CheckSpec(List<FieldError> errors, ResourceQuotaSpec spec)
    {
        CheckAmounts(errors, spec.Hard, FieldPath.Spec.Child("hard"));
        CheckScopes(errors, spec);
        if (spec.ScopeSelector is { } selector) CheckSelector(errors, spec, selector.MatchExpressions);
    }

    private static void CheckAmounts(List<FieldError> errors, IReadOnlyDictionary<string, Quantity> amounts, FieldPath path)
    {
        foreach (var (name, amount) in LabelRules.InOrder(amounts))
        {
            var problems = NameRules.QualifiedName(name);
            errors.AddInvalid(path.Key(name), name, problems);
            if (problems.Count == 0 && !name.Contains('/', StringComparison.Ordinal) && !QuotaNames.IsStandard(name))
            {
                if (!ResourceRules.IsStandard(name)) errors.Add(FieldErrors.Invalid(path.Key(name), name, "must be a standard resource type or fully qualified"));
                errors.Add(FieldErrors.Invalid(path.Key(name), name, "must be a standard resource for quota"));
            }
            ResourceRules.CheckAmount(errors, name, amount, path.Key(name));
        }
    }

    private static void CheckScopes(List<FieldError> errors, ResourceQuotaSpec spec)
    {
        var path = FieldPath.Spec.Child("scopes");
        foreach (var scope in spec.Scopes)
        {
            if (!QuotaNames.Scopes.Contains(scope)) errors.Add(FieldErrors.Invalid(path, Literal(spec.Scopes), "unsupported scope"));
            foreach (var (resource, _) in LabelRules.InOrder(spec.Hard))
                if (QuotaNames.IsStandard(resource) && !QuotaNames.IsScoped(scope, resource))
                    errors.Add(FieldErrors.Invalid(path, Literal(spec.Scopes), NotApplicable));
        }
        CheckConflicts(errors, spec, spec.Scopes, path);
    }

    private static void CheckSelector(List<FieldError> errors, ResourceQuotaSpec spec, IReadOnlyList<ScopedResourceSelectorRequirement> requirements)
    {
        var path = FieldPath.Spec.Child("scopeSelector").Child("matchExpressions");
        foreach (var requirement in requirements)
        {
            var scope = requirement.ScopeName;
            if (!QuotaNames.Scopes.Contains(scope)) errors.Add(FieldErrors.Invalid(path.Child("scopeName"), scope, "unsupported scope"));
            foreach (var (resource, _) in LabelRules.InOrder(spec.Hard))
                if (QuotaNames.IsStandard(resource) && !QuotaNames.IsScoped(scope, resource))
                    errors.Add(FieldErrors.Invalid(path, new GoLiteral("core.ScopeSelector{…}"), NotApplicable));
            if (scope != "PriorityClass" && QuotaNames.Scopes.Contains(scope) && requirement.Operator != "Exists")
                errors.Add(FieldErrors.Invalid(path.Child("operator"), requirement.Operator,
                    "must be 'Exist' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, "
                    + "ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity"));
            CheckValues(errors, requirement, path);
        }
        CheckConflicts(errors, spec, [.. requirements.Select(requirement => requirement.ScopeName)], path);
    }

    private static void CheckValues(List<FieldError> errors, ScopedResourceSelectorRequirement requirement, FieldPath path)
    {
        switch (requirement.Operator)
        {
            case "In" or "NotIn":
                if (requirement.Values.Count == 0)
                    errors.Add(FieldErrors.Required(path.Child("values"), "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector"));
                break;
            case "Exists" or "DoesNotExist":
                if (requirement.Values.Count > 0)
                    errors.Add(FieldErrors.Invalid(path.Child("values"), requirement.Values,
                        "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector"));
                break;
            default:
                errors.Add(FieldErrors.Invalid(path.Child("operator"), requirement.Operator, "not a valid selector operator"));
                break;
        }
    }

    private static void CheckConflicts(List<FieldError> errors, ResourceQuotaSpec spec, IReadOnlyList<string> scopes, FieldPath path)
    {
        foreach (var scope in (string[])["BestEffort", "Terminating"])
            if (scopes.Contains(scope) && scopes.Contains("Not" + scope)) errors.Add(FieldErrors.Invalid(path, Literal(spec.Scopes), "conflicting scopes"));
    }

    private static GoLiteral Literal(IReadOnlyList<string> scopes) => new(GoSyntax.List("core.ResourceQuotaScope", scopes));
}
