namespace ClusterEmu.Api;

/// <summary>Everything that Kubernetes 1.32 refuses in roles and bindings, in its words. Source: pkg/apis/rbac/validation.</summary>
public static class RbacValidation
{
    internal const string Group = "rbac.authorization.k8s.io";

    public static IReadOnlyList<FieldError> Create(Role role) => Checked(role.Metadata, null, namespaced: true, errors => CheckRules(errors, role.Rules, namespaced: true));

    public static IReadOnlyList<FieldError> Update(Role role, Role old) =>
        Checked(role.Metadata, old.Metadata, namespaced: true, errors => CheckRules(errors, role.Rules, namespaced: true));

    public static IReadOnlyList<FieldError> Create(ClusterRole role) => Checked(role.Metadata, null, namespaced: false, errors => Check(errors, role));

    public static IReadOnlyList<FieldError> Update(ClusterRole role, ClusterRole old) => Checked(role.Metadata, old.Metadata, namespaced: false, errors => Check(errors, role));

    public static IReadOnlyList<FieldError> Create(RoleBinding binding) =>
        Checked(binding.Metadata, null, namespaced: true, errors => Check(errors, binding.RoleRef, binding.Subjects, namespaced: true));

    public static IReadOnlyList<FieldError> Update(RoleBinding binding, RoleBinding old) => Checked(binding.Metadata, old.Metadata, namespaced: true, errors =>
    {
        Check(errors, binding.RoleRef, binding.Subjects, namespaced: true);
        CheckKept(errors, binding.RoleRef, old.RoleRef);
    });

    public static IReadOnlyList<FieldError> Create(ClusterRoleBinding binding) =>
        Checked(binding.Metadata, null, namespaced: false, errors => Check(errors, binding.RoleRef, binding.Subjects, namespaced: false));

    public static IReadOnlyList<FieldError> Update(ClusterRoleBinding binding, ClusterRoleBinding old) => Checked(binding.Metadata, old.Metadata, namespaced: false, errors =>
    {
        Check(errors, binding.RoleRef, binding.Subjects, namespaced: false);
        CheckKept(errors, binding.RoleRef, old.RoleRef);
    });

    private static IReadOnlyList<FieldError> Checked(ObjectMeta meta, ObjectMeta? old, bool namespaced, Action<List<FieldError>> check)
    {
        var errors = new List<FieldError>();
        if (old is null) ObjectMetaValidation.CheckCreate(errors, meta, namespaced, ObjectNameRules.PathSegment);
        else ObjectMetaValidation.CheckUpdate(errors, meta, old);
        check(errors);
        return FieldErrors.Distinct(errors);
    }

    private static void Check(List<FieldError> errors, ClusterRole role)
    {
        CheckRules(errors, role.Rules, namespaced: false);
        if (role.AggregationRule is not { } aggregation) return;
        var path = FieldPath.Of("aggregationRule").Child("clusterRoleSelectors");
        if (aggregation.ClusterRoleSelectors.Count == 0)
            errors.Add(FieldErrors.Required(path, "at least one clusterRoleSelector required if aggregationRule is non-nil"));
        for (var i = 0; i < aggregation.ClusterRoleSelectors.Count; i++) LabelRules.CheckSelector(errors, aggregation.ClusterRoleSelectors[i], path.Index(i));
    }

    private static void CheckRules(List<FieldError> errors, IReadOnlyList<PolicyRule> rules, bool namespaced)
    {
        for (var i = 0; i < rules.Count; i++) CheckRule(errors, rules[i], namespaced, FieldPath.Of("rules").Index(i));
    }

    private static void CheckRule(List<FieldError> errors, PolicyRule rule, bool namespaced, FieldPath path)
    {
        if (rule.Verbs.Count == 0) errors.Add(FieldErrors.Required(path.Child("verbs"), "verbs must contain at least one value"));
        if (rule.NonResourceURLs.Count > 0)
        {
            var urls = path.Child("nonResourceURLs");
            if (namespaced) errors.Add(FieldErrors.Invalid(urls, rule.NonResourceURLs, "namespaced rules cannot apply to non-resource URLs"));
            if (rule.APIGroups.Count + rule.Resources.Count + rule.ResourceNames.Count > 0)
                errors.Add(FieldErrors.Invalid(urls, rule.NonResourceURLs, "rules cannot apply to both regular resources and non-resource URLs"));
            return;
        }
        if (rule.APIGroups.Count == 0) errors.Add(FieldErrors.Required(path.Child("apiGroups"), "resource rules must supply at least one api group"));
        if (rule.Resources.Count == 0) errors.Add(FieldErrors.Required(path.Child("resources"), "resource rules must supply at least one resource"));
    }

    private static void Check(List<FieldError> errors, RoleRef role, IReadOnlyList<Subject> subjects, bool namespaced)
    {
        var path = FieldPath.Of("roleRef");
        string[] kinds = namespaced ? ["Role", "ClusterRole"] : ["ClusterRole"];
        if (role.APIGroup != Group) errors.Add(FieldErrors.NotSupported(path.Child("apiGroup"), role.APIGroup, Group));
        if (!kinds.Contains(role.Kind)) errors.Add(FieldErrors.NotSupported(path.Child("kind"), role.Kind, kinds));
        IngressBackendRules.CheckSegment(errors, role.Name, path.Child("name"));
        for (var i = 0; i < subjects.Count; i++) CheckSubject(errors, subjects[i], namespaced, FieldPath.Of("subjects").Index(i));
    }

    private static void CheckSubject(List<FieldError> errors, Subject subject, bool namespaced, FieldPath path)
    {
        var (name, group) = (path.Child("name"), path.Child("apiGroup"));
        if (subject.Name.Length == 0) errors.Add(FieldErrors.Required(name));
        switch (subject.Kind)
        {
            case "ServiceAccount":
                if (subject.Name.Length > 0) errors.AddInvalid(name, subject.Name, NameRules.Dns1123Subdomain(subject.Name));
                if (subject.APIGroup.Length > 0) errors.Add(FieldErrors.NotSupported(group, subject.APIGroup, ""));
                if (!namespaced && subject.Namespace.Length == 0) errors.Add(FieldErrors.Required(path.Child("namespace")));
                break;
            case "User" or "Group":
                if (subject.APIGroup != Group) errors.Add(FieldErrors.NotSupported(group, subject.APIGroup, Group));
                break;
            default:
                errors.Add(FieldErrors.NotSupported(path.Child("kind"), subject.Kind, "ServiceAccount", "User", "Group"));
                break;
        }
    }

    private static void CheckKept(List<FieldError> errors, RoleRef role, RoleRef old)
    {
        if (role == old) return;
        errors.Add(FieldErrors.Invalid(
            FieldPath.Of("roleRef"),
            new GoLiteral($"rbac.RoleRef{{APIGroup:{GoSyntax.Quote(role.APIGroup)}, Kind:{GoSyntax.Quote(role.Kind)}, Name:{GoSyntax.Quote(role.Name)}}}"),
            "cannot change roleRef"));
    }
}
