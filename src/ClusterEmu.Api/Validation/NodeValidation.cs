namespace ClusterEmu.Api;

/// <summary>Everything that Kubernetes 1.32 refuses in a Node, in its words. Source: pkg/apis/core/validation/validation.go.</summary>
public static class NodeValidation
{
    private static readonly FieldPath PodCidrs = FieldPath.Spec.Child("podCIDRs");

    public static IReadOnlyList<FieldError> Create(Node node)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckCreate(errors, node.Metadata, namespaced: false, ObjectNameRules.Subdomain);
        TaintRules.Check(errors, node.Spec.Taints, FieldPath.Metadata.Child("taints")); // Kubernetes places them there.
        CheckResources(errors, node.Status);
        CheckPodCidrs(errors, node.Spec.PodCIDRs);
        return FieldErrors.Distinct(errors);
    }

    /// <summary>A Node's Pod range and provider ID may be set once.</summary>
    public static IReadOnlyList<FieldError> Update(Node node, Node old)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckUpdate(errors, node.Metadata, old.Metadata);
        CheckResources(errors, node.Status);
        CheckAddresses(errors, node.Status.Addresses);
        if (old.Spec.PodCIDRs.Count > 0 && !node.Spec.PodCIDRs.SequenceEqual(old.Spec.PodCIDRs))
            errors.Add(FieldErrors.Forbidden(PodCidrs, "node updates may not change podCIDR except from \"\" to valid"));
        if (old.Spec.ProviderID.Length > 0 && node.Spec.ProviderID != old.Spec.ProviderID)
            errors.Add(FieldErrors.Forbidden(FieldPath.Spec.Child("providerID"),
                "node updates may not change providerID except from \"\" to valid"));
        if (!ReferenceEquals(node.Spec, old.Spec))
        {
            if (old.Spec.PodCIDRs.Count == 0) CheckPodCidrs(errors, node.Spec.PodCIDRs);
            TaintRules.Check(errors, node.Spec.Taints, FieldPath.Metadata.Child("taints"));
            if (node.Spec.ExternalID != old.Spec.ExternalID)
                errors.Add(FieldErrors.Forbidden(FieldPath.Spec.Child("externalID"), "may not be updated"));
        }
        return FieldErrors.Distinct(errors);
    }

    private static void CheckResources(List<FieldError> errors, NodeStatus status)
    {
        foreach (var (name, amount) in LabelRules.InOrder(status.Capacity))
            ResourceRules.CheckAmount(errors, name, amount, FieldPath.Status.Child("capacity").Child(name));
        foreach (var (name, amount) in LabelRules.InOrder(status.Allocatable))
            ResourceRules.CheckAmount(errors, name, amount, FieldPath.Status.Child("allocatable").Child(name));
    }

    private static void CheckPodCidrs(List<FieldError> errors, IReadOnlyList<string> ranges)
    {
        var before = errors.Count;
        for (var i = 0; i < ranges.Count; i++) AddressRules.CheckCidr(errors, ranges[i], PodCidrs.Index(i));
        if (ranges.Count < 2 || errors.Count > before) return;
        var addresses = ranges.Select(range => range[..range.IndexOf('/', StringComparison.Ordinal)]).ToList();
        if (ranges.Count > 2 || !AddressRules.IsDualStack(addresses))
            errors.Add(FieldErrors.Invalid(PodCidrs, ranges, "may specify no more than one CIDR for each IP family"));
        for (var i = 1; i < ranges.Count; i++)
            if (ranges.Take(i).Contains(ranges[i])) errors.Add(FieldErrors.Duplicate(PodCidrs.Index(i), ranges[i]));
    }

    private static void CheckAddresses(List<FieldError> errors, IReadOnlyList<NodeAddress> addresses)
    {
        var seen = new HashSet<NodeAddress>();
        for (var i = 0; i < addresses.Count; i++)
            if (!seen.Add(addresses[i]))
                errors.Add(FieldErrors.Duplicate(FieldPath.Status.Child("addresses").Index(i),
                    new GoLiteral($"core.NodeAddress{{Type:{GoSyntax.Quote(addresses[i].Type)}, Address:{GoSyntax.Quote(addresses[i].Address)}}}")));
    }
}
