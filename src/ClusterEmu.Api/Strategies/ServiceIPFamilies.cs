namespace ClusterEmu.Api;

/// <summary>Works out which address families a Service gets.</summary>
/// <remarks>Source: initIPFamilyFields in pkg/registry/core/service/storage/alloc.go.</remarks>
public static class ServiceIPFamilies
{
    private static readonly FieldPath Policy = FieldPath.Spec.Child("ipFamilyPolicy");

    /// <summary>Fills in <c>ipFamilies</c> and <c>ipFamilyPolicy</c>; the allocator then gives one address per family.</summary>
    /// <param name="service">Prepared by <see cref="ServiceStrategy"/>.</param>
    /// <param name="old">The Service as stored; null for a create.</param>
    /// <param name="configured">The families that the cluster's service ranges have, the default first: <c>IPv4</c>, <c>IPv6</c> or both.</param>
    /// <returns>The Service and no errors, or the Service as given and what is wrong with it (answered with 422).</returns>
    public static (
        Service Service, IReadOnlyList<FieldError> Errors) Assign(Service service, Service? old, IReadOnlyList<string> configured)
    {
        var spec = service.Spec;
        if (spec.Type == "ExternalName" || KeepsPreferDualStack(spec, old?.Spec)) return (service, []);
        if (spec.IPFamilyPolicy is null) spec = spec with { IPFamilyPolicy = old?.Spec.IPFamilyPolicy ?? DefaultPolicy(spec) };

        var errors = new List<FieldError>();
        ServiceAddressRules.Check(errors, spec);
        if (errors.Count > 0) return (service, errors);
        if (old is not null) spec = Released(errors, spec, old.Spec);
        CheckSingleStack(errors, spec);
        spec = Inferred(errors, spec, configured);
        if (errors.Count > 0) return (service, errors);

        if (IsHeadlessWithoutSelector(spec))
        {
            if (spec.IPFamilies.Count == 0) spec = spec with { IPFamilies = [configured[0]] };
            if (spec.IPFamilies.Count < 2 && spec.IPFamilyPolicy != "SingleStack") spec = WithOtherFamily(spec);
            return (service with { Spec = spec }, []);
        }
        if (spec.IPFamilyPolicy == "RequireDualStack" && configured.Count < 2)
            errors.Add(FieldErrors.Invalid(Policy, spec.IPFamilyPolicy, "this cluster is not configured for dual-stack services"));
        for (var i = 0; i < spec.IPFamilies.Count; i++)
            if (!configured.Contains(spec.IPFamilies[i]))
                errors.Add(FieldErrors.Invalid(FieldPath.Spec.Child("ipFamilies").Index(i), spec.IPFamilies[i],
                    "not configured on this cluster"));
        if (errors.Count > 0) return (service, errors);

        if (spec.IPFamilies.Count == 0) spec = spec with { IPFamilies = [configured[0]] };
        if (spec.IPFamilyPolicy != "SingleStack" && spec.IPFamilies.Count == 1 && configured.Count == 2) spec = WithOtherFamily(spec);
        return (service with { Spec = spec }, []);
    }

    private static bool IsHeadlessWithoutSelector(ServiceSpec spec) => spec.ClusterIP == ServiceTraits.None && spec.Selector.Count == 0;

    private static string DefaultPolicy(ServiceSpec spec) => IsHeadlessWithoutSelector(spec) ? "RequireDualStack" : "SingleStack";

    /// <summary>A cluster that gains or loses a family changes no Service that merely prefers two.</summary>
    private static bool KeepsPreferDualStack(ServiceSpec spec, ServiceSpec? old) =>
        old is not null && spec is { IPFamilyPolicy: "PreferDualStack", Type: "ClusterIP" or "NodePort" or "LoadBalancer" }
        && old.Type == spec.Type && old.IPFamilyPolicy is null or "PreferDualStack"
        && spec.ClusterIPs.SequenceEqual(old.ClusterIPs) && spec.IPFamilies.SequenceEqual(old.IPFamilies);

    private static ServiceSpec Released(List<FieldError> errors, ServiceSpec spec, ServiceSpec old)
    {
        if (spec.IPFamilyPolicy == "SingleStack") // Said alone, it is a clear wish to release the second family.
        {
            if (spec.ClusterIPs.Count > 1 && spec.ClusterIPs.SequenceEqual(old.ClusterIPs))
                spec = spec with { ClusterIPs = [spec.ClusterIPs[0]] };
            if (spec.IPFamilies.Count > 1 && spec.IPFamilies.SequenceEqual(old.IPFamilies))
                spec = spec with { IPFamilies = [spec.IPFamilies[0]] };
            return spec;
        }
        if (spec.ClusterIPs.Count > 0 && spec.ClusterIPs.Count < old.ClusterIPs.Count)
            errors.Add(FieldErrors.Invalid(Policy, spec.IPFamilyPolicy, "must be 'SingleStack' to release the secondary cluster IP"));
        if (spec.IPFamilies.Count > 0 && spec.IPFamilies.Count < old.IPFamilies.Count)
            errors.Add(FieldErrors.Invalid(Policy, spec.IPFamilyPolicy, "must be 'SingleStack' to release the secondary IP family"));
        return spec;
    }

    private static void CheckSingleStack(List<FieldError> errors, ServiceSpec spec)
    {
        if (spec.IPFamilyPolicy != "SingleStack") return;
        if (spec.ClusterIPs.Count == 2)
            errors.Add(FieldErrors.Invalid(Policy, spec.IPFamilyPolicy,
                "must be 'RequireDualStack' or 'PreferDualStack' when multiple cluster IPs are specified"));
        if (spec.IPFamilies.Count == 2)
            errors.Add(FieldErrors.Invalid(Policy, spec.IPFamilyPolicy,
                "must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified"));
    }

    /// <summary>Chosen addresses say which families are wanted.</summary>
    private static ServiceSpec Inferred(List<FieldError> errors, ServiceSpec spec, IReadOnlyList<string> configured)
    {
        for (var i = 0; i < spec.ClusterIPs.Count && spec.ClusterIPs[i] != ServiceTraits.None; i++)
        {
            if (i < spec.IPFamilies.Count) continue;
            var family = AddressRules.IsV6(spec.ClusterIPs[i]) ? "IPv6" : "IPv4";
            if (configured.Contains(family)) spec = spec with { IPFamilies = [.. spec.IPFamilies, family] };
            else
                errors.Add(FieldErrors.Invalid(FieldPath.Spec.Child("clusterIPs").Index(i), spec.ClusterIPs,
                    $"{family} is not configured on this cluster"));
        }
        return spec;
    }

    private static ServiceSpec WithOtherFamily(ServiceSpec spec) =>
        spec with { IPFamilies = [spec.IPFamilies[0], spec.IPFamilies[0] == "IPv4" ? "IPv6" : "IPv4"] };
}
