namespace ClusterEmu.Api;

/// <summary>The specification of a Pod, be it a Pod's or a template's.</summary>
/// <remarks>Source: ValidatePodSpec in pkg/apis/core/validation/validation.go.</remarks>
internal static class PodSpecRules
{
    /// <param name="errors">Where problems go.</param>
    /// <param name="spec">The specification.</param>
    /// <param name="isPod">False for the templates of Deployments and ReplicaSets.</param>
    /// <param name="path">Its place.</param>
    internal static void Check(List<FieldError> errors, PodSpec spec, bool isPod, FieldPath path)
    {
        if (spec.TerminationGracePeriodSeconds is null) errors.Add(FieldErrors.Required(path.Child("terminationGracePeriodSeconds")));
        var volumes = VolumeRules.Check(errors, spec.Volumes, path.Child("volumes"));
        CheckClaims(errors, spec.ResourceClaims, path.Child("resourceClaims"));
        var pod = new ContainerSurroundings(spec, volumes);
        ContainerRules.CheckContainers(errors, pod, path.Child("containers"));
        ContainerRules.CheckInitContainers(errors, pod, path.Child("initContainers"));
        CheckHostNetwork(errors, spec, isPod, path.Child("containers"));
        CheckPolicies(errors, spec, path);
        LabelRules.CheckLabels(errors, spec.NodeSelector, path.Child("nodeSelector"));
        SecurityRules.CheckPod(errors, spec, path.Child("securityContext"));
        AffinityRules.Check(errors, spec.Affinity, path.Child("affinity"));
        CheckDns(errors, spec.DnsConfig, spec.DnsPolicy, path.Child("dnsConfig"));
        for (var i = 0; i < spec.ReadinessGates.Count; i++)
        {
            var gate = spec.ReadinessGates[i].ConditionType;
            errors.AddInvalid(path.Child("readinessGates").Index(i).Child("conditionType"), gate, NameRules.QualifiedName(gate));
        }
        CheckGates(errors, spec.SchedulingGates, path.Child("schedulingGates"));
        AffinityRules.CheckSpread(errors, spec.TopologySpreadConstraints, path.Child("topologySpreadConstraints"));
        CheckHostUsers(errors, spec, path);
        CheckNames(errors, spec, path);
        if (spec.ActiveDeadlineSeconds is { } deadline)
            errors.AddInvalid(path.Child("activeDeadlineSeconds"), deadline, NameRules.InRange(deadline, 1, int.MaxValue));
        TaintRules.Check(errors, spec.Tolerations, path.Child("tolerations"));
        CheckHostAliases(errors, spec.HostAliases, path.Child("hostAliases"));
        if (spec.PreemptionPolicy is not (null or "PreemptLowerPriority" or "Never"))
            errors.Add(FieldErrors.NotSupported(path.Child("preemptionPolicy"), spec.PreemptionPolicy, "PreemptLowerPriority", "Never"));
        foreach (var (name, amount) in LabelRules.InOrder(spec.Overhead))
            ResourceRules.CheckAmount(errors, name, amount, path.Child("overhead").Child("limits").Key(name));
        if (spec.Os is { } os && os.Name is not ("linux" or "windows"))
            errors.Add(os.Name.Length == 0
                ? FieldErrors.Required(path.Child("os").Child("name"))
                : FieldErrors.NotSupported(path.Child("os"), os.Name, "linux", "windows"));
    }

    private static void CheckPolicies(List<FieldError> errors, PodSpec spec, FieldPath path)
    {
        if (spec.RestartPolicy.Length == 0) errors.Add(FieldErrors.Required(path.Child("restartPolicy")));
        else if (spec.RestartPolicy is not ("Always" or "OnFailure" or "Never"))
            errors.Add(FieldErrors.NotSupported(path.Child("restartPolicy"), spec.RestartPolicy, "Always", "OnFailure", "Never"));
        if (spec.DnsPolicy.Length == 0) errors.Add(FieldErrors.Required(path.Child("dnsPolicy")));
        else if (spec.DnsPolicy is not ("ClusterFirstWithHostNet" or "ClusterFirst" or "Default" or "None"))
            errors.Add(FieldErrors.NotSupported(path.Child("dnsPolicy"), spec.DnsPolicy, "ClusterFirstWithHostNet", "ClusterFirst",
                "Default", "None"));
    }

    private static void CheckNames(List<FieldError> errors, PodSpec spec, FieldPath path)
    {
        CheckSubdomain(errors, spec.ServiceAccountName, path.Child("serviceAccountName"));
        CheckSubdomain(errors, spec.NodeName, path.Child("nodeName"));
        if (spec.Hostname.Length > 0) errors.AddInvalid(path.Child("hostname"), spec.Hostname, NameRules.Dns1123Label(spec.Hostname));
        if (spec.Subdomain.Length > 0) errors.AddInvalid(path.Child("subdomain"), spec.Subdomain, NameRules.Dns1123Label(spec.Subdomain));
        CheckSubdomain(errors, spec.PriorityClassName, path.Child("priorityClassName"));
        if (spec.RuntimeClassName is { } runtime)
            errors.AddInvalid(path.Child("runtimeClassName"), runtime, NameRules.Dns1123Subdomain(runtime));
    }

