namespace ClusterEmu.Api;

/// <summary>The ports of a Service, each by itself and all together.</summary>
internal static class ServicePortRules
{
    private static readonly FieldPath Ports = FieldPath.Spec.Child("ports");

    internal static void CheckEach(List<FieldError> errors, ServiceSpec spec)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < spec.Ports.Count; i++) Check(errors, spec.Ports[i], spec.Ports.Count > 1, names, Ports.Index(i));
    }

    internal static void CheckTogether(List<FieldError> errors, ServiceSpec spec)
    {
        if (spec.Type == "ClusterIP")
            for (var i = 0; i < spec.Ports.Count; i++)
                if (spec.Ports[i].NodePort != 0)
                    errors.Add(FieldErrors.Forbidden(Ports.Index(i).Child("nodePort"), "may not be used when `type` is 'ClusterIP'"));

        var nodePorts = new HashSet<(string, int)>();
        for (var i = 0; i < spec.Ports.Count; i++)
            if (spec.Ports[i].NodePort is not 0 and var nodePort && !nodePorts.Add((spec.Ports[i].Protocol, nodePort)))
                errors.Add(FieldErrors.Duplicate(Ports.Index(i).Child("nodePort"), nodePort));

        var ports = new HashSet<(string, int)>();
        for (var i = 0; i < spec.Ports.Count; i++)
            if (!ports.Add((spec.Ports[i].Protocol, spec.Ports[i].Port)))
                errors.Add(FieldErrors.Duplicate(Ports.Index(i), Literal(spec.Ports[i])));
    }

    /// <summary>A number from 1 to 65535 or a name.</summary>
    internal static void CheckNumberOrName(List<FieldError> errors, IntOrString port, FieldPath path)
    {
        if (port.IsString) errors.AddInvalid(path, port.Text, NameRules.PortName(port.Text));
        else errors.AddInvalid(path, port.Number, NameRules.PortNumber(port.Number));
    }

    internal static void CheckProtocol(List<FieldError> errors, string protocol, FieldPath path)
    {
        if (protocol.Length == 0) errors.Add(FieldErrors.Required(path));
        else if (protocol is not ("SCTP" or "TCP" or "UDP")) errors.Add(FieldErrors.NotSupported(path, protocol, "SCTP", "TCP", "UDP"));
    }

    private static void Check(List<FieldError> errors, ServicePort port, bool nameRequired, HashSet<string> names, FieldPath path)
    {
        if (port.Name.Length > 0)
        {
            errors.AddInvalid(path.Child("name"), port.Name, NameRules.Dns1123Label(port.Name));
            if (!names.Add(port.Name)) errors.Add(FieldErrors.Duplicate(path.Child("name"), port.Name));
        }
        else if (nameRequired) errors.Add(FieldErrors.Required(path.Child("name")));
        errors.AddInvalid(path.Child("port"), port.Port, NameRules.PortNumber(port.Port));
        CheckProtocol(errors, port.Protocol, path.Child("protocol"));
        CheckNumberOrName(errors, port.TargetPort, path.Child("targetPort"));
        if (port.AppProtocol is { } application)
            errors.AddInvalid(path.Child("appProtocol"), application, NameRules.QualifiedName(application));
    }

    /// <summary>Kubernetes shows the whole structure with only protocol and port filled in.</summary>
    private static GoLiteral Literal(ServicePort port) => new(
        $"core.ServicePort{{Name:\"\", Protocol:{GoSyntax.Quote(port.Protocol)}, AppProtocol:(*string)(nil), Port:{GoSyntax.Write(port.Port)}, " +
        "TargetPort:intstr.IntOrString{Type:0, IntVal:0, StrVal:\"\"}, NodePort:0}");
}
