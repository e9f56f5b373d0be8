using Xunit.Abstractions;

namespace ClusterEmu.Actors.Testing;

/// <summary>The base of xunit tests with actors: a system per test, stopped when the test ends.</summary>
public class TestKit : TestKitBase, IDisposable
{
    protected readonly ITestOutputHelper? Output;
    private bool _disposed;

    public TestKit(ActorSystem? system = null, ITestOutputHelper? output = null)
        : base(Assertions, system)
    {
        Output = output;
        InitializeLogger(Sys);
    }

    public TestKit(ActorSystemSetup config, string? actorSystemName = null, ITestOutputHelper? output = null)
        : base(Assertions, config, actorSystemName)
    {
        Output = output;
        InitializeLogger(Sys);
    }

    public TestKit(Config config, string? actorSystemName = null, ITestOutputHelper? output = null)
        : base(Assertions, config, actorSystemName)
    {
        Output = output;
        InitializeLogger(Sys);
    }

    public TestKit(string config, ITestOutputHelper? output = null)
        : this(ConfigurationFactory.ParseString(config), null, output)
    {
    }

    public static new Config DefaultConfig => TestKitBase.DefaultConfig;

    public static new Config FullDebugConfig => TestKitBase.FullDebugConfig;

    protected static XunitAssertions Assertions { get; } = new();

    /// <summary>Runs at the end of the test, while the system still works.</summary>
    protected virtual void AfterAll()
    {
    }

    /// <summary>Writes the system's log to the test's output.</summary>
    protected void InitializeLogger(ActorSystem system) => InitializeLogger(system, "");

    protected void InitializeLogger(ActorSystem system, string prefix)
    {
        if (Output is null) return;
        var output = Output;
        var logger = ((ExtendedActorSystem)system).SystemActorOf(Props.CreateBy(new TestOutputLogger.Producer(output, prefix)), "log-test");
        logger.Tell(new InitializeLogger(system.EventStream), ActorRefs.NoSender);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (_disposed) return;
        _disposed = true;
        try
        {
            AfterAll();
        }
        finally
        {
            Shutdown();
        }
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }
}

/// <summary>Writes log events to the output of a test.</summary>
internal sealed class TestOutputLogger(ITestOutputHelper output, string prefix) : UntypedActor
{
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case InitializeLogger initialize:
                foreach (var type in (Type[])[typeof(Debug), typeof(Info), typeof(Warning), typeof(Error)])
                    ((EventStream)initialize.LoggingBus).Subscribe(Self, type);
                Sender.Tell(new LoggerInitialized());
                break;
            case LogEvent logEvent:
                try
                {
                    output.WriteLine(prefix + logEvent);
                }
                catch (InvalidOperationException)
                {
                    Context.Stop(Self); // The test has ended: xunit takes no more lines.
                }

                break;
        }
    }

    public sealed class Producer(ITestOutputHelper output, string prefix) : IIndirectActorProducer
    {
        public Type ActorType => typeof(TestOutputLogger);

        public ActorBase Produce() => new TestOutputLogger(output, prefix);

        public void Release(ActorBase actor)
        {
        }
    }
}