    private static void CheckSubdomain(List<FieldError> errors, string name, FieldPath path)
    {
        if (name.Length > 0) errors.AddInvalid(path, name, NameRules.Dns1123Subdomain(name));
    }

    private static void CheckClaims(List<FieldError> errors, IReadOnlyList<PodResourceClaim> claims, FieldPath path)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < claims.Count; i++)
        {
            var (claim, place) = (claims[i], path.Index(i));
            if (claim.Name.Length == 0) errors.Add(FieldErrors.Required(place.Child("name")));
            else if (!names.Add(claim.Name)) errors.Add(FieldErrors.Duplicate(place.Child("name"), claim.Name));
            else errors.AddInvalid(place.Child("name"), claim.Name, NameRules.Dns1123Label(claim.Name));
            var literal = new GoLiteral($"core.PodResourceClaim{{Name:{GoSyntax.Quote(claim.Name)}, …}}");
            if (claim is { ResourceClaimName: not null, ResourceClaimTemplateName: not null })
                errors.Add(FieldErrors.Invalid(place, literal,
                    "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified"));
            if (claim is { ResourceClaimName: null, ResourceClaimTemplateName: null })
                errors.Add(FieldErrors.Invalid(place, literal, "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`"));
        }
    }

    private static void CheckHostNetwork(List<FieldError> errors, PodSpec spec, bool isPod, FieldPath path)
    {
        if (!spec.HostNetwork) return;
        for (var i = 0; i < spec.Containers.Count; i++)
            for (var j = 0; j < spec.Containers[i].Ports.Count; j++)
                if (spec.Containers[i].Ports[j] is var port && (isPod || port.HostPort != 0) && port.HostPort != port.Port)
                    errors.Add(FieldErrors.Invalid(path.Index(i).Child("ports").Index(j).Child("hostPort"), port.HostPort,
                        "must match `containerPort` when `hostNetwork` is true"));
    }

    private static void CheckDns(List<FieldError> errors, PodDNSConfig? config, string policy, FieldPath path)
    {
        if (policy == "None" && config is null or { Nameservers.Count: 0 })
        {
            errors.Add(config is null
                ? FieldErrors.Required(path, "must provide `dnsConfig` when `dnsPolicy` is None")
                : FieldErrors.Required(path.Child("nameservers"), "must provide at least one DNS nameserver when `dnsPolicy` is None"));
            return;
        }
        if (config is null) return;
        if (config.Nameservers.Count > 3)
            errors.Add(FieldErrors.Invalid(path.Child("nameservers"), config.Nameservers, "must not have more than 3 nameservers"));
        for (var i = 0; i < config.Nameservers.Count; i++)
            AddressRules.CheckAddress(errors, config.Nameservers[i], path.Child("nameservers").Index(i));
        if (config.Searches.Count > 32)
            errors.Add(FieldErrors.Invalid(path.Child("searches"), config.Searches, "must not have more than 32 search paths"));
        if (string.Join(' ', config.Searches).Length > 2048)
            errors.Add(FieldErrors.Invalid(path.Child("searches"), config.Searches,
                "must not have more than 2048 characters (including spaces) in the search list"));
        for (var i = 0; i < config.Searches.Count; i++)
        {
            var search = config.Searches[i].EndsWith('.') ? config.Searches[i][..^1] : config.Searches[i];
            errors.AddInvalid(path.Child("searches").Index(i), search, NameRules.Dns1123Subdomain(search));
        }
        for (var i = 0; i < config.Options.Count; i++)
            if (config.Options[i].Name.Length == 0) errors.Add(FieldErrors.Required(path.Child("options").Index(i), "must not be empty"));
    }

    private static void CheckGates(List<FieldError> errors, IReadOnlyList<PodSchedulingGate> gates, FieldPath path)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < gates.Count; i++)
        {
            errors.AddInvalid(path.Index(i), gates[i].Name, NameRules.QualifiedName(gates[i].Name));
            if (!seen.Add(gates[i].Name)) errors.Add(FieldErrors.Duplicate(path.Index(i), gates[i].Name));
        }
    }

    private static void CheckHostUsers(List<FieldError> errors, PodSpec spec, FieldPath path)
    {
        if (spec.HostUsers != false) return;
        const string refusal = "when `pod.Spec.HostUsers` is false";
        if (spec.HostNetwork) errors.Add(FieldErrors.Forbidden(path.Child("hostNetwork"), refusal));
        if (spec.HostPID) errors.Add(FieldErrors.Forbidden(path.Child("HostPID"), refusal)); // Kubernetes spells these two so.
        if (spec.HostIPC) errors.Add(FieldErrors.Forbidden(path.Child("HostIPC"), refusal));
    }

    private static void CheckHostAliases(List<FieldError> errors, IReadOnlyList<HostAlias> aliases, FieldPath path)
    {
        for (var i = 0; i < aliases.Count; i++)
        {
            AddressRules.CheckAddress(errors, aliases[i].IP, path.Index(i).Child("ip"));
            for (var j = 0; j < aliases[i].Hostnames.Count; j++)
                errors.AddInvalid(path.Index(i).Child("hostnames").Index(j), aliases[i].Hostnames[j],
                    NameRules.Dns1123Subdomain(aliases[i].Hostnames[j]));
        }
    }
}
