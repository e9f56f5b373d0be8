namespace ClusterEmu.Simulation.Tests;

public sealed class FilteredActorTests
{
    [Fact]
    public void AFilteredActor_SeesWhatItsFilterDelivers_AndKeepsNameParentTimersAndBehaviours()
    {
        List<string> seen = [];
        Run(seen, props => props.Type == typeof(Counter) ? FilteredActor.PropsFor(props, () => DropTwoDoubleThree) : props);
        Assert.Equal(
            ["child one of parent", "first 1", "first 3", "first 3", "first become", "second 3", "second 3", "second 4", "timer"], seen);
    }

    [Fact]
    public void WithoutAFilter_TheSameActorSeesEverything()
    {
        List<string> seen = [];
        List<Type> started = [];
        Run(seen, props =>
        {
            started.Add(props.Type);
            return props;
        });
        Assert.Equal(["child one of parent", "first 1", "first 2", "first 3", "first become", "second 2", "second 3", "second 4", "timer"], seen);
        Assert.Contains(typeof(Counter), started);
        Assert.Contains(typeof(Parent), started);
    }

    private static void Run(List<string> seen, Func<Props, Props> replace)
    {
        var executor = new SimulatedExecutor(_ => 0);
        var system = ActorSystem.Create("test", ActorSystemSetup.Create(executor.StartProcess("p").Runtime.WithProps(replace)));
        var parent = system.ActorOf(Props.Create(() => new Parent(seen)), "parent");
        foreach (var message in (object[])[1, 2, 3, "become", 2, 3, 4]) parent.Tell(message, ActorRefs.NoSender);
        executor.RunUntil(5_000_000);
    }

    private static void DropTwoDoubleThree(IActorContext context, object message, Action<object> deliver)
    {
        if (message is 2) return;
        deliver(message);
        if (message is 3) deliver(message);
    }

    private sealed class Parent : ReceiveActor
    {
        public Parent(List<string> seen)
        {
            var child = Context.ActorOf(Props.Create(() => new Counter(seen)), "one");
            ReceiveAny(message => { child.Forward(message); });
        }
    }

    private sealed class Counter : ReceiveActor, IWithTimers
    {
        private readonly List<string> _seen;

        public Counter(List<string> seen)
        {
            _seen = seen;
            Receive<int>(number => { seen.Add($"first {number}"); });
            Receive<string>(word =>
            {
                seen.Add($"first {word}");
                Timers.StartSingleTimer("timer", "timer", TimeSpan.FromSeconds(1));
                Become(() =>
                {
                    Receive<int>(number => { seen.Add($"second {number}"); });
                    Receive<string>(text => { seen.Add(text); });
                });
            });
        }

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void PreStart() => _seen.Add($"child {Self.Path.Name} of {Context.Parent.Path.Name}");
    }
}
