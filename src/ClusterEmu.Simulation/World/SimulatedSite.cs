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

    private protected SimulatedWorld World { get; }

    /// <summary>Starts the process. Does nothing if it runs.</summary>
    public void Start()
    {
        if (Process is not null) return;
        var life = $"{Name}#{++_lives}";
        Process = World.Executor.StartProcess(Name);
        var determinism = new SimulatedDeterminism(World.Executor, Process, World.Seed, life);
        var config = ConfigurationFactory.ParseString("akka { loglevel = WARNING, loggers = [], log-dead-letters = off }");
        var runtime = Process.Runtime;
        if (World.Options.Composition.Actors is { } replace) runtime = runtime.WithProps(props => replace(World, Name, props));
        var system = ActorSystem.Create(Name, runtime.And(BootstrapSetup.Create().WithConfig(config)).And(new DeterminismSetup(determinism)));
        World.Watch(this, system);
        Run(system, determinism);
    }

    /// <summary>Kills the process as <c>kill -9</c> does. Does nothing if it is down.</summary>
    public void Kill()
    {
        if (Process is null) return;
        Process.Kill();
        Process = null;
        Died();
    }

    private protected abstract void Run(ActorSystem system, Determinism determinism);

    /// <summary>Lets go of what belonged to the life that ended.</summary>
    private protected abstract void Died();
}
