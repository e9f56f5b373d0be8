using System.Globalization;
using ClusterEmu.Api;

namespace ClusterEmu.Network;

/// <summary>Reads the fabric's members from the objects by which they register (see <see cref="Registration"/>).</summary>
/// <remarks>What cannot be read is left out: the directory then says that it knows no way.</remarks>
public static class FabricMemberReader
{
    /// <summary>The directory of these Nodes and process Leases.</summary>
    public static FabricDirectory Read(long revision, AddressPlan plan, IEnumerable<Node> nodes, IEnumerable<Lease> leases) =>
        new(revision, plan, nodes.Select(Read), leases.Select(Read).OfType<FabricPeer>());

    public static FabricNode Read(Node node)
    {
        var annotations = node.Metadata.Annotations;
        var ranges = node.Spec.PodCIDRs.Count > 0 ? node.Spec.PodCIDRs : [node.Spec.PodCIDR];
        return new FabricNode(
            node.Metadata.Name,
            annotations.GetValueOrDefault(Registration.ProcessAnnotation, ""),
            Addresses(node, "InternalIP"),
            Addresses(node, "ExternalIP"),
            [.. ranges.Select(text => Cidr.TryParse(text, out var range) ? range : (Cidr?)null).OfType<Cidr>()],
            node.Metadata.Labels.GetValueOrDefault(Registration.ZoneLabel, ""),
            annotations.GetValueOrDefault(Registration.PowerAnnotation) != "off");
    }

    /// <summary>Null for a Lease that is no process's.</summary>
    public static FabricPeer? Read(Lease lease)
    {
        var metadata = lease.Metadata;
        if (metadata.Namespace != Registration.LeaseNamespace || !metadata.Name.StartsWith(Registration.LeasePrefix, StringComparison.Ordinal)) return null;
        if (!metadata.Labels.TryGetValue(Registration.RoleLabel, out var role)) return null;
        var address = metadata.Annotations.GetValueOrDefault(Registration.FabricAnnotation, "");
        var colon = address.LastIndexOf(':');
        var name = metadata.Name[Registration.LeasePrefix.Length..];
        return colon > 0 && int.TryParse(address.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port is > 0 and <= 65535
            ? new FabricPeer(name, role, address[..colon].Trim('[', ']'), port)
            : new FabricPeer(name, role, "", 0);
    }

    private static List<Ip> Addresses(Node node, string type)
    {
        var found = new List<Ip>();
        foreach (var address in node.Status.Addresses)
            if (address.Type == type && Ip.TryParse(address.Address, out var ip)) found.Add(ip);
        return found;
    }
}
