using ClusterEmu.Network;

namespace ClusterEmu.Client;

/// <summary>Reads the address plan that all processes of a cluster share. Section <c>cluster-emu.network</c>.</summary>
public static class ClusterAddresses
{
    private const string Section = "cluster-emu.network";

    /// <summary>How many nodes the cluster has, over all its processes: <c>cluster-emu.cluster.nodes</c>.</summary>
    public static int Nodes(Config config) => config.GetInt("cluster-emu.cluster.nodes", 3);

    /// <summary>The plan of the slot, with the ranges that are named instead of its own. An empty range is the slot's.</summary>
    /// <exception cref="ConfigurationException">A value is no range; the message names it.</exception>
    public static AddressPlan From(Config config)
    {
        var slot = config.GetInt($"{Section}.slot");
        if (slot is < 0 or > 49) throw new ConfigurationException($"{Section}.slot is {slot}, but must be 0 to 49. Delete the line to get 0.");
        var plan = AddressPlan.ForSlot(slot, Nodes(config));
        return plan with
        {
            PodRange = Range($"{Section}.pod-range", plan.PodRange),
            NodePodPrefix = config.GetInt($"{Section}.node-pod-prefix", plan.NodePodPrefix),
            ServiceRange = Range($"{Section}.service-range", plan.ServiceRange),
            NodeRange = Range($"{Section}.node-range", plan.NodeRange),
            NodeExternalRange = Range($"{Section}.node-external-range", plan.NodeExternalRange),
            LoadBalancerRange = Range($"{Section}.load-balancer-range", plan.LoadBalancerRange),
        };

        Cidr Range(string key, Cidr usual)
        {
            var text = config.GetString(key, "") ?? "";
            return text.Length == 0 ? usual
                : Cidr.TryParse(text, out var range) ? range
                : throw new ConfigurationException($"{key} is \"{text}\", but must be a range such as {usual}. Delete the line to get that.");
        }
    }

    /// <summary>Every problem of the plan, with the arithmetic; empty if it can be used.</summary>
    public static IEnumerable<string> Problems(Config config) => AddressPlanRules.Problems(From(config), Nodes(config));
}
