namespace ClusterEmu.Actors.Testing;

/// <summary>The waits of a test kit, from akka.test in the system's configuration.</summary>
public class TestKitSettings : IExtension
{
    public TestKitSettings(Config config)
    {
        DefaultTimeout = config.GetTimeSpan("akka.test.default-timeout", TimeSpan.FromSeconds(5), allowInfinite: false);
        SingleExpectDefault = config.GetTimeSpan("akka.test.single-expect-default", TimeSpan.FromSeconds(3), allowInfinite: false);
        TestEventFilterLeeway = config.GetTimeSpan("akka.test.filter-leeway", TimeSpan.FromSeconds(3), allowInfinite: false);
        TestTimeFactor = config.GetDouble("akka.test.timefactor", 1);
        if (TestTimeFactor <= 0)
            throw new ConfigurationException($"Expected a positive value for \"akka.test.timefactor\" but found {TestTimeFactor}");
    }

    /// <summary>Wait for conditions. Default: 5 s.</summary>
    public TimeSpan DefaultTimeout { get; }

    /// <summary>Wait for one message. Default: 3 s.</summary>
    public TimeSpan SingleExpectDefault { get; }

    /// <summary>Wait for log events. Default: 3 s.</summary>
    public TimeSpan TestEventFilterLeeway { get; }

    /// <summary>All waits are multiplied by it. Above 0. Default: 1.</summary>
    public double TestTimeFactor { get; }
}

/// <summary>Finds the settings of a system.</summary>
public class TestKitExtension : ExtensionIdProvider<TestKitSettings>
{
    public override TestKitSettings CreateExtension(ExtendedActorSystem system) => new(system.Settings.Config);

    public static TestKitSettings For(ActorSystem system) => (TestKitSettings)system.RegisterExtension(new TestKitExtension());
}
