namespace ClusterEmu.Nodes;

/// <summary>How far a Pod has come on its node.</summary>
public enum PodStage
{
    /// <summary>Bound to the node; its network is not there yet.</summary>
    Pending,

    /// <summary>Its init containers run, one after the other.</summary>
    Initializing,

    /// <summary>Its containers run, or wait to be started again.</summary>
    Running,

    /// <summary>Its activeDeadlineSeconds are over; containers are being stopped.</summary>
    Expiring,

    /// <summary>All containers ended well and none will be started again.</summary>
    Succeeded,

    /// <summary>All containers ended, one of them badly or by the Pod's deadline, and none will be started again.</summary>
    Failed,

    /// <summary>Its deletion was asked for; containers are being stopped.</summary>
    Terminating,

    /// <summary>Nothing runs any more and the API is asked to forget it.</summary>
    Finishing,

    /// <summary>The API forgot it. The end.</summary>
    Gone,
}

/// <summary>What can happen to a Pod.</summary>
public enum PodSignal
{
    SandboxReady,
    Initialized,
    AllSucceeded,
    AllEnded,
    DeadlinePassed,
    DeletionAsked,
    AllStopped,
    Vanished,
}

/// <summary>The life of a Pod on its node, as one table.</summary>
public static class PodLifecycle
{
    /// <summary>The stage after <paramref name="signal"/>. A signal that means nothing in a stage leaves it as it is.</summary>
    public static PodStage Next(PodStage stage, PodSignal signal) => (stage, signal) switch
    {
        (PodStage.Gone, _) => PodStage.Gone,
        (_, PodSignal.Vanished) => PodStage.Gone,

        (PodStage.Pending, PodSignal.SandboxReady) => PodStage.Initializing,
        (PodStage.Initializing, PodSignal.Initialized) => PodStage.Running,
        (PodStage.Initializing, PodSignal.AllEnded) => PodStage.Failed,
        (PodStage.Running, PodSignal.AllSucceeded) => PodStage.Succeeded,
        (PodStage.Running, PodSignal.AllEnded) => PodStage.Failed,

        (PodStage.Pending or PodStage.Initializing or PodStage.Running, PodSignal.DeadlinePassed) => PodStage.Expiring,
        (PodStage.Expiring, PodSignal.AllStopped) => PodStage.Failed,

        (PodStage.Pending or PodStage.Succeeded or PodStage.Failed, PodSignal.DeletionAsked) => PodStage.Finishing,
        (PodStage.Initializing or PodStage.Running or PodStage.Expiring, PodSignal.DeletionAsked) => PodStage.Terminating,
        (PodStage.Terminating, PodSignal.AllStopped) => PodStage.Finishing,
        _ => stage,
    };
}
