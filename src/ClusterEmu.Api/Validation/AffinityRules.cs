namespace ClusterEmu.Api;

/// <summary>Where a Pod wants to run, and how its like are spread.</summary>
/// <remarks>Source: validateAffinity and validateTopologySpreadConstraints.</remarks>
internal static class AffinityRules
{
    internal static void Check(List<FieldError> errors, Affinity? affinity, FieldPath path)
    {
        if (affinity?.NodeAffinity is { } node) CheckNode(errors, node, path.Child("nodeAffinity"));
        if (affinity?.PodAffinity is { } with)
            CheckPods(errors, with.RequiredDuringSchedulingIgnoredDuringExecution, with.PreferredDuringSchedulingIgnoredDuringExecution,
                path.Child("podAffinity"));
        if (affinity?.PodAntiAffinity is { } without)
            CheckPods(errors, without.RequiredDuringSchedulingIgnoredDuringExecution, without.PreferredDuringSchedulingIgnoredDuringExecution,
                path.Child("podAntiAffinity"));
    }

    internal static void CheckSpread(List<FieldError> errors, IReadOnlyList<TopologySpreadConstraint> constraints, FieldPath path)
    {
        for (var i = 0; i < constraints.Count; i++)
        {
            var (one, place) = (constraints[i], path.Index(i));
            if (one.MaxSkew <= 0) errors.Add(FieldErrors.Invalid(place.Child("maxSkew"), one.MaxSkew, "must be greater than zero"));
            if (one.TopologyKey.Length == 0) errors.Add(FieldErrors.Required(place.Child("topologyKey"), "can not be empty"));
            if (one.WhenUnsatisfiable is not ("DoNotSchedule" or "ScheduleAnyway"))
                errors.Add(FieldErrors.NotSupported(place.Child("whenUnsatisfiable"), one.WhenUnsatisfiable, "DoNotSchedule",
                    "ScheduleAnyway"));
            if (constraints.Skip(i + 1).Any(other => other.TopologyKey == one.TopologyKey && other.WhenUnsatisfiable == one.WhenUnsatisfiable))
                errors.Add(FieldErrors.Duplicate(place.Child("{topologyKey, whenUnsatisfiable}"),
                    $"{{{one.TopologyKey}, {one.WhenUnsatisfiable}}}"));
            CheckMinDomains(errors, one, place.Child("minDomains"));
            CheckInclusion(errors, one.NodeAffinityPolicy, place.Child("nodeAffinityPolicy"));
            CheckInclusion(errors, one.NodeTaintsPolicy, place.Child("nodeTaintsPolicy"));
            CheckMatchKeys(errors, one, place.Child("matchLabelKeys"));
            LabelRules.CheckSelector(errors, one.LabelSelector, place.Child("labelSelector"));
        }
    }

    private static void CheckMinDomains(List<FieldError> errors, TopologySpreadConstraint one, FieldPath path)
    {
        if (one.MinDomains is not { } least) return;
        if (least <= 0) errors.Add(FieldErrors.Invalid(path, least, "must be greater than zero"));
        if (one.WhenUnsatisfiable != "DoNotSchedule")
            errors.Add(FieldErrors.Invalid(path, least,
                $"can only use minDomains if whenUnsatisfiable=DoNotSchedule, not {one.WhenUnsatisfiable}"));
    }

    private static void CheckInclusion(List<FieldError> errors, string? policy, FieldPath path)
    {
        if (policy is not (null or "Honor" or "Ignore")) errors.Add(FieldErrors.NotSupported(path, policy, "Honor", "Ignore"));
    }

    private static void CheckMatchKeys(List<FieldError> errors, TopologySpreadConstraint one, FieldPath path)
    {
        if (one.MatchLabelKeys.Count == 0) return;
        if (one.LabelSelector is null) errors.Add(FieldErrors.Forbidden(path, "must not be specified when labelSelector is not set"));
        for (var i = 0; i < one.MatchLabelKeys.Count; i++)
        {
            var key = one.MatchLabelKeys[i];
            LabelRules.CheckLabelName(errors, key, path.Index(i));
            if (one.LabelSelector is { } selector
                && (selector.MatchLabels.ContainsKey(key) || selector.MatchExpressions.Any(expression => expression.Key == key)))
                errors.Add(FieldErrors.Invalid(path.Index(i), key, "exists in both matchLabelKeys and labelSelector"));
        }
    }

    private static void CheckNode(List<FieldError> errors, NodeAffinity affinity, FieldPath path)
    {
        if (affinity.RequiredDuringSchedulingIgnoredDuringExecution is { } required)
            CheckNodeSelector(errors, required, path.Child("requiredDuringSchedulingIgnoredDuringExecution"));
        var preferred = path.Child("preferredDuringSchedulingIgnoredDuringExecution");
        for (var i = 0; i < affinity.PreferredDuringSchedulingIgnoredDuringExecution.Count; i++)
        {
            var term = affinity.PreferredDuringSchedulingIgnoredDuringExecution[i];
            CheckWeight(errors, term.Weight, preferred.Index(i));
            CheckTerm(errors, term.Preference, strict: false, preferred.Index(i).Child("preference"));
        }
    }

    /// <summary>What a node must look like: one of these terms holds.</summary>
    internal static void CheckNodeSelector(List<FieldError> errors, NodeSelector selector, FieldPath path)
    {
        var terms = path.Child("nodeSelectorTerms");
        if (selector.NodeSelectorTerms.Count == 0) errors.Add(FieldErrors.Required(terms, "must have at least one node selector term"));
        for (var i = 0; i < selector.NodeSelectorTerms.Count; i++)
            CheckTerm(errors, selector.NodeSelectorTerms[i], strict: true, terms.Index(i));
    }

