namespace ClusterEmu.Actors.Tests.Systems;

public sealed class LoggingTests() : TestKit("akka.loglevel = INFO")
{
    private sealed class Speaker : ReceiveActor
    {
        private readonly ILoggingAdapter _log = Context.GetLogger();

        public Speaker()
        {
            Receive<int>(number =>
            {
                _log.Debug("too quiet {0}", number);
                _log.Info("info {0}", number);
                _log.Warning(new FormatException("cause"), "warning {0} of {1}", number, "two");
                _log.Error("braces } stay");
            });
        }
    }

    [Fact]
    public void LogEventsCarryLevelSourceCauseAndText()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(LogEvent));
        var speaker = ActorOf<Speaker>("speaker");
        speaker.Tell(1);
        var info = ExpectMsg<LogInfo>();
        Assert.Equal((LogLevel.InfoLevel, "akka://test/user/speaker", typeof(Speaker)), (info.LogLevel(), info.LogSource, info.LogClass));
        Assert.Equal("info 1", info.Message.ToString());
        var warning = ExpectMsg<LogWarning>();
        Assert.Equal("warning 1 of two", warning.Message.ToString());
        Assert.IsType<FormatException>(warning.Cause);
        Assert.Contains("[WARNING]", warning.ToString(), StringComparison.Ordinal);
        Assert.Contains("Cause: System.FormatException: cause", warning.ToString(), StringComparison.Ordinal);
        Assert.Equal("braces } stay", ExpectMsg<LogError>().Message.ToString());
    }

    [Theory]
    [InlineData("DEBUG", true, true)]
    [InlineData("warning", false, false)]
    [InlineData("OFF", false, false)]
    public void TheLevelComesFromTheConfiguration(string level, bool debug, bool info)
    {
        var system = ActorSystem.Create("levels", ConfigurationFactory.ParseString($"akka.loglevel = {level}").WithFallback(DefaultConfig));
        try
        {
            Assert.Equal((debug, info), (system.Log.IsDebugEnabled, system.Log.IsInfoEnabled));
        }
        finally
        {
            Shutdown(system);
        }
    }

    public sealed class ListLogger : DefaultLogger
    {
        public static readonly List<string> Lines = [];

        protected override void Print(LogEvent logEvent)
        {
            lock (Lines) Lines.Add($"{logEvent.LogLevel()} {logEvent.Message}");
        }
    }

    [Fact]
    public void ALoggerOfOnesOwnIsNamedInTheConfiguration()
    {
        var name = $"{typeof(ListLogger).FullName}, {typeof(ListLogger).Assembly.GetName().Name}";
        var system = ActorSystem.Create("own", ConfigurationFactory.ParseString($"akka {{ loglevel = WARNING, loggers = [\"{name}\"] }}"));
        try
        {
            system.Log.Info("not this");
            system.Log.Warning("this one");
            AwaitAssert(() =>
            {
                lock (ListLogger.Lines) Assert.Contains("WarningLevel this one", ListLogger.Lines);
            });
            lock (ListLogger.Lines) Assert.DoesNotContain(ListLogger.Lines, line => line.Contains("not this", StringComparison.Ordinal));
        }
        finally
        {
            Shutdown(system);
        }
    }

    [Fact]
    public void AnUnknownLoggerIsRefused()
    {
        var refusal = Assert.Throws<ConfigurationException>(() =>
            ActorSystem.Create("bad", ConfigurationFactory.ParseString("akka.loggers = [\"No.Such, Thing\"]")));
        Assert.Contains("No.Such, Thing", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DeadLettersAreLoggedUpToTheNumberConfigured()
    {
        var system = ActorSystem.Create("letters", ConfigurationFactory.ParseString("akka { loglevel = INFO, log-dead-letters = 2 }").WithFallback(DefaultConfig));
        try
        {
            CreateEventFilter(system).Info(contains: "was not delivered").Expect(2, () =>
            {
                for (var i = 0; i < 4; i++) system.DeadLetters.Tell("lost");
            });
        }
        finally
        {
            Shutdown(system);
        }
    }
}
