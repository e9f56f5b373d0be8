using ClusterEmu.Hosting;

namespace ClusterEmu.Simulation;

/// <summary>The cluster's living actors that keep something which has a bound.</summary>
public sealed class Holders
{
    private readonly List<(SimulatedProcess Process, IHolder Holder)> _all = [];

    /// <summary>In the order in which they were made.</summary>
    public IReadOnlyList<(SimulatedProcess Process, IHolder Holder)> All
    {
        get
        {
            _all.RemoveAll(static entry => !entry.Process.IsAlive);
            return _all;
        }
    }

    internal Props Note(SimulatedProcess process, Props props) => !typeof(IHolder).IsAssignableFrom(props.Type) ? props : WitnessedActor.PropsFor(
        props, made => _all.Add((process, (IHolder)made)), released => _all.RemoveAll(entry => ReferenceEquals(entry.Holder, released)));
}