    private static void CheckWeight(List<FieldError> errors, int weight, FieldPath path)
    {
        if (weight is <= 0 or > 100) errors.Add(FieldErrors.Invalid(path.Child("weight"), weight, "must be in the range 1-100"));
    }

    private static void CheckTerm(List<FieldError> errors, NodeSelectorTerm term, bool strict, FieldPath path)
    {
        for (var i = 0; i < term.MatchExpressions.Count; i++)
            CheckExpression(errors, term.MatchExpressions[i], strict, path.Child("matchExpressions").Index(i));
        for (var i = 0; i < term.MatchFields.Count; i++) CheckField(errors, term.MatchFields[i], path.Child("matchFields").Index(i));
    }

    private static void CheckExpression(List<FieldError> errors, NodeSelectorRequirement one, bool strict, FieldPath path)
    {
        var values = path.Child("values");
        switch (one.Operator)
        {
            case "In" or "NotIn":
                if (one.Values.Count == 0) errors.Add(FieldErrors.Required(values, "must be specified when `operator` is 'In' or 'NotIn'"));
                break;
            case "Exists" or "DoesNotExist":
                if (one.Values.Count > 0)
                    errors.Add(FieldErrors.Forbidden(values, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"));
                break;
            case "Gt" or "Lt":
                if (one.Values.Count != 1)
                    errors.Add(FieldErrors.Required(values, "must be specified single value when `operator` is 'Lt' or 'Gt'"));
                break;
            default:
                errors.Add(FieldErrors.Invalid(path.Child("operator"), one.Operator, "not a valid selector operator"));
                break;
        }
        LabelRules.CheckLabelName(errors, one.Key, path.Child("key"));
        if (!strict) return;
        for (var i = 0; i < one.Values.Count; i++) errors.AddInvalid(values.Index(i), one.Values[i], NameRules.LabelValue(one.Values[i]));
    }

    private static void CheckField(List<FieldError> errors, NodeSelectorRequirement one, FieldPath path)
    {
        if (one.Operator is not ("In" or "NotIn"))
            errors.Add(FieldErrors.Invalid(path.Child("operator"), one.Operator, "not a valid selector operator"));
        else if (one.Values.Count != 1)
            errors.Add(FieldErrors.Required(path.Child("values"),
                "must be only one value when `operator` is 'In' or 'NotIn' for node field selector"));
        if (one.Key != "metadata.name")
        {
            errors.Add(FieldErrors.Invalid(path.Child("key"), one.Key, "not a valid field selector key"));
            return;
        }
        for (var i = 0; i < one.Values.Count; i++)
            errors.AddInvalid(path.Child("values").Index(i), one.Values[i], NameRules.Dns1123Subdomain(one.Values[i]));
    }

    private static void CheckPods(
        List<FieldError> errors, IReadOnlyList<PodAffinityTerm> required, IReadOnlyList<WeightedPodAffinityTerm> preferred, FieldPath path)
    {
        for (var i = 0; i < required.Count; i++)
            CheckPodTerm(errors, required[i], path.Child("requiredDuringSchedulingIgnoredDuringExecution").Index(i));
        for (var i = 0; i < preferred.Count; i++)
        {
            var place = path.Child("preferredDuringSchedulingIgnoredDuringExecution").Index(i);
            CheckWeight(errors, preferred[i].Weight, place);
            CheckPodTerm(errors, preferred[i].PodAffinityTerm, place.Child("podAffinityTerm"));
        }
    }

    private static void CheckPodTerm(List<FieldError> errors, PodAffinityTerm term, FieldPath path)
    {
        LabelRules.CheckSelector(errors, term.LabelSelector, path.Child("labelSelector"));
        LabelRules.CheckSelector(errors, term.NamespaceSelector, path.Child("namespaceSelector"));
        foreach (var name in term.Namespaces) errors.AddInvalid(path.Child("namespace"), name, NameRules.Dns1123Label(name));
        CheckTermKeys(errors, term, term.MatchLabelKeys, path.Child("matchLabelKeys"));
        CheckTermKeys(errors, term, term.MismatchLabelKeys, path.Child("mismatchLabelKeys"));
        for (var i = 0; i < term.MatchLabelKeys.Count; i++)
            if (term.MismatchLabelKeys.Contains(term.MatchLabelKeys[i]))
                errors.Add(FieldErrors.Invalid(path.Child("matchLabelKeys").Index(i), term.MatchLabelKeys[i],
                    "exists in both matchLabelKeys and mismatchLabelKeys"));
        if (term.TopologyKey.Length == 0) errors.Add(FieldErrors.Required(path.Child("topologyKey"), "can not be empty"));
        LabelRules.CheckLabelName(errors, term.TopologyKey, path.Child("topologyKey"));
    }

    private static void CheckTermKeys(List<FieldError> errors, PodAffinityTerm term, IReadOnlyList<string> keys, FieldPath path)
    {
        if (keys.Count > 0 && term.LabelSelector is null)
        {
            errors.Add(FieldErrors.Forbidden(path, "must not be specified when labelSelector is not set"));
            return;
        }
        for (var i = 0; i < keys.Count; i++) LabelRules.CheckLabelName(errors, keys[i], path.Index(i));
    }
}
