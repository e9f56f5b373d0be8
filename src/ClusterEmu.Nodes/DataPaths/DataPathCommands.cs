using ClusterEmu.Fabric;
using ClusterEmu.Network;

namespace ClusterEmu.Nodes;

/// <summary>Told to a node's data path actor: from now on the address belongs to a Pod of this node. No reply.</summary>
/// <param name="Address">Of the node's Pod range.</param>
/// <param name="Owner">As in traces: <c>pod/default/web-abc</c>.</param>
public sealed record AddPod(Ip Address, string Owner);

/// <summary>Told to a node's data path actor: nobody has the address any more. Its listeners go with it. No reply.</summary>
public sealed record RemovePod(Ip Address);

/// <summary>Told to a node's data path actor: a port is open, at a Pod's address or at one of the node's own. No reply.</summary>
public sealed record AddListener(IpPort Address, IInboundListener Listener);

/// <summary>Told to a node's data path actor: the port is closed, if this listener still has it. No reply.</summary>
public sealed record RemoveListener(IpPort Address, IInboundListener Listener);
