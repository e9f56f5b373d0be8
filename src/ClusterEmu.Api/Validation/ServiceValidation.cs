namespace ClusterEmu.Api;

/// <summary>Everything that Kubernetes 1.32 refuses in a Service, in its words. Source: pkg/apis/core/validation/validation.go.</summary>
/// <remarks>
/// It runs after addresses and ports have been allocated. Whether a chosen address or port is free is the
/// allocator's affair: <see cref="ServiceAllocationErrors"/> has those texts.
/// </remarks>
public static class ServiceValidation
{
    private const string HintsAnnotation = "service.kubernetes.io/topology-aware-hints";
    private const string TopologyModeAnnotation = "service.kubernetes.io/topology-mode";

    public static IReadOnlyList<FieldError> Create(Service service)
    {
        var errors = new List<FieldError>();
        Check(errors, service);
        return FieldErrors.Distinct(errors);
    }

    public static IReadOnlyList<FieldError> Update(Service service, Service old)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckUpdate(errors, service.Metadata, old.Metadata);
        if (ReferenceEquals(service.Spec, old.Spec)) // The status subresource: only the status can differ.
        {
            ServiceStatusRules.Check(errors, service);
            return FieldErrors.Distinct(errors);
        }
        ServiceAddressRules.CheckUpdate(errors, service.Spec, old.Spec);
        ServiceTrafficRules.CheckUpdate(errors, service.Spec, old.Spec);
        Check(errors, service);
        return FieldErrors.Distinct(errors);
    }

    private static void Check(List<FieldError> errors, Service service)
    {
        var meta = service.Metadata;
        var spec = service.Spec;
        ObjectMetaValidation.CheckCreate(errors, meta, namespaced: true, ObjectNameRules.ServiceLabel);
        if (meta.Annotations.TryGetValue(TopologyModeAnnotation, out var mode)
            && meta.Annotations.TryGetValue(HintsAnnotation, out var hints) && mode != hints)
            errors.Add(FieldErrors.Invalid(FieldPath.Metadata.Child("annotations").Key(TopologyModeAnnotation), mode,
                $"must match annotations[{HintsAnnotation}] when both are specified"));

        if (spec.Ports.Count == 0 && !spec.IsHeadless() && spec.Type != "ExternalName")
            errors.Add(FieldErrors.Required(FieldPath.Spec.Child("ports")));
        CheckTypeDependents(errors, spec);
        ServicePortRules.CheckEach(errors, spec);
        LabelRules.CheckLabels(errors, spec.Selector, FieldPath.Spec.Child("selector"));
        CheckAffinity(errors, spec);
        ServiceAddressRules.Check(errors, spec);
        CheckExternalIPs(errors, spec);

        if (spec.Type.Length == 0) errors.Add(FieldErrors.Required(FieldPath.Spec.Child("type")));
        else if (spec.Type is not ("ClusterIP" or "ExternalName" or "LoadBalancer" or "NodePort"))
            errors.Add(FieldErrors.NotSupported(FieldPath.Spec.Child("type"), spec.Type, "ClusterIP", "ExternalName", "LoadBalancer",
                "NodePort"));

        ServicePortRules.CheckTogether(errors, spec);
        ServiceTrafficRules.CheckLoadBalancer(errors, service);
        ServiceTrafficRules.CheckPolicies(errors, spec);
        CheckTopologyKeys(errors, spec);
    }

    private static void CheckTypeDependents(List<FieldError> errors, ServiceSpec spec)
    {
        switch (spec.Type)
        {
            case "LoadBalancer" or "NodePort" when spec.IsHeadless():
                errors.Add(FieldErrors.Invalid(FieldPath.Spec.Child("clusterIPs").Index(0), spec.ClusterIPs[0],
                    $"may not be set to 'None' for {spec.Type} services"));
                break;
            case "ExternalName":
                const string refusal = "may not be set for ExternalName services";
                if (spec.ClusterIPs.Count > 0) errors.Add(FieldErrors.Forbidden(FieldPath.Spec.Child("clusterIPs"), refusal));
                if (spec.IPFamilies.Count > 0) errors.Add(FieldErrors.Forbidden(FieldPath.Spec.Child("ipFamilies"), refusal));
                if (spec.IPFamilyPolicy is not null) errors.Add(FieldErrors.Forbidden(FieldPath.Spec.Child("ipFamilyPolicy"), refusal));
                var name = spec.ExternalName.EndsWith('.') ? spec.ExternalName[..^1] : spec.ExternalName;
                var path = FieldPath.Spec.Child("externalName");
                if (name.Length > 0) errors.AddInvalid(path, name, NameRules.Dns1123Subdomain(name));
                else errors.Add(FieldErrors.Required(path));
                break;
        }
    }

    private static void CheckAffinity(List<FieldError> errors, ServiceSpec spec)
    {
        var path = FieldPath.Spec.Child("sessionAffinity");
        var configPath = FieldPath.Spec.Child("sessionAffinityConfig");
        if (spec.SessionAffinity.Length == 0) errors.Add(FieldErrors.Required(path));
        else if (spec.SessionAffinity is not ("ClientIP" or "None"))
            errors.Add(FieldErrors.NotSupported(path, spec.SessionAffinity, "ClientIP", "None"));

        const string reason = "when session affinity type is ClientIP";
        if (spec.SessionAffinity == "ClientIP")
        {
            var timeoutPath = configPath.Child("clientIP").Child("timeoutSeconds");
            if (spec.SessionAffinityConfig is not { } config) errors.Add(FieldErrors.Required(configPath, reason));
            else if (config.ClientIP is not { } client) errors.Add(FieldErrors.Required(configPath.Child("clientIP"), reason));
            else if (client.TimeoutSeconds is not { } timeout) errors.Add(FieldErrors.Required(timeoutPath, reason));
            else if (timeout is <= 0 or > 86400)
                errors.Add(FieldErrors.Invalid(timeoutPath, timeout, "must be greater than 0 and less than 86400"));
        }
        else if (spec is { SessionAffinity: "None", SessionAffinityConfig: not null })
            errors.Add(FieldErrors.Forbidden(configPath, "must not be set when session affinity is None"));
    }

    private static void CheckExternalIPs(List<FieldError> errors, ServiceSpec spec)
    {
        for (var i = 0; i < spec.ExternalIPs.Count; i++)
        {
            var path = FieldPath.Spec.Child("externalIPs").Index(i);
            if (AddressRules.Parse(spec.ExternalIPs[i]) is null) AddressRules.CheckAddress(errors, spec.ExternalIPs[i], path);
            else AddressRules.CheckNotSpecial(errors, spec.ExternalIPs[i], path);
        }
    }

    /// <summary>A field that Kubernetes had up to 1.21; these are its rules of 1.20.</summary>
    private static void CheckTopologyKeys(List<FieldError> errors, ServiceSpec spec)
    {
        if (spec.TopologyKeys.Count == 0) return;
        var path = FieldPath.Spec.Child("topologyKeys");
        if (spec.ExternalTrafficPolicy == "Local")
            errors.Add(FieldErrors.Forbidden(path, "may not be specified when `externalTrafficPolicy=Local`"));
        if (spec.TopologyKeys.Count > 16) errors.Add(FieldErrors.TooMany(path, spec.TopologyKeys.Count, 16));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < spec.TopologyKeys.Count; i++)
        {
            var key = spec.TopologyKeys[i];
            if (!seen.Add(key)) errors.Add(FieldErrors.Duplicate(path.Index(i), key));
            if (key != "*") errors.AddInvalid(path.Index(i), spec.TopologyKeys, NameRules.QualifiedName(key));
            else if (i != spec.TopologyKeys.Count - 1)
                errors.Add(FieldErrors.Invalid(path.Index(i), key, "\"*\" must be the last value specified"));
        }
    }
}
