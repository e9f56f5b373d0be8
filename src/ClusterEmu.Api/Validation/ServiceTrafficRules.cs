namespace ClusterEmu.Api;

/// <summary>Where a Service's traffic may go, and what only load balancers may say.</summary>
internal static class ServiceTrafficRules
{
    private const string SourceRangesAnnotation = "service.beta.kubernetes.io/load-balancer-source-ranges";
    private const string LoadBalancerOnly = "may only be used when `type` is 'LoadBalancer'";
    private static readonly FieldPath Class = FieldPath.Spec.Child("loadBalancerClass");

    internal static void CheckLoadBalancer(List<FieldError> errors, Service service)
    {
        var spec = service.Spec;
        var balances = spec.Type == "LoadBalancer";
        CheckSourceRanges(errors, service, balances);
        if (!balances && spec.AllocateLoadBalancerNodePorts is not null)
            errors.Add(FieldErrors.Forbidden(FieldPath.Spec.Child("allocateLoadBalancerNodePorts"), LoadBalancerOnly));
        if (balances && spec.AllocateLoadBalancerNodePorts is null)
            errors.Add(FieldErrors.Required(FieldPath.Of("allocateLoadBalancerNodePorts")));
        CheckClass(errors, spec);
    }

    internal static void CheckPolicies(List<FieldError> errors, ServiceSpec spec)
    {
        CheckExternalPolicy(errors, spec);
        CheckHealthCheckPort(errors, spec);

        var path = FieldPath.Spec.Child("internalTrafficPolicy");
        if (spec.InternalTrafficPolicy is null && spec.Type is "NodePort" or "LoadBalancer" or "ClusterIP")
            errors.Add(FieldErrors.Required(path));
        if (spec.InternalTrafficPolicy is not (null or "Cluster" or "Local"))
            errors.Add(FieldErrors.NotSupported(path, spec.InternalTrafficPolicy, "Cluster", "Local"));

        if (spec.TrafficDistribution is not (null or "PreferClose"))
            errors.Add(FieldErrors.NotSupported(FieldPath.Spec.Child("trafficDistribution"), spec.TrafficDistribution, "PreferClose"));
    }

    internal static void CheckUpdate(List<FieldError> errors, ServiceSpec spec, ServiceSpec old)
    {
        if (spec.Type == "LoadBalancer" && old.Type == "LoadBalancer" && spec.LoadBalancerClass != old.LoadBalancerClass)
            errors.Add(FieldErrors.Invalid(Class, spec.LoadBalancerClass, "may not change once set"));
        CheckClass(errors, spec);
        if (spec.NeedsHealthCheckNodePort() && old.NeedsHealthCheckNodePort() && spec.HealthCheckNodePort != old.HealthCheckNodePort)
            errors.Add(FieldErrors.Forbidden(FieldPath.Spec.Child("healthCheckNodePort"), "field is immutable"));
    }

    private static void CheckClass(List<FieldError> errors, ServiceSpec spec)
    {
        if (spec.LoadBalancerClass is not { } name) return;
        if (spec.Type == "LoadBalancer") errors.AddInvalid(Class, name, NameRules.QualifiedName(name));
        else errors.Add(FieldErrors.Forbidden(Class, LoadBalancerOnly));
    }

    private static void CheckSourceRanges(List<FieldError> errors, Service service, bool balances)
    {
        if (service.Spec.LoadBalancerSourceRanges is { Count: > 0 } ranges)
        {
            var path = FieldPath.Spec.Child("LoadBalancerSourceRanges"); // Kubernetes spells it so.
            if (!balances) errors.Add(FieldErrors.Forbidden(path, LoadBalancerOnly));
            for (var i = 0; i < ranges.Count; i++) AddressRules.CheckCidr(errors, ranges[i].Trim(), path.Index(i));
        }
        else if (service.Metadata.Annotations.TryGetValue(SourceRangesAnnotation, out var text))
        {
            var path = FieldPath.Metadata.Child("annotations").Key(SourceRangesAnnotation);
            if (!balances) errors.Add(FieldErrors.Forbidden(path, LoadBalancerOnly));
            if (text.Trim().Length == 0) return;
            foreach (var range in text.Trim().Split(',')) AddressRules.CheckCidr(errors, range.Trim(), path);
        }
    }

    private static void CheckExternalPolicy(List<FieldError> errors, ServiceSpec spec)
    {
        var path = FieldPath.Spec.Child("externalTrafficPolicy");
        if (!spec.IsExternallyAccessible())
        {
            if (spec.ExternalTrafficPolicy.Length > 0)
                errors.Add(FieldErrors.Invalid(path, spec.ExternalTrafficPolicy, "may only be set for externally-accessible services"));
        }
        else if (spec.ExternalTrafficPolicy.Length == 0) errors.Add(FieldErrors.Required(path));
        else if (spec.ExternalTrafficPolicy is not ("Cluster" or "Local"))
            errors.Add(FieldErrors.NotSupported(path, spec.ExternalTrafficPolicy, "Cluster", "Local"));
    }

    private static void CheckHealthCheckPort(List<FieldError> errors, ServiceSpec spec)
    {
        var path = FieldPath.Spec.Child("healthCheckNodePort");
        if (!spec.NeedsHealthCheckNodePort())
        {
            if (spec.HealthCheckNodePort != 0)
                errors.Add(FieldErrors.Invalid(path, spec.HealthCheckNodePort,
                    "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'"));
        }
        else if (spec.HealthCheckNodePort == 0) errors.Add(FieldErrors.Required(path));
        else errors.AddInvalid(path, spec.HealthCheckNodePort, NameRules.PortNumber(spec.HealthCheckNodePort));
    }
}
