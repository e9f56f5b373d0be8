namespace ClusterEmu.Api;

/// <summary>Everything that Kubernetes 1.32 refuses in Endpoints, in its words. Source: pkg/apis/core/validation/validation.go.</summary>
public static class EndpointsValidation
{
    public static IReadOnlyList<FieldError> Create(Endpoints endpoints)
    {
        var errors = new List<FieldError>();
        Check(errors, endpoints);
        return FieldErrors.Distinct(errors);
    }

    public static IReadOnlyList<FieldError> Update(Endpoints endpoints, Endpoints old)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckUpdate(errors, endpoints.Metadata, old.Metadata);
        Check(errors, endpoints);
        return FieldErrors.Distinct(errors);
    }

    private static void Check(List<FieldError> errors, Endpoints endpoints)
    {
        ObjectMetaValidation.CheckCreate(errors, endpoints.Metadata, namespaced: true, ObjectNameRules.Subdomain);
        var path = FieldPath.Of("subsets");
        for (var i = 0; i < endpoints.Subsets.Count; i++)
        {
            var (subset, place) = (endpoints.Subsets[i], path.Index(i));
            if (subset.Addresses.Count == 0 && subset.NotReadyAddresses.Count == 0)
                errors.Add(FieldErrors.Required(place, "must specify `addresses` or `notReadyAddresses`"));
            for (var j = 0; j < subset.Addresses.Count; j++) CheckAddress(errors, subset.Addresses[j], place.Child("addresses").Index(j));
            for (var j = 0; j < subset.NotReadyAddresses.Count; j++)
                CheckAddress(errors, subset.NotReadyAddresses[j], place.Child("notReadyAddresses").Index(j));
            for (var j = 0; j < subset.Ports.Count; j++)
                CheckPort(errors, subset.Ports[j], subset.Ports.Count > 1, place.Child("ports").Index(j));
        }
    }

    private static void CheckAddress(List<FieldError> errors, EndpointAddress address, FieldPath path)
    {
        AddressRules.CheckAddress(errors, address.IP, path.Child("ip"));
        if (address.Hostname.Length > 0)
            errors.AddInvalid(path.Child("hostname"), address.Hostname, NameRules.Dns1123Label(address.Hostname));
        if (address.NodeName is { } node) errors.AddInvalid(path.Child("nodeName"), node, NameRules.Dns1123Subdomain(node));
        AddressRules.CheckNotSpecial(errors, address.IP, path.Child("ip"));
    }

    private static void CheckPort(List<FieldError> errors, EndpointPort port, bool nameRequired, FieldPath path)
    {
        if (port.Name.Length > 0) errors.AddInvalid(path.Child("name"), port.Name, NameRules.Dns1123Label(port.Name));
        else if (nameRequired) errors.Add(FieldErrors.Required(path.Child("name")));
        errors.AddInvalid(path.Child("port"), port.Port, NameRules.PortNumber(port.Port));
        ServicePortRules.CheckProtocol(errors, port.Protocol, path.Child("protocol"));
        if (port.AppProtocol is { } application)
            errors.AddInvalid(path.Child("appProtocol"), application, NameRules.QualifiedName(application));
    }
}
