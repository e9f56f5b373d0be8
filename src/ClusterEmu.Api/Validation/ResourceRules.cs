namespace ClusterEmu.Api;

/// <summary>Requests, limits and amounts. Source: validateResourceRequirements in pkg/apis/core/validation/validation.go.</summary>
internal static class ResourceRules
{
    private static readonly HashSet<string> Standard = new(StringComparer.Ordinal)
    {
        "cpu", "memory", "ephemeral-storage", "requests.cpu", "requests.memory", "requests.ephemeral-storage", "limits.cpu", "limits.memory",
        "limits.ephemeral-storage", "pods", "resourcequotas", "services", "replicationcontrollers", "secrets", "persistentvolumeclaims",
        "configmaps", "services.nodeports", "services.loadbalancers", "storage", "requests.storage",
    };

    private static readonly HashSet<string> Whole = new(StringComparer.Ordinal)
    {
        "pods", "resourcequotas", "services", "replicationcontrollers", "secrets", "configmaps", "persistentvolumeclaims",
        "services.nodeports", "services.loadbalancers",
    };

    internal static void Check(
        List<FieldError> errors, ResourceRequirements resources, IReadOnlyList<PodResourceClaim> podClaims, FieldPath path)
    {
        foreach (var (name, amount) in LabelRules.InOrder(resources.Limits)) CheckOne(errors, name, amount, path.Child("limits").Key(name));
        foreach (var (name, amount) in LabelRules.InOrder(resources.Requests))
        {
            CheckOne(errors, name, amount, path.Child("requests").Key(name));
            if (!resources.Limits.TryGetValue(name, out var limit))
            {
                if (!MayOvercommit(name))
                    errors.Add(FieldErrors.Required(path.Child("limits"), "Limit must be set for non overcommitable resources"));
            }
            else if (amount != limit && !MayOvercommit(name))
                errors.Add(FieldErrors.Invalid(path.Child("requests"), amount.ToString(), $"must be equal to {name} limit of {limit}"));
            else if (amount > limit)
                errors.Add(FieldErrors.Invalid(path.Child("requests"), amount.ToString(),
                    $"must be less than or equal to {name} limit of {limit}"));
        }
        var names = resources.Limits.Keys.Concat(resources.Requests.Keys).ToList();
        if (names.Exists(IsHugePages) && !names.Exists(name => name is "cpu" or "memory"))
            errors.Add(FieldErrors.Forbidden(path, "HugePages require cpu or memory"));
        CheckClaims(errors, resources.Claims, podClaims, path.Child("claims"));
    }

    /// <summary>An amount: never negative, and whole where parts make no sense.</summary>
    internal static void CheckAmount(List<FieldError> errors, string name, Quantity amount, FieldPath path)
    {
        if (amount.Sign < 0) errors.Add(FieldErrors.Invalid(path, amount.ToString(), "must be greater than or equal to 0"));
        if ((Whole.Contains(name) || IsExtended(name)) && amount.MilliValue % 1000 != 0)
            errors.Add(FieldErrors.Invalid(path, amount, "must be an integer"));
    }

    /// <summary>A resource that Kubernetes itself knows.</summary>
    internal static bool IsStandard(string name) => Standard.Contains(name) || IsHugePages(name);

    /// <summary>The name of a resource that a container can ask for.</summary>
    internal static void CheckContainerName(List<FieldError> errors, string name, FieldPath path) => CheckName(errors, name, path);

    /// <summary>False for resources of which nobody can promise more than there is: their limit and request are one.</summary>
    internal static bool IsOvercommitted(string name) => MayOvercommit(name);

    private static void CheckOne(List<FieldError> errors, string name, Quantity amount, FieldPath path)
    {
        CheckName(errors, name, path);
        CheckAmount(errors, name, amount, path);
        if (IsHugePages(name) && Quantity.TryParse(name["hugepages-".Length..], out var page)
            && !page.IsZero && (amount.Sign <= 0 || amount.Nanos % page.Nanos != 0))
            errors.Add(FieldErrors.Invalid(path, amount.ToString(), $"{amount} is not positive integer multiple of {name}"));
    }

    private static void CheckName(List<FieldError> errors, string name, FieldPath path)
    {
        var problems = NameRules.QualifiedName(name);
        errors.AddInvalid(path, name, problems);
        if (!name.Contains('/', StringComparison.Ordinal))
        {
            if (problems.Count == 0 && !Standard.Contains(name) && !IsHugePages(name))
                errors.Add(FieldErrors.Invalid(path, name, "must be a standard resource type or fully qualified"));
            if (name is not ("cpu" or "memory" or "ephemeral-storage") && !IsHugePages(name))
                errors.Add(FieldErrors.Invalid(path, name, "must be a standard resource for containers"));
        }
        else if (!IsNative(name) && !IsExtended(name))
            errors.Add(FieldErrors.Invalid(path, name, "doesn't follow extended resource name standard"));
    }

    private static bool IsHugePages(string name) => name.StartsWith("hugepages-", StringComparison.Ordinal);

    private static bool IsNative(string name) => !name.Contains('/', StringComparison.Ordinal) || name.Contains("kubernetes.io/", StringComparison.Ordinal);

    private static bool IsExtended(string name) =>
        !IsNative(name) && !name.StartsWith("requests.", StringComparison.Ordinal) && NameRules.QualifiedName("requests." + name).Count == 0;

    private static bool MayOvercommit(string name) => IsNative(name) && !IsHugePages(name);

    private static void CheckClaims(
        List<FieldError> errors, IReadOnlyList<ResourceClaim> claims, IReadOnlyList<PodResourceClaim> podClaims, FieldPath path)
    {
        var known = podClaims.Select(claim => claim.Name).Where(name => name.Length > 0)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < claims.Count; i++)
        {
            var name = claims[i].Name;
            if (name.Length == 0)
            {
                errors.Add(FieldErrors.Required(path.Index(i)));
                continue;
            }
            if (!seen.Add(name)) errors.Add(FieldErrors.Duplicate(path.Index(i), name));
            if (!known.Contains(name))
                errors.Add(FieldErrors.NotFound(path.Index(i), name,
                    "must be one of the names in pod.spec.resourceClaims" + (known.Count == 0 ? " which is empty" : ": " + string.Join(", ", known))));
        }
    }
}
