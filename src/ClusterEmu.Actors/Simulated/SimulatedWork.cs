namespace ClusterEmu.Actors;

/// <summary>Something that the executor carries out at a time; an object used again and again, where an <see cref="Action"/> would be a new one each time.</summary>
public abstract class SimulatedWork
{
    /// <summary>Its time has come.</summary>
    /// <param name="tag">As given to <see cref="SimulatedExecutor.At(long, SimulatedWork, long)"/>.</param>
    protected internal abstract void Run(long tag);
}

/// <summary>Work that is a function.</summary>
internal sealed class SimulatedAction(Action action) : SimulatedWork
{
    public Action Action => action;

    protected internal override void Run(long tag) => action();
}
