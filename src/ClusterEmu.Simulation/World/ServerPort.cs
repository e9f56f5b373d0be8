using ClusterEmu.ControlPlane.ApiServer;

namespace ClusterEmu.Simulation;

/// <summary>The API server's open port in one life of its process: it knows its connections, so that all end with it.</summary>
internal sealed class ServerPort(ApiCore core)
{
    private readonly LinkedList<IConnection> _open = [];

    public ApiCore Core => core;

    public LinkedListNode<IConnection> Attach(IConnection connection) => _open.AddLast(connection);

    public void Detach(LinkedListNode<IConnection> node)
    {
        if (node.List == _open) _open.Remove(node);
    }

    /// <summary>Ends the watches that a fault concerns.</summary>
    public void Drop(ApiFault fault)
    {
        foreach (var connection in _open.ToList()) connection.Drop(fault);
    }

    /// <summary>The process has ended: its machine ends all connections.</summary>
    public void Close()
    {
        foreach (var connection in _open.ToList()) connection.ServerDied();
        _open.Clear();
    }
}

/// <summary>A request or a watch, as the server's machine sees it.</summary>
internal interface IConnection
{
    void ServerDied();

    void Drop(ApiFault fault);
}
