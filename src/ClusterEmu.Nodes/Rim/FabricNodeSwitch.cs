using ClusterEmu.Fabric;

namespace ClusterEmu.Nodes;

/// <summary>Plugs nodes into the process's fabric.</summary>
internal sealed class FabricNodeSwitch(FabricProcess fabric) : INodeSwitch
{
    public void Connect(string node, IActorRef dataPath) => fabric.RegisterNode(node, dataPath);

    public void Disconnect(string node) => fabric.UnregisterNode(node);

    public void Cut(string node) => fabric.CutNode(node);

    public void Restore(string node) => fabric.RestoreNode(node);
}
