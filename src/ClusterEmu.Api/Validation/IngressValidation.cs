namespace ClusterEmu.Api;

/// <summary>Everything that Kubernetes 1.32 refuses in an Ingress, in its words. Source: pkg/apis/networking/validation.</summary>
public static class IngressValidation
{
    private const string ClassAnnotation = "kubernetes.io/ingress.class";
    private static readonly string[] PathParts = ["//", "/./", "/../", "%2f", "%2F"];
    private static readonly string[] PathEnds = ["/..", "/."];

    public static IReadOnlyList<FieldError> Create(Ingress ingress)
    {
        var errors = new List<FieldError>();
        Check(errors, ingress);
        if (ingress.Metadata.Annotations.TryGetValue(ClassAnnotation, out var said) && ingress.Spec.IngressClassName is { } name && said != name)
            errors.Add(FieldErrors.Invalid(FieldPath.Of("annotations").Child(ClassAnnotation), said, "must match `ingressClassName` when both are specified"));
        return FieldErrors.Distinct(errors);
    }

    public static IReadOnlyList<FieldError> Update(Ingress ingress, Ingress old)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckUpdate(errors, ingress.Metadata, old.Metadata);
        if (ReferenceEquals(ingress.Spec, old.Spec)) CheckStatus(errors, ingress.Status);
        else Check(errors, ingress);
        return FieldErrors.Distinct(errors);
    }

    private static void Check(List<FieldError> errors, Ingress ingress)
    {
        ObjectMetaValidation.CheckCreate(errors, ingress.Metadata, namespaced: true, ObjectNameRules.Subdomain);
        var (spec, path) = (ingress.Spec, FieldPath.Spec);
        if (spec.Rules.Count == 0 && spec.DefaultBackend is null)
            errors.Add(FieldErrors.Invalid(path, new GoLiteral("[]networking.IngressRule(nil)"), "either `defaultBackend` or `rules` must be specified"));
        if (spec.DefaultBackend is { } backend) IngressBackendRules.Check(errors, backend, path.Child("defaultBackend"));
        for (var i = 0; i < spec.Rules.Count; i++) CheckRule(errors, spec.Rules[i], path.Child("rules").Index(i));
        for (var i = 0; i < spec.TLS.Count; i++) CheckTls(errors, spec.TLS[i], path.Child("tls").Index(i));
        if (spec.IngressClassName is { } name) errors.AddInvalid(path.Child("ingressClassName"), name, NameRules.Dns1123Subdomain(name));
    }

    private static void CheckRule(List<FieldError> errors, IngressRule rule, FieldPath path)
    {
        var host = path.Child("host");
        if (rule.Host.Length > 0)
        {
            if (AddressRules.Parse(rule.Host) is not null) errors.Add(FieldErrors.Invalid(host, rule.Host, "must be a DNS name, not an IP address"));
            CheckHost(errors, rule.Host, host);
        }
        if (rule.HTTP is not { } http) return;
        var paths = path.Child("http").Child("paths");
        if (http.Paths.Count == 0) errors.Add(FieldErrors.Required(paths));
        for (var i = 0; i < http.Paths.Count; i++) CheckPath(errors, http.Paths[i], paths.Index(i));
    }

    private static void CheckHost(List<FieldError> errors, string host, FieldPath path) =>
        errors.AddInvalid(path, host, host.Contains('*', StringComparison.Ordinal) ? NameRules.WildcardSubdomain(host) : NameRules.Dns1123Subdomain(host));

    private static void CheckPath(List<FieldError> errors, HTTPIngressPath path, FieldPath place)
    {
        var (text, at) = (path.Path, place.Child("path"));
        switch (path.PathType)
        {
            case null:
                errors.Add(FieldErrors.Required(place.Child("pathType"), "pathType must be specified"));
                return;
            case "Exact" or "Prefix":
                if (!text.StartsWith('/')) errors.Add(FieldErrors.Invalid(at, text, "must be an absolute path"));
                foreach (var part in PathParts)
                    if (text.Contains(part, StringComparison.Ordinal)) errors.Add(FieldErrors.Invalid(at, text, $"must not contain '{part}'"));
                foreach (var end in PathEnds)
                    if (text.EndsWith(end, StringComparison.Ordinal)) errors.Add(FieldErrors.Invalid(at, text, $"cannot end with '{end}'"));
                break;
            case "ImplementationSpecific":
                if (text.Length > 0 && !text.StartsWith('/')) errors.Add(FieldErrors.Invalid(at, text, "must be an absolute path"));
                break;
            default:
                errors.Add(FieldErrors.NotSupported(place.Child("pathType"), path.PathType, "Exact", "ImplementationSpecific", "Prefix"));
                break;
        }
        IngressBackendRules.Check(errors, path.Backend, place.Child("backend"));
    }

    private static void CheckTls(List<FieldError> errors, IngressTLS tls, FieldPath path)
    {
        for (var i = 0; i < tls.Hosts.Count; i++) CheckHost(errors, tls.Hosts[i], path.Child("hosts").Index(i));
        if (tls.SecretName.Length > 0) errors.AddInvalid(path.Child("secretName"), tls.SecretName, NameRules.Dns1123Subdomain(tls.SecretName));
    }

    private static void CheckStatus(List<FieldError> errors, IngressStatus status)
    {
        var path = FieldPath.Status.Child("loadBalancer").Child("ingress");
        for (var i = 0; i < status.LoadBalancer.Ingress.Count; i++)
        {
            var (ingress, place) = (status.LoadBalancer.Ingress[i], path.Index(i));
            if (ingress.IP.Length > 0) AddressRules.CheckAddress(errors, ingress.IP, place.Child("ip"));
            if (ingress.Hostname.Length == 0) continue;
            errors.AddInvalid(place.Child("hostname"), ingress.Hostname, NameRules.Dns1123Subdomain(ingress.Hostname));
            if (AddressRules.Parse(ingress.Hostname) is not null)
                errors.Add(FieldErrors.Invalid(place.Child("hostname"), ingress.Hostname, "must be a DNS name, not an IP address"));
        }
    }
}
