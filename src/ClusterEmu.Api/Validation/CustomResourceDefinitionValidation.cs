namespace ClusterEmu.Api;

/// <summary>Everything that Kubernetes 1.32 refuses in a CustomResourceDefinition, in its words.</summary>
/// <remarks>
/// Source: k8s.io/apiextensions-apiserver pkg/apis/apiextensions/validation/validation.go. One rule is ours: conversion by webhook is refused, because
/// nothing in an emulated cluster could answer the call.
/// </remarks>
public static class CustomResourceDefinitionValidation
{
    private const string ApprovedAnnotation = "api-approved.kubernetes.io";
    private static readonly string[] ProtectedGroups = ["k8s.io", "kubernetes.io"];

    public static IReadOnlyList<FieldError> Create(CustomResourceDefinition definition)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckCreate(errors, definition.Metadata, namespaced: false, NameRule(definition));
        CheckSpec(errors, definition.Spec);
        CheckStatus(errors, definition);
        CheckApproval(errors, definition);
        return FieldErrors.Distinct(errors);
    }

    public static IReadOnlyList<FieldError> Update(CustomResourceDefinition definition, CustomResourceDefinition old)
    {
        if (definition.Metadata.ResourceVersion.Length == 0)
            return [FieldErrors.Invalid(FieldPath.Metadata.Child("resourceVersion"), new GoLiteral("0x0"), "must be specified for an update")];
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckUpdate(errors, definition.Metadata, old.Metadata);
        if (!SemanticEquality.Same(definition.Spec, old.Spec)) CheckSpec(errors, definition.Spec);
        var (spec, before) = (definition.Spec, old.Spec);
        var path = FieldPath.Spec;
        if (DefinitionConditions.IsTrue(old, DefinitionConditions.Established))
        {
            ObjectMetaValidation.CheckImmutable(errors, spec.Scope, before.Scope, path.Child("scope"));
            ObjectMetaValidation.CheckImmutable(errors, spec.Names.Kind, before.Names.Kind, path.Child("names").Child("kind"));
        }
        ObjectMetaValidation.CheckImmutable(errors, spec.Group, before.Group, path.Child("group"));
        ObjectMetaValidation.CheckImmutable(errors, spec.Names.Plural, before.Names.Plural, path.Child("names").Child("plural"));
        CheckStatus(errors, definition);
        if (definition.Metadata.Annotations.GetValueOrDefault(ApprovedAnnotation) != old.Metadata.Annotations.GetValueOrDefault(ApprovedAnnotation)) CheckApproval(errors, definition);
        return FieldErrors.Distinct(errors);
    }

    /// <summary>Whether a group belongs to the Kubernetes community.</summary>
    public static bool IsProtected(string group) => ProtectedGroups.Any(known => group == known || group.EndsWith("." + known, StringComparison.Ordinal));

    private static ObjectNameRule NameRule(CustomResourceDefinition definition)
    {
        var required = $"{definition.Spec.Names.Plural}.{definition.Spec.Group}";
        return (name, _) => [.. NameRules.Dns1123Subdomain(name), .. name == required ? [] : (string[])["must be spec.names.plural+\".\"+spec.group"]];
    }

    private static void CheckSpec(List<FieldError> errors, CustomResourceDefinitionSpec spec)
    {
        var path = FieldPath.Spec;
        if (spec.Group.Length == 0) errors.Add(FieldErrors.Required(path.Child("group")));
        else if (NameRules.Dns1123Subdomain(spec.Group) is { Count: > 0 } complaints) errors.Add(FieldErrors.Invalid(path.Child("group"), spec.Group, string.Join(',', complaints)));
        else if (!spec.Group.Contains('.', StringComparison.Ordinal)) errors.Add(FieldErrors.Invalid(path.Child("group"), spec.Group, "should be a domain with at least one dot"));

        if (spec.Scope.Length == 0) errors.Add(FieldErrors.Required(path.Child("scope")));
        else if (spec.Scope is not ("Cluster" or "Namespaced")) errors.Add(FieldErrors.NotSupported(path.Child("scope"), spec.Scope, "Cluster", "Namespaced"));
        if (spec.PreserveUnknownFields)
            errors.Add(FieldErrors.Invalid(path.Child("preserveUnknownFields"), true, "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead"));
        DefinitionVersionRules.Check(errors, spec, path.Child("versions"));
        var names = path.Child("names");
        if (spec.Names.Plural.Length == 0) errors.Add(FieldErrors.Required(names.Child("plural")));
        if (spec.Names.Singular.Length == 0) errors.Add(FieldErrors.Required(names.Child("singular")));
        if (spec.Names.Kind.Length == 0) errors.Add(FieldErrors.Required(names.Child("kind")));
        if (spec.Names.ListKind.Length == 0) errors.Add(FieldErrors.Required(names.Child("listKind")));
        CheckNames(errors, spec.Names, names);
        CheckConversion(errors, spec.Conversion, path.Child("conversion"));
    }

    private static void CheckNames(List<FieldError> errors, CustomResourceDefinitionNames names, FieldPath path)
    {
        Check(names.Plural, path.Child("plural"));
        Check(names.Singular, path.Child("singular"));
        CheckMixed(names.Kind, path.Child("kind"));
        CheckMixed(names.ListKind, path.Child("listKind"));
        for (var i = 0; i < names.ShortNames.Count; i++) Check(names.ShortNames[i], path.Child("shortNames").Index(i), evenEmpty: true);
        if (names.Kind.Length > 0 && names.Kind == names.ListKind) errors.Add(FieldErrors.Invalid(path.Child("listKind"), names.ListKind, "kind and listKind may not be the same"));
        for (var i = 0; i < names.Categories.Count; i++) Check(names.Categories[i], path.Child("categories").Index(i), evenEmpty: true);

        void Check(string name, FieldPath at, bool evenEmpty = false)
        {
            if ((name.Length > 0 || evenEmpty) && NameRules.Dns1035Label(name) is { Count: > 0 } complaints) errors.Add(FieldErrors.Invalid(at, name, string.Join(',', complaints)));
        }

        void CheckMixed(string name, FieldPath at)
        {
            if (name.Length > 0 && NameRules.Dns1035Label(name.ToLowerInvariant()) is { Count: > 0 } complaints)
                errors.Add(FieldErrors.Invalid(at, name, "may have mixed case, but should otherwise match: " + string.Join(',', complaints)));
        }
    }

    private static void CheckConversion(List<FieldError> errors, CustomResourceConversion? conversion, FieldPath path)
    {
        if (conversion is null) return;
        if (conversion.Strategy.Length == 0) errors.Add(FieldErrors.Required(path.Child("strategy")));
        else if (conversion.Strategy == "Webhook")
        {
            errors.Add(FieldErrors.Invalid(path.Child("strategy"), conversion.Strategy,
                "conversion by webhook is not available: this cluster is emulated, and no webhook could be called. Use None, with versions that differ in name only"));
        }
        else if (conversion.Strategy != "None") errors.Add(FieldErrors.NotSupported(path.Child("strategy"), conversion.Strategy, "None", "Webhook"));
        if (conversion.Strategy == "None" && conversion.Webhook is not null)
            errors.Add(FieldErrors.Forbidden(path.Child("webhook"), "should not be set when strategy is not set to Webhook"));
    }

    private static void CheckStatus(List<FieldError> errors, CustomResourceDefinition definition)
    {
        var path = FieldPath.Status;
        CheckNames(errors, definition.Status.AcceptedNames, path.Child("acceptedNames"));
        var (stored, at) = (definition.Status.StoredVersions, path.Child("storedVersions"));
        if (stored.Count == 0)
        {
            errors.Add(FieldErrors.Invalid(at, new GoLiteral("[]string{}"), "must have at least one stored version"));
            return;
        }
        for (var i = 0; i < stored.Count; i++)
        {
            if (!definition.Spec.Versions.Any(version => version.Name == stored[i])) errors.Add(FieldErrors.Invalid(at.Index(i), stored[i], "must appear in spec.versions"));
        }
        if (definition.Spec.Versions.FirstOrDefault(version => version.Storage)?.Name is { } storage && !stored.Contains(storage))
            errors.Add(FieldErrors.Invalid(at, stored, $"must have the storage version {storage}"));
    }

    /// <summary>Groups of the community need its approval (KEP-1111).</summary>
    private static void CheckApproval(List<FieldError> errors, CustomResourceDefinition definition)
    {
        var group = definition.Spec.Group;
        if (!IsProtected(group)) return;
        var path = FieldPath.Metadata.Child("annotations").Key(ApprovedAnnotation);
        const string see = ", see https://github.com/kubernetes/enhancements/pull/1111";
        if (definition.Metadata.Annotations.GetValueOrDefault(ApprovedAnnotation) is not { Length: > 0 } approval)
            errors.Add(FieldErrors.Required(path, $"protected groups must have approval annotation \"{ApprovedAnnotation}\"{see}"));
        else if (!approval.StartsWith("unapproved", StringComparison.Ordinal) && !Uri.TryCreate(approval, UriKind.Absolute, out _))
            errors.Add(FieldErrors.Invalid(path, approval, $"protected groups must have approval annotation \"{ApprovedAnnotation}\" with either a URL or a reason starting with \"unapproved\"{see}"));
    }
}
