namespace ClusterEmu.Api;

/// <summary>Everything that Kubernetes 1.32 refuses in an EndpointSlice, in its words.</summary>
/// <remarks>Source: pkg/apis/discovery/validation/validation.go.</remarks>
public static class EndpointSliceValidation
{
    private const int MaxEndpoints = 1000;
    private const int MaxAddresses = 100;
    private const int MaxPorts = 20000;
    private const int MaxTopologyLabels = 16;
    private const int MaxZoneHints = 8;

    public static IReadOnlyList<FieldError> Create(EndpointSlice slice)
    {
        var errors = new List<FieldError>();
        Check(errors, slice, ["FQDN", "IPv4", "IPv6"]);
        return FieldErrors.Distinct(errors);
    }

    public static IReadOnlyList<FieldError> Update(EndpointSlice slice, EndpointSlice old)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckUpdate(errors, slice.Metadata, old.Metadata);
        Check(errors, slice, ["FQDN", "IP", "IPv4", "IPv6"]);
        ObjectMetaValidation.CheckImmutable(errors, slice.AddressType, old.AddressType, FieldPath.Of("addressType"));
        return FieldErrors.Distinct(errors);
    }

    private static void Check(List<FieldError> errors, EndpointSlice slice, string[] types)
    {
        ObjectMetaValidation.CheckCreate(errors, slice.Metadata, namespaced: true, ObjectNameRules.Subdomain);
        if (slice.AddressType.Length == 0) errors.Add(FieldErrors.Required(FieldPath.Of("addressType")));
        else if (!types.Contains(slice.AddressType))
            errors.Add(FieldErrors.NotSupported(FieldPath.Of("addressType"), slice.AddressType, types));

        var endpoints = FieldPath.Of("endpoints");
        if (slice.Endpoints.Count > MaxEndpoints) errors.Add(FieldErrors.TooMany(endpoints, slice.Endpoints.Count, MaxEndpoints));
        else
            for (var i = 0; i < slice.Endpoints.Count; i++) Check(errors, slice.Endpoints[i], slice.AddressType, endpoints.Index(i));
        CheckPorts(errors, slice.Ports, FieldPath.Of("ports"));
    }

    private static void Check(List<FieldError> errors, Endpoint endpoint, string type, FieldPath path)
    {
        var addresses = path.Child("addresses");
        if (endpoint.Addresses.Count == 0) errors.Add(FieldErrors.Required(addresses, "must contain at least 1 address"));
        else if (endpoint.Addresses.Count > MaxAddresses)
            errors.Add(FieldErrors.TooMany(addresses, endpoint.Addresses.Count, MaxAddresses));
        for (var i = 0; i < endpoint.Addresses.Count; i++) CheckAddress(errors, endpoint.Addresses[i], type, addresses.Index(i));
        if (endpoint.NodeName is { } node) errors.AddInvalid(path.Child("nodeName"), node, NameRules.Dns1123Subdomain(node));

        var topology = path.Child("deprecatedTopology");
        if (endpoint.DeprecatedTopology.Count > MaxTopologyLabels)
            errors.Add(FieldErrors.TooMany(topology, endpoint.DeprecatedTopology.Count, MaxTopologyLabels));
        LabelRules.CheckLabels(errors, endpoint.DeprecatedTopology, topology);
        if (endpoint.Hostname is { } host) errors.AddInvalid(path.Child("hostname"), host, NameRules.Dns1123Label(host));
        if (endpoint.Hints is { } hints) CheckHints(errors, hints.ForZones, path.Child("hints").Child("forZones"));
    }

    private static void CheckAddress(List<FieldError> errors, string address, string type, FieldPath path)
    {
        switch (type)
        {
            case "IP":
                AddressRules.CheckAddress(errors, address, path);
                break;
            case "IPv4":
                AddressRules.CheckV4(errors, address, path);
                AddressRules.CheckNotSpecial(errors, address, path);
                break;
            case "IPv6":
                AddressRules.CheckV6(errors, address, path);
                AddressRules.CheckNotSpecial(errors, address, path);
                break;
            case "FQDN":
                CheckDomain(errors, address, path);
                break;
        }
    }

    private static void CheckDomain(List<FieldError> errors, string address, FieldPath path)
    {
        var name = address.EndsWith('.') ? address[..^1] : address;
        if (address.Length == 0) errors.Add(FieldErrors.Required(path));
        else if (NameRules.Dns1123Subdomain(name) is { Count: > 0 } problems)
            errors.Add(FieldErrors.Invalid(path, name, string.Join(",", problems)));
        else if (!name.Contains('.', StringComparison.Ordinal))
            errors.Add(FieldErrors.Invalid(path, name, "should be a domain with at least two segments separated by dots"));
        else if (name.Split('.').FirstOrDefault(label => NameRules.Dns1123Label(label).Count > 0) is { } bad)
            errors.Add(FieldErrors.Invalid(path, bad, string.Join(",", NameRules.Dns1123Label(bad))));
    }

    private static void CheckHints(List<FieldError> errors, IReadOnlyList<ForZone> zones, FieldPath path)
    {
        if (zones.Count > MaxZoneHints)
        {
            errors.Add(FieldErrors.TooMany(path, zones.Count, MaxZoneHints));
            return;
        }
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < zones.Count; i++)
        {
            var place = path.Index(i).Child("name");
            if (!seen.Add(zones[i].Name)) errors.Add(FieldErrors.Duplicate(place, zones[i].Name));
            errors.AddInvalid(place, zones[i].Name, NameRules.LabelValue(zones[i].Name));
        }
    }

    private static void CheckPorts(List<FieldError> errors, IReadOnlyList<EndpointSlicePort> ports, FieldPath path)
    {
        if (ports.Count > MaxPorts)
        {
            errors.Add(FieldErrors.TooMany(path, ports.Count, MaxPorts));
            return;
        }
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < ports.Count; i++)
        {
            var (port, name, place) = (ports[i], ports[i].Name ?? "", path.Index(i));
            if (name.Length > 0) errors.AddInvalid(place.Child("name"), name, NameRules.Dns1123Label(name));
            if (!names.Add(name)) errors.Add(FieldErrors.Duplicate(place.Child("name"), name));
            if (port.Protocol is null) errors.Add(FieldErrors.Required(place.Child("protocol")));
            else if (port.Protocol is not ("SCTP" or "TCP" or "UDP"))
                errors.Add(FieldErrors.NotSupported(place.Child("protocol"), port.Protocol, "SCTP", "TCP", "UDP"));
            if (port.AppProtocol is { } application)
                errors.AddInvalid(place.Child("appProtocol"), application, NameRules.QualifiedName(application));
        }
    }
}
