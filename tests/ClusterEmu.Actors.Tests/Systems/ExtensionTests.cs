#if AKKA
using Akka.Actor;
#endif

namespace ClusterEmu.Actors.Tests.Systems;

public sealed class ExtensionTests() : TestKit("akka.loglevel = OFF")
{
    private sealed class Counter(string name) : IExtension
    {
        private static int _made;

        public string Name => name;

        public int Number { get; } = Interlocked.Increment(ref _made);
    }

    private sealed class CounterId : ExtensionIdProvider<Counter>
    {
        public override Counter CreateExtension(ExtendedActorSystem system) =>
            new(system.Settings.Setup.Get<NameSetup>() is { HasValue: true } setup ? setup.Value.Name : "none");
    }

    private sealed class NameSetup(string name) : Setup
    {
        public string Name => name;
    }

    [Fact]
    public void AnExtensionIsMadeOncePerSystem()
    {
        Assert.False(Sys.HasExtension<Counter>());
        var made = new CounterId().Apply(Sys);
        Assert.Same(made, new CounterId().Get(Sys));
        Assert.Same(made, Sys.GetExtension<Counter>());
        Assert.True(Sys.HasExtension<Counter>());
        Assert.Same(made, Sys.WithExtension<Counter, CounterId>());
    }

    [Fact]
    public void ASetupReachesTheExtension()
    {
        var config = BootstrapSetup.Create().WithConfig(ConfigurationFactory.ParseString("akka.loglevel = OFF"));
        var system = ActorSystem.Create("setups", ActorSystemSetup.Create(config, new NameSetup("first")).WithSetup(new NameSetup("given")));
        try
        {
            Assert.Equal("given", new CounterId().Apply(system).Name);
            Assert.Equal("OFF", system.Settings.LogLevel);
        }
        finally
        {
            Shutdown(system);
        }
    }
}
