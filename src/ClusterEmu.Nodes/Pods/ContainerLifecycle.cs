namespace ClusterEmu.Nodes;

/// <summary>What a container is doing.</summary>
public enum ContainerPhase
{
    /// <summary>Not started yet, or about to be started again.</summary>
    Waiting,

    /// <summary>Its image or configuration is not to be had; tried again later.</summary>
    Blocked,
    Running,

    /// <summary>Told to stop; its grace period runs.</summary>
    Stopping,

    /// <summary>It ended and will be started again when its back-off is over.</summary>
    BackingOff,

    /// <summary>It ended and stays so.</summary>
    Ended,
}

/// <summary>What can happen to a container.</summary>
public enum ContainerSignal
{
    Start,
    CannotStart,
    Stop,

    /// <summary>The process ended, and its Pod's rules start it again at once.</summary>
    ExitRestartNow,

    /// <summary>The process ended, and its Pod's rules start it again after a pause.</summary>
    ExitRestartLater,

    /// <summary>The process ended for good.</summary>
    ExitFinal,
    RetryDue,
}

/// <summary>The life of a container, as one table.</summary>
public static class ContainerLifecycle
{
    /// <summary>The phase after <paramref name="signal"/>. A signal that means nothing in a phase leaves it as it is.</summary>
    public static ContainerPhase Next(ContainerPhase phase, ContainerSignal signal) => (phase, signal) switch
    {
        (ContainerPhase.Ended, _) => ContainerPhase.Ended,

        (ContainerPhase.Waiting, ContainerSignal.Start) => ContainerPhase.Running,
        (ContainerPhase.Waiting, ContainerSignal.CannotStart) => ContainerPhase.Blocked,
        (ContainerPhase.Blocked or ContainerPhase.BackingOff, ContainerSignal.RetryDue) => ContainerPhase.Waiting,

        (ContainerPhase.Running, ContainerSignal.Stop) => ContainerPhase.Stopping,
        // What does not run needs no stopping.
        (ContainerPhase.Waiting or ContainerPhase.Blocked or ContainerPhase.BackingOff, ContainerSignal.Stop) => ContainerPhase.Ended,

        (ContainerPhase.Running or ContainerPhase.Stopping or ContainerPhase.Waiting, ContainerSignal.ExitRestartNow) => ContainerPhase.Waiting,
        (ContainerPhase.Running or ContainerPhase.Stopping or ContainerPhase.Waiting, ContainerSignal.ExitRestartLater) => ContainerPhase.BackingOff,
        (_, ContainerSignal.ExitFinal) => ContainerPhase.Ended,
        _ => phase,
    };
}
