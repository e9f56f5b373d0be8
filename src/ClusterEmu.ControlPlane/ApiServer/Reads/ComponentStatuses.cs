using ClusterEmu.Api;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>The parts of the control plane as the old ComponentStatus API shows them. Whoever gets this answer talks to a server that works.</summary>
internal static class ComponentStatuses
{
    /// <summary>In the order of their names, as a list has them.</summary>
    public static IReadOnlyList<StoredObject> All { get; } = [Healthy("controller-manager"), Healthy("etcd-0"), Healthy("scheduler")];

    private static StoredObject Healthy(string name)
    {
        var status = new ComponentStatus
        {
            Metadata = new ObjectMeta { Name = name },
            Conditions = [new ComponentCondition { Type = "Healthy", Status = "True", Message = "ok" }],
        };
        return StoredObject.FromJournal(Kinds.ComponentStatus, 0, Kinds.ComponentStatus.Encode(status)); // As it is: with no revision in it.
    }
}
