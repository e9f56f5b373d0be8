namespace ClusterEmu.Api;

/// <summary>Where an Ingress sends requests. Source: validateIngressBackend in pkg/apis/networking/validation.</summary>
internal static class IngressBackendRules
{
    internal static void Check(List<FieldError> errors, IngressBackend backend, FieldPath path)
    {
        switch (backend)
        {
            case { Resource: not null, Service: not null }:
                errors.Add(FieldErrors.Invalid(path, "", "cannot set both resource and service backends"));
                break;
            case { Resource: { } resource }:
                Check(errors, resource, path.Child("resource"));
                break;
            case { Service: { } service }:
                Check(errors, service, path);
                break;
            default:
                errors.Add(FieldErrors.Invalid(path, "", "resource or service backend is required"));
                break;
        }
    }

    private static void Check(List<FieldError> errors, TypedLocalObjectReference reference, FieldPath path)
    {
        if (reference.ApiGroup is { } group) errors.AddInvalid(path.Child("apiGroup"), group, NameRules.Dns1123Subdomain(group));
        CheckSegment(errors, reference.Kind, path.Child("kind"));
        CheckSegment(errors, reference.Name, path.Child("name"));
    }

    private static void Check(List<FieldError> errors, IngressServiceBackend service, FieldPath path)
    {
        var (place, port) = (path.Child("service"), service.Port);
        if (service.Name.Length == 0) errors.Add(FieldErrors.Required(place.Child("name")));
        else errors.AddInvalid(place.Child("name"), service.Name, NameRules.Dns1035Label(service.Name));
        switch (port)
        {
            case { Name.Length: > 0, Number: not 0 }:
                errors.Add(FieldErrors.Invalid(path, "", "cannot set both port name & port number"));
                break;
            case { Name.Length: > 0 }:
                errors.AddInvalid(place.Child("port").Child("name"), port.Name, NameRules.PortName(port.Name));
                break;
            case { Number: not 0 }:
                errors.AddInvalid(place.Child("port").Child("number"), port.Number, NameRules.PortNumber(port.Number));
                break;
            default:
                errors.Add(FieldErrors.Required(path, "port name or number is required"));
                break;
        }
    }

    internal static void CheckSegment(List<FieldError> errors, string value, FieldPath path)
    {
        if (value.Length == 0) errors.Add(FieldErrors.Required(path));
        else errors.AddInvalid(path, value, NameRules.PathSegment(value, prefix: false));
    }
}
