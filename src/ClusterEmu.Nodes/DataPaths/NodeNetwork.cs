using ClusterEmu.Api;
using ClusterEmu.Network;

namespace ClusterEmu.Nodes;

/// <summary>What all nodes of a process share to get their tables. Make one per process.</summary>
/// <param name="Feed">The newest table.</param>
/// <param name="Source">The <see cref="TableSource"/> that fills it.</param>
/// <param name="Plan">The cluster's address ranges.</param>
/// <param name="Options">Mode, pace and bounds.</param>
public sealed record ProcessNetwork(TableFeed Feed, IActorRef Source, AddressPlan Plan, KubeProxyOptions Options)
{
    /// <param name="context">The parent of the <see cref="TableSource"/>, which is named <c>table-source</c>.</param>
    /// <param name="informers">The process's InformerHub.</param>
    /// <param name="plan">The cluster's address ranges.</param>
    /// <param name="options">Mode, pace and bounds.</param>
    public static ProcessNetwork Create(IActorRefFactory context, IActorRef informers, AddressPlan plan, KubeProxyOptions options)
    {
        var feed = new TableFeed();
        return new ProcessNetwork(feed, context.ActorOf(TableSource.PropsFor(informers, feed), "table-source"), plan, options);
    }
}

/// <summary>One node's data path and the table that it reads. The data path outlives the node's power; its kube-proxy does not.</summary>
/// <param name="Process">What the process shares.</param>
/// <param name="DataPath">The node's <see cref="Nodes.DataPath"/>: register it with the fabric.</param>
/// <param name="Table">The table in force, and how far it is behind.</param>
public sealed record NodeNetwork(ProcessNetwork Process, IActorRef DataPath, NodeTable Table)
{
    /// <summary>Starts the data path as a child named <c>data-path</c>.</summary>
    public static NodeNetwork Create(IActorRefFactory context, ProcessNetwork process, Node node)
    {
        var facts = NodeFactsReader.Read(node, process.Plan, process.Options.ProxyMode);
        var table = new NodeTable(process.Feed, facts);
        return new NodeNetwork(process, context.ActorOf(Nodes.DataPath.PropsFor(table, process.Options), "data-path"), table);
    }

    /// <summary>The node's kube-proxy, to be started as a child when the node boots, and stopped when it loses power.</summary>
    public Props KubeProxyFor(Node node) => KubeProxy.PropsFor(node, Table, Process.Source, DataPath, Process.Options);

    /// <summary>Tells the data path and, if it runs, the kube-proxy that the Node changed.</summary>
    public void Observe(Node node, IActorRef? kubeProxy)
    {
        DataPath.Tell(new Nodes.DataPath.Command.ObserveNode(NodeFactsReader.Read(node, Process.Plan, Process.Options.ProxyMode)));
        kubeProxy?.Tell(new KubeProxy.Command.ObserveNode(node));
    }
}
