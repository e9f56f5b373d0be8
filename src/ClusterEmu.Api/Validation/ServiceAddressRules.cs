namespace ClusterEmu.Api;

/// <summary>clusterIP, clusterIPs, ipFamilies and ipFamilyPolicy of a Service: how they fit together, and what may change.</summary>
internal static class ServiceAddressRules
{
    private const string Unchangeable = "may not change once set";
    private static readonly FieldPath ClusterIPs = FieldPath.Spec.Child("clusterIPs");
    private static readonly FieldPath Families = FieldPath.Spec.Child("ipFamilies");
    private static readonly FieldPath Policy = FieldPath.Spec.Child("ipFamilyPolicy");

    internal static void Check(List<FieldError> errors, ServiceSpec spec)
    {
        if (spec.Type == "ExternalName") return;
        CheckInStep(errors, spec);
        CheckFamilies(errors, spec);
        if (spec.IPFamilyPolicy is not (null or "PreferDualStack" or "RequireDualStack" or "SingleStack"))
            errors.Add(FieldErrors.NotSupported(Policy, spec.IPFamilyPolicy, "PreferDualStack", "RequireDualStack", "SingleStack"));
        if (!CheckEachAddress(errors, spec.ClusterIPs)) return; // Further complaints would be about the same.
        if (spec.ClusterIPs.Count > 1 && !AddressRules.IsDualStack(spec.ClusterIPs))
            errors.Add(FieldErrors.Invalid(ClusterIPs, spec.ClusterIPs, "may specify no more than one IP for each IP family"));
        if (!spec.IsHeadless()) CheckFamilyOfAddresses(errors, spec);
    }

    internal static void CheckUpdate(List<FieldError> errors, ServiceSpec spec, ServiceSpec old)
    {
        if (spec.Type == "ExternalName" || old.Type == "ExternalName") return;
        if (!(spec.IsHeadless() && old.IsHeadless())) CheckAddressesKept(errors, spec, old);
        if (!spec.IsHeadless() && !old.IsHeadless()) CheckFamiliesKept(errors, spec, old);
    }

    private static void CheckInStep(List<FieldError> errors, ServiceSpec spec)
    {
        if (spec.ClusterIP.Length == 0)
        {
            if (spec.ClusterIPs.Count > 0)
                errors.Add(FieldErrors.Invalid(ClusterIPs, spec.ClusterIPs, "must be empty when `clusterIP` is not specified"));
        }
        else if (spec.ClusterIPs.Count == 0) errors.Add(FieldErrors.Required(ClusterIPs));
        else if (spec.ClusterIPs[0] != spec.ClusterIP)
            errors.Add(FieldErrors.Invalid(ClusterIPs, spec.ClusterIPs, "first value must match `clusterIP`"));
    }

    private static void CheckFamilies(List<FieldError> errors, ServiceSpec spec)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < spec.IPFamilies.Count; i++)
        {
            var family = spec.IPFamilies[i];
            if (family is not ("IPv4" or "IPv6")) errors.Add(FieldErrors.NotSupported(Families.Index(i), family, "IPv4", "IPv6"));
            if (!seen.Add(family)) errors.Add(FieldErrors.Duplicate(Families.Index(i), family));
        }
    }

    private static bool CheckEachAddress(List<FieldError> errors, IReadOnlyList<string> addresses)
    {
        var before = errors.Count;
        for (var i = 0; i < addresses.Count; i++)
        {
            if (i > 0 || addresses[i] != ServiceTraits.None) AddressRules.CheckAddress(errors, addresses[i], ClusterIPs.Index(i));
            else if (addresses.Count > 1) errors.Add(FieldErrors.Invalid(ClusterIPs, addresses, "'None' must be the first and only value"));
        }
        var sound = errors.Count == before;
        if (addresses.Count > 2) errors.Add(FieldErrors.Invalid(ClusterIPs, addresses, "may only hold up to 2 values"));
        return sound;
    }

    private static void CheckFamilyOfAddresses(List<FieldError> errors, ServiceSpec spec)
    {
        for (var i = 0; i < Math.Min(spec.ClusterIPs.Count, spec.IPFamilies.Count); i++)
        {
            var (address, family) = (spec.ClusterIPs[i], spec.IPFamilies[i]);
            if (family is not ("IPv4" or "IPv6") || AddressRules.IsV6(address) == (family == "IPv6")) continue;
            errors.Add(FieldErrors.Invalid(ClusterIPs.Index(i), address, $"expected an {family} value as indicated by `ipFamilies[{i}]`"));
        }
    }

    private static void CheckAddressesKept(List<FieldError> errors, ServiceSpec spec, ServiceSpec old)
    {
        var (now, before) = (spec.ClusterIPs, old.ClusterIPs);
        if (now.Count == before.Count)
        {
            for (var i = 0; i < before.Count; i++)
                if (now[i] != before[i]) errors.Add(FieldErrors.Invalid(ClusterIPs.Index(i), now, Unchangeable));
            return;
        }
        if (now.Count == 0)
            errors.Add(FieldErrors.Invalid(ClusterIPs.Index(0), now, "primary clusterIP can not be unset"));
        else if (before.Count > 0 && now[0] != before[0])
            errors.Add(FieldErrors.Invalid(ClusterIPs.Index(0), now, Unchangeable));
        if (now.Count == 1 && before.Count > 1 && spec.IPFamilyPolicy != "SingleStack")
            errors.Add(FieldErrors.Invalid(Policy, spec.IPFamilyPolicy,
                "must be set to 'SingleStack' when releasing the secondary clusterIP"));
    }

    private static void CheckFamiliesKept(List<FieldError> errors, ServiceSpec spec, ServiceSpec old)
    {
        var (now, before) = (spec.IPFamilies, old.IPFamilies);
        var literal = new GoLiteral(GoSyntax.List("core.IPFamily", now));
        if (now.Count == before.Count)
        {
            for (var i = 0; i < before.Count; i++)
                if (now[i] != before[i]) errors.Add(FieldErrors.Invalid(Families.Index(0), literal, Unchangeable));
            return;
        }
        if (now.Count < before.Count && spec.ClusterIPs.Count == 0)
            errors.Add(FieldErrors.Invalid(Families.Index(0), literal, "primary ipFamily can not be unset"));
        if (now.Count > 0 && before.Count > 0 && now[0] != before[0])
            errors.Add(FieldErrors.Invalid(Families.Index(0), spec.ClusterIPs, Unchangeable));
        if (now.Count == 1 && before.Count > 1 && spec.IPFamilyPolicy != "SingleStack")
            errors.Add(FieldErrors.Invalid(Policy, spec.IPFamilyPolicy,
                "must be set to 'SingleStack' when releasing the secondary ipFamily"));
    }
}
