using ClusterEmu.Hosting;

namespace ClusterEmu.Simulation;

/// <summary>A process of the simulated cluster, over all its lives: started, killed, started again.</summary>
public abstract class SimulatedSite
{
    private int _lives;

    private protected SimulatedSite(SimulatedWorld world, string name)
    {
        World = world;
        Name = name;
    }

    /// <summary>As in <c>clusteremu status</c>: control-plane, nodes-1, edge. Also its end of a link.</summary>
    public string Name { get; }

    /// <summary>The present life; null while the process is down.</summary>
    public SimulatedProcess? Process { get; private set; }

    public bool IsUp => Process is not null;

    internal SimulatedWorld World { get; }

    /// <summary>Starts the process. Does nothing if it runs.</summary>
    public void Start()
    {
        if (Process is not null) return;
        var life = $"{Name}#{++_lives}";
        Process = World.Executor.StartProcess(Name);
        var system = SystemOf(World, Process, life);
        World.Watch(Name, system);
        Run(system, Determinism.For(system));
        World.Events.SiteStarted.Publish(new SiteStarted(this, _lives));
    }

    /// <summary>Kills the process as <c>kill -9</c> does. Does nothing if it is down.</summary>
    public void Kill()
    {
        if (Process is null) return;
        Process.Kill();
        Process = null;
        Died();
        World.Events.SiteKilled.Publish(new SiteKilled(this, _lives));
    }

    /// <summary>An actor system in one life of a process.</summary>
    internal static ActorSystem SystemOf(SimulatedWorld world, SimulatedProcess process, string life)
    {
        var determinism = new SimulatedDeterminism(world.Executor, process, world.Seed, life);
        var config = ConfigurationFactory.ParseString("akka { loglevel = WARNING, loggers = [], log-dead-letters = off }");
        var runtime = process.Runtime;
        var replace = world.Options.Composition.Actors;
        runtime = runtime.WithProps(props => world.Holders.Note(process, replace is null ? props : replace(world, process.Name, props)));
        return ActorSystem.Create(process.Name, runtime.And(BootstrapSetup.Create().WithConfig(config)).And(new DeterminismSetup(determinism)));
    }

    private protected abstract void Run(ActorSystem system, Determinism determinism);

    /// <summary>Lets go of what belonged to the life that ended.</summary>
    private protected abstract void Died();
}
