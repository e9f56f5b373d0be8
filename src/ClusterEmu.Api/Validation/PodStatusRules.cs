namespace ClusterEmu.Api;

/// <summary>What a kubelet may report of a Pod. Source: ValidatePodStatusUpdate in pkg/apis/core/validation/validation.go.</summary>
internal static class PodStatusRules
{
    internal static void Check(List<FieldError> errors, Pod pod, Pod old)
    {
        var (status, before) = (pod.Status, old.Status);
        for (var i = 0; i < status.Conditions.Count; i++)
            if (status.Conditions[i].Type is not ("PodScheduled" or "Ready" or "Initialized") and var type)
                errors.AddInvalid(FieldPath.Metadata.Child("conditions").Index(i).Child("Type"), type, NameRules.QualifiedName(type));
        if (status.NominatedNodeName != before.NominatedNodeName && status.NominatedNodeName.Length > 0)
            errors.AddInvalid(FieldPath.Status.Child("nominatedNodeName"), status.NominatedNodeName,
                NameRules.Dns1123Subdomain(status.NominatedNodeName));
        ObjectMetaValidation.CheckImmutable(errors, status.QosClass, before.QosClass, FieldPath.Status.Child("qosClass"));
        CheckContainers(errors, status.ContainerStatuses, before.ContainerStatuses, old.Spec.RestartPolicy, [], FieldPath.Status.Child("containerStatuses"));
        CheckContainers(errors, status.InitContainerStatuses, before.InitContainerStatuses, old.Spec.RestartPolicy,
            old.Spec.InitContainers, FieldPath.Status.Child("initContainerStatuses"));
        CheckAddresses(errors, status.PodIPs.Select(each => each.IP).ToList(), FieldPath.Status.Child("podIPs"), "PodIP");
        if (status.HostIPs.Count > 0 && status.HostIP != status.HostIPs[0].IP)
            errors.Add(FieldErrors.Invalid(FieldPath.Status.Child("hostIPs").Index(0).Child("ip"), status.HostIPs[0].IP,
                "must be equal to `hostIP`"));
        CheckAddresses(errors, status.HostIPs.Select(each => each.IP).ToList(), FieldPath.Status.Child("hostIPs"), "HostIP");
    }

    /// <summary>What has ended and is not restarted has ended for good.</summary>
    private static void CheckContainers(
        List<FieldError> errors, IReadOnlyList<ContainerStatus> now, IReadOnlyList<ContainerStatus> before, string restartPolicy,
        IReadOnlyList<Container> sidecars, FieldPath path)
    {
        if (restartPolicy == "Always") return;
        for (var i = 0; i < before.Count; i++)
        {
            if (before[i].State.Terminated is not { } ended || (ended.ExitCode != 0 && restartPolicy == "OnFailure")) continue;
            if (sidecars.Any(container => container.Name == before[i].Name && container.RestartPolicy == "Always")) continue;
            if (now.Any(status => status.Name == before[i].Name && status.State.Terminated is null))
                errors.Add(FieldErrors.Forbidden(path.Index(i).Child("state"), "may not be transitioned to non-terminated state"));
        }
    }

    private static void CheckAddresses(List<FieldError> errors, IReadOnlyList<string> addresses, FieldPath path, string type)
    {
        var before = errors.Count;
        for (var i = 0; i < addresses.Count; i++) AddressRules.CheckAddress(errors, addresses[i], path.Index(i));
        if (addresses.Count < 2 || errors.Count > before) return;
        if (addresses.Count > 2 || !AddressRules.IsDualStack(addresses))
            errors.Add(FieldErrors.Invalid(path, new GoLiteral($"[]core.{type}{{{string.Join(", ", addresses.Select(each => $"core.{type}{{IP:{GoSyntax.Quote(each)}}}"))}}}"),
                "may specify no more than one IP for each IP family"));
        for (var i = 1; i < addresses.Count; i++)
            if (addresses.Take(i).Contains(addresses[i]))
                errors.Add(FieldErrors.Duplicate(path.Index(i), new GoLiteral($"core.{type}{{IP:{GoSyntax.Quote(addresses[i])}}}")));
    }
}
