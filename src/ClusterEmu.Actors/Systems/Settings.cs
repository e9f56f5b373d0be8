namespace ClusterEmu.Actors;

/// <summary>What a system reads from its configuration at its start.</summary>
public class Settings
{
    private static readonly Config Defaults = ConfigurationFactory.ParseString(
        """
        akka {
          loggers = ["Akka.Event.DefaultLogger"]
          loglevel = "INFO"
          log-dead-letters = 10
          log-dead-letters-during-shutdown = off
          actor {
            ask-timeout = infinite
            guardian-supervisor-strategy = "Akka.Actor.DefaultSupervisorStrategy"
            default-dispatcher.throughput = 30
            debug.event-stream = off
          }
        }
        """);

    public Settings(ActorSystem system, Config config)
        : this(system, config, ActorSystemSetup.Empty)
    {
    }

    public Settings(ActorSystem system, Config config, ActorSystemSetup setup)
    {
        System = system;
        Setup = setup;
        Config = config.WithFallback(Defaults);
        AskTimeout = Config.GetTimeSpan("akka.actor.ask-timeout");
        LogLevel = Config.GetString("akka.loglevel")!;
        Loggers = Config.GetStringList("akka.loggers");
        DebugEventStream = Config.GetBoolean("akka.actor.debug.event-stream");
        LogDeadLettersDuringShutdown = Config.GetBoolean("akka.log-dead-letters-during-shutdown");
        LogDeadLetters = Config.GetString("akka.log-dead-letters") switch
        {
            "on" or "true" => int.MaxValue,
            "off" or "false" => 0,
            _ => Config.GetInt("akka.log-dead-letters"),
        };
        SupervisorStrategyClass = Config.GetString("akka.actor.guardian-supervisor-strategy")!;
    }

    public ActorSystem System { get; }

    public Config Config { get; }

    public ActorSystemSetup Setup { get; }

    public string SupervisorStrategyClass { get; }

    /// <summary>How long an Ask without a limit of its own waits.</summary>
    public TimeSpan AskTimeout { get; }

    public string LogLevel { get; }

    /// <summary>The types of the actors that write the log; Akka.Event.DefaultLogger writes to standard output.</summary>
    public IList<string> Loggers { get; }

    /// <summary>How many dead letters are logged; 0: none.</summary>
    public int LogDeadLetters { get; }

    public bool LogDeadLettersDuringShutdown { get; }

    public bool DebugEventStream { get; }

    internal int Throughput => Math.Max(1, Config.GetInt("akka.actor.default-dispatcher.throughput"));
}
