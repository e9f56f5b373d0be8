namespace ClusterEmu.Api;

/// <summary>What a load balancer may report of a Service.</summary>
internal static class ServiceStatusRules
{
    internal static void Check(List<FieldError> errors, Service service)
    {
        var path = FieldPath.Status.Child("loadBalancer").Child("ingress");
        var ingress = service.Status.LoadBalancer.Ingress;
        if (service.Spec.Type != "LoadBalancer")
        {
            if (ingress.Count > 0) errors.Add(FieldErrors.Forbidden(path, "may only be used when `spec.type` is 'LoadBalancer'"));
            return;
        }
        for (var i = 0; i < ingress.Count; i++) Check(errors, ingress[i], path.Index(i));
    }

    private static void Check(List<FieldError> errors, LoadBalancerIngress ingress, FieldPath path)
    {
        var addressed = ingress.IP.Length > 0;
        if (addressed) AddressRules.CheckAddress(errors, ingress.IP, path.Child("ip"));
        if (ingress.IPMode is null)
        {
            if (addressed) errors.Add(FieldErrors.Required(path.Child("ipMode"), "must be specified when `ip` is set"));
        }
        else if (!addressed) errors.Add(FieldErrors.Forbidden(path.Child("ipMode"), "may not be specified when `ip` is not set"));
        else if (ingress.IPMode is not ("Proxy" or "VIP"))
            errors.Add(FieldErrors.NotSupported(path.Child("ipMode"), ingress.IPMode, "Proxy", "VIP"));

        if (ingress.Hostname.Length == 0) return;
        errors.AddInvalid(path.Child("hostname"), ingress.Hostname, NameRules.Dns1123Subdomain(ingress.Hostname));
        if (AddressRules.Parse(ingress.Hostname) is not null)
            errors.Add(FieldErrors.Invalid(path.Child("hostname"), ingress.Hostname, "must be a DNS name, not an IP address"));
    }
}
