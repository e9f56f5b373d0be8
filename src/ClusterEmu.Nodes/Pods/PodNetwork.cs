using ClusterEmu.Api;
using ClusterEmu.Fabric;
using ClusterEmu.Network;

namespace ClusterEmu.Nodes;

/// <summary>What Pods tell the data path of their node.</summary>
/// <param name="DataPath">The node's data path actor.</param>
/// <param name="NodeIP">Pods in the host's network have this address; it is the node's already.</param>
public sealed record PodNetwork(IActorRef DataPath, Ip NodeIP)
{
    public void AddPod(Ip address, Pod pod)
    {
        if (address != NodeIP) DataPath.Tell(new AddPod(address, $"pod/{pod.Metadata.Namespace}/{pod.Metadata.Name}"));
    }

    public void RemovePod(Ip address)
    {
        if (address != NodeIP) DataPath.Tell(new RemovePod(address));
    }

    public void AddListener(IpPort address, IWorkloadListener listener) => DataPath.Tell(new AddListener(address, listener));

    public void RemoveListener(IpPort address, IWorkloadListener listener) => DataPath.Tell(new RemoveListener(address, listener));

    /// <summary>A packet of the node itself. Reply: <see cref="FlowVerdict"/> with <paramref name="tag"/>.</summary>
    public void OpenFlow(Flow flow, object tag, IActorRef replyTo) => DataPath.Tell(new OpenFlow(FlowOrigin.LocalHost, flow, false, tag), replyTo);

    public void CloseFlow(Flow flow) => DataPath.Tell(new CloseFlow(flow));
}
