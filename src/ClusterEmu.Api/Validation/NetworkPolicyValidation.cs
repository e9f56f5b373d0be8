namespace ClusterEmu.Api;

/// <summary>Everything that Kubernetes 1.32 refuses in a NetworkPolicy, in its words. Source: pkg/apis/networking/validation.</summary>
public static class NetworkPolicyValidation
{
    public static IReadOnlyList<FieldError> Create(NetworkPolicy policy)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckCreate(errors, policy.Metadata, namespaced: true, ObjectNameRules.Subdomain);
        Check(errors, policy.Spec);
        return FieldErrors.Distinct(errors);
    }

    public static IReadOnlyList<FieldError> Update(NetworkPolicy policy, NetworkPolicy old)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckUpdate(errors, policy.Metadata, old.Metadata);
        Check(errors, policy.Spec);
        return FieldErrors.Distinct(errors);
    }

    private static void Check(List<FieldError> errors, NetworkPolicySpec spec)
    {
        var path = FieldPath.Spec;
        LabelRules.CheckSelector(errors, spec.PodSelector, path.Child("podSelector"));
        for (var i = 0; i < spec.Ingress.Count; i++)
            CheckRule(errors, spec.Ingress[i].Ports, spec.Ingress[i].From, "from", path.Child("ingress").Index(i));
        for (var i = 0; i < spec.Egress.Count; i++)
            CheckRule(errors, spec.Egress[i].Ports, spec.Egress[i].To, "to", path.Child("egress").Index(i));
        var types = path.Child("policyTypes");
        if (spec.PolicyTypes.Count > 2)
        {
            errors.Add(FieldErrors.Invalid(
                types, new GoLiteral("&" + GoSyntax.List("networking.PolicyType", spec.PolicyTypes)), "may not specify more than two policyTypes"));
            return;
        }
        for (var i = 0; i < spec.PolicyTypes.Count; i++)
            if (spec.PolicyTypes[i] is not ("Ingress" or "Egress"))
                errors.Add(FieldErrors.NotSupported(types.Index(i), spec.PolicyTypes[i], "Ingress", "Egress"));
    }

    private static void CheckRule(List<FieldError> errors, IReadOnlyList<NetworkPolicyPort> ports, IReadOnlyList<NetworkPolicyPeer> peers, string side, FieldPath path)
    {
        for (var i = 0; i < ports.Count; i++) CheckPort(errors, ports[i], path.Child("ports").Index(i));
        for (var i = 0; i < peers.Count; i++) CheckPeer(errors, peers[i], path.Child(side).Index(i));
    }

    private static void CheckPort(List<FieldError> errors, NetworkPolicyPort port, FieldPath path)
    {
        if (port.Protocol is not (null or "TCP" or "UDP" or "SCTP")) errors.Add(FieldErrors.NotSupported(path.Child("protocol"), port.Protocol, "TCP", "UDP", "SCTP"));
        var (first, end) = (path.Child("port"), path.Child("endPort"));
        switch (port.Port)
        {
            case null:
                if (port.EndPort is not null) errors.Add(FieldErrors.Invalid(end, port.EndPort, "may not be specified when `port` is not specified"));
                break;
            case { IsString: true } name:
                if (port.EndPort is not null) errors.Add(FieldErrors.Invalid(end, port.EndPort, "may not be specified when `port` is non-numeric"));
                errors.AddInvalid(first, name.Text, NameRules.PortName(name.Text));
                break;
            case { } number:
                errors.AddInvalid(first, number.Number, NameRules.PortNumber(number.Number));
                if (port.EndPort is not { } last) break;
                if (last < number.Number) errors.Add(FieldErrors.Invalid(end, last, "must be greater than or equal to `port`"));
                errors.AddInvalid(end, last, NameRules.PortNumber(last));
                break;
        }
    }

    private static void CheckPeer(List<FieldError> errors, NetworkPolicyPeer peer, FieldPath path)
    {
        LabelRules.CheckSelector(errors, peer.PodSelector, path.Child("podSelector"));
        LabelRules.CheckSelector(errors, peer.NamespaceSelector, path.Child("namespaceSelector"));
        if (peer.IPBlock is { } block) CheckBlock(errors, block, path.Child("ipBlock"));
        var selects = peer.PodSelector is not null || peer.NamespaceSelector is not null;
        if (!selects && peer.IPBlock is null) errors.Add(FieldErrors.Required(path, "must specify a peer"));
        else if (selects && peer.IPBlock is not null) errors.Add(FieldErrors.Forbidden(path, "may not specify both ipBlock and another peer"));
    }

    private static void CheckBlock(List<FieldError> errors, IPBlock block, FieldPath path)
    {
        if (block.CIDR.Length == 0)
        {
            errors.Add(FieldErrors.Required(path.Child("cidr")));
            return;
        }
        AddressRules.CheckCidr(errors, block.CIDR, path.Child("cidr"));
        if (AddressRules.ParseCidr(block.CIDR) is not { } whole) return;
        for (var i = 0; i < block.Except.Count; i++)
        {
            var place = path.Child("except").Index(i);
            AddressRules.CheckCidr(errors, block.Except[i], place);
            if (AddressRules.ParseCidr(block.Except[i]) is { } part && !(part.Length > whole.Length && Contains(whole, part.Address)))
                errors.Add(FieldErrors.Invalid(place, block.Except[i], "must be a strict subset of `cidr`"));
        }
    }

    private static bool Contains((System.Net.IPAddress Address, int Length) range, System.Net.IPAddress address)
    {
        byte[] one = range.Address.GetAddressBytes(), other = address.GetAddressBytes();
        if (one.Length != other.Length) return false;
        for (var bit = 0; bit < range.Length; bit++)
            if (((one[bit / 8] ^ other[bit / 8]) & (0x80 >> (bit % 8))) != 0) return false;
        return true;
    }
}
