namespace ClusterEmu.Api;

/// <summary>Everything that Kubernetes 1.32 refuses in a StorageClass, in its words. Source: pkg/apis/storage/validation.</summary>
public static class StorageClassValidation
{
    private const int MaxParameters = 512;
    private const int MaxParameterBytes = 256 * 1024;

    public static IReadOnlyList<FieldError> Create(StorageClass value)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckCreate(errors, value.Metadata, namespaced: false, ObjectNameRules.Subdomain);
        var provisioner = FieldPath.Of("provisioner");
        if (value.Provisioner.Length == 0) errors.Add(FieldErrors.Required(provisioner));
        else
        {
            var lower = value.Provisioner.ToLowerInvariant();
            errors.AddInvalid(provisioner, lower, NameRules.QualifiedName(lower));
        }
        CheckParameters(errors, value.Parameters, FieldPath.Of("parameters"));
        if (value.ReclaimPolicy is not (null or "" or "Delete" or "Retain"))
            errors.Add(FieldErrors.NotSupported(FieldPath.Of("reclaimPolicy"), value.ReclaimPolicy, "Delete", "Retain"));
        if (value.VolumeBindingMode is null) errors.Add(FieldErrors.Required(FieldPath.Of("volumeBindingMode")));
        else if (value.VolumeBindingMode is not ("Immediate" or "WaitForFirstConsumer"))
            errors.Add(FieldErrors.NotSupported(FieldPath.Of("volumeBindingMode"), value.VolumeBindingMode, "Immediate", "WaitForFirstConsumer"));
        CheckTopologies(errors, value.AllowedTopologies, FieldPath.Of("allowedTopologies"));
        return FieldErrors.Distinct(errors);
    }

    public static IReadOnlyList<FieldError> Update(StorageClass value, StorageClass old)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckUpdate(errors, value.Metadata, old.Metadata);
        CheckKept(errors, SemanticEquality.Same(value.Parameters, old.Parameters), "parameters");
        CheckKept(errors, value.Provisioner == old.Provisioner, "provisioner");
        CheckKept(errors, value.ReclaimPolicy == old.ReclaimPolicy, "reclaimPolicy");
        ObjectMetaValidation.CheckImmutable(errors, value.VolumeBindingMode, old.VolumeBindingMode, FieldPath.Of("volumeBindingMode"));
        return FieldErrors.Distinct(errors);
    }

    private static void CheckKept(List<FieldError> errors, bool same, string field)
    {
        if (!same) errors.Add(FieldErrors.Forbidden(FieldPath.Of(field), $"updates to {field} are forbidden."));
    }

    private static void CheckParameters(List<FieldError> errors, IReadOnlyDictionary<string, string> parameters, FieldPath path)
    {
        if (parameters.Count > MaxParameters)
        {
            errors.Add(FieldErrors.TooLong(path, MaxParameters));
            return;
        }
        if (parameters.ContainsKey("")) errors.Add(FieldErrors.Invalid(path, "", "field can not be empty."));
        if (parameters.Sum(entry => (long)LabelRules.Utf8Size(entry.Key) + LabelRules.Utf8Size(entry.Value)) > MaxParameterBytes)
            errors.Add(FieldErrors.TooLong(path, MaxParameterBytes));
    }

    private static void CheckTopologies(List<FieldError> errors, IReadOnlyList<TopologySelectorTerm> terms, FieldPath path)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < terms.Count; i++)
        {
            var place = path.Index(i).Child("matchLabelExpressions");
            CheckTerm(errors, terms[i], place);
            var canonical = terms[i].MatchLabelExpressions.OrderBy(requirement => requirement.Key, StringComparer.Ordinal)
                .Select(requirement => $"{requirement.Key}={string.Join(',', requirement.Values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))}");
            if (!seen.Add(string.Join(';', canonical))) errors.Add(FieldErrors.Duplicate(place, ""));
        }
    }

    private static void CheckTerm(List<FieldError> errors, TopologySelectorTerm term, FieldPath path)
    {
        if (term.MatchLabelExpressions.Count == 0) errors.Add(FieldErrors.Required(path));
        var keys = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < term.MatchLabelExpressions.Count; i++)
        {
            var (requirement, place) = (term.MatchLabelExpressions[i], path.Index(i));
            if (requirement.Values.Count == 0) errors.Add(FieldErrors.Required(place.Child("values")));
            var values = new HashSet<string>(StringComparer.Ordinal);
            for (var j = 0; j < requirement.Values.Count; j++)
                if (!values.Add(requirement.Values[j])) errors.Add(FieldErrors.Duplicate(place.Child("values").Index(j), requirement.Values[j]));
            LabelRules.CheckLabelName(errors, requirement.Key, place.Child("key"));
            if (!keys.Add(requirement.Key)) errors.Add(FieldErrors.Duplicate(place.Child("key"), requirement.Key));
        }
    }
}
