using ClusterEmu.Hosting;

namespace ClusterEmu.Simulation.Tests;

public sealed class SimulatedExecutorTests
{
    private readonly List<string> _log = [];

    [Fact]
    public void Messages_OfOneSenderToOneActor_KeepTheirOrder_AndOthersAreMixedByTheSeed()
    {
        var logs = Enumerable.Range(1, 20).Select(seed =>
        {
            var log = new List<string>();
            var executor = ExecutorOf((ulong)seed);
            var system = SystemIn(executor.StartProcess("p"));
            var (a, b) = (Recorder(system, "a", log), Recorder(system, "b", log));
            for (var i = 0; i < 5; i++)
            {
                a.Tell(i, ActorRefs.NoSender);
                b.Tell(i, ActorRefs.NoSender);
            }

            executor.RunUntil(0);
            return log;
        }).ToList();

        foreach (var log in logs)
        {
            Assert.Equal(["a0", "a1", "a2", "a3", "a4"], log.Where(entry => entry[0] == 'a'));
            Assert.Equal(["b0", "b1", "b2", "b3", "b4"], log.Where(entry => entry[0] == 'b'));
        }

        Assert.True(logs.Select(log => string.Join(' ', log)).Distinct().Count() > 5, "20 seeds made at most 5 different orders.");
    }

    [Fact]
    public void Time_MovesToTheNextTimerOnly_WhenNoMessageIsLeft()
    {
        var executor = ExecutorOf(1);
        var system = SystemIn(executor.StartProcess("p"));
        var actor = Recorder(system, "a", _log);
        system.Scheduler.ScheduleTellOnce(TimeSpan.FromHours(3), actor, "late", ActorRefs.NoSender);
        executor.At(5_000_000, () => actor.Tell("soon", ActorRefs.NoSender));
        actor.Tell("now", ActorRefs.NoSender);

        executor.RunUntil(4_999_999);
        Assert.Equal(["anow"], _log);
        Assert.Equal(4_999_999, executor.NowMicroseconds);
        executor.RunUntil(20_000_000_000);
        Assert.Equal(["anow", "asoon", "alate"], _log);
    }

    [Fact]
    public void AProcessThatIsKilled_RunsNoMessageAndNoTimerAnyMore_AndOthersGoOn()
    {
        var executor = ExecutorOf(1);
        var (dying, living) = (executor.StartProcess("dying"), executor.StartProcess("living"));
        var (dead, alive) = (SystemIn(dying), SystemIn(living));
        var (a, b) = (Recorder(dead, "a", _log), Recorder(alive, "b", _log));
        executor.RunUntil(0);
        foreach (var (system, actor) in new[] { (dead, a), (alive, b) })
        {
            actor.Tell("message", ActorRefs.NoSender);
            system.Scheduler.ScheduleTellOnce(TimeSpan.FromSeconds(1), actor, "timer", ActorRefs.NoSender);
        }

        dying.Kill();
        a.Tell("afterwards", ActorRefs.NoSender);
        executor.RunUntil(10_000_000);
        Assert.Equal(["bmessage", "btimer"], _log);
        Assert.False(dying.IsAlive);
    }

    [Fact]
    public void ActorsThatAreHeld_LoseNothing()
    {
        var executor = ExecutorOf(1);
        var process = executor.StartProcess("p");
        var system = SystemIn(process);
        var (a, b) = (Recorder(system, "a", _log), Recorder(system, "b", _log));
        executor.RunUntil(0);
        a.Tell("before", ActorRefs.NoSender); // Waits to be run already when the hold begins.
        var hold = process.Hold(actor => actor.Path.Name == "a");
        a.Tell("during", ActorRefs.NoSender);
        b.Tell("during", ActorRefs.NoSender);
        executor.RunUntil(1_000_000);
        Assert.Equal(["bduring"], _log);

        hold.Dispose();
        executor.RunUntil(2_000_000);
        Assert.Equal(["bduring", "abefore", "aduring"], _log);
    }

    [Fact]
    public void Skew_ChangesTheWallClockOfOneProcess_ButNoDuration()
    {
        var executor = ExecutorOf(1);
        var (one, other) = (executor.StartProcess("one"), executor.StartProcess("other"));
        var before = one.Clock.GetTimestamp();
        one.Skew = TimeSpan.FromMinutes(-5);
        executor.RunUntil(1_000_000);
        Assert.Equal(TimeSpan.FromMinutes(5), other.Clock.GetUtcNow() - one.Clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromSeconds(1), one.Clock.GetElapsedTime(before));
    }

    [Fact]
    public void TheTrace_CoversTimeActorAndKindOfMessage()
    {
        var plain = HashOf("a", 1, 0);
        Assert.Equal(plain, HashOf("a", 2, 0)); // The value of a message is not part of it, its type is.
        Assert.NotEqual(plain, HashOf("b", 1, 0));
        Assert.NotEqual(plain, HashOf("a", "text", 0));
        Assert.NotEqual(plain, HashOf("a", 1, 1));

        static ulong HashOf(string name, object message, long microseconds)
        {
            var executor = ExecutorOf(1);
            var actor = Recorder(SystemIn(executor.StartProcess("p")), name, []);
            executor.At(microseconds, () => actor.Tell(message, ActorRefs.NoSender));
            executor.RunUntil(1_000_000);
            return executor.TraceHash;
        }
    }

    private static SimulatedExecutor ExecutorOf(ulong seed) => new(new RandomStream(seed).Next);

    private static ActorSystem SystemIn(SimulatedProcess process)
    {
        var config = ConfigurationFactory.ParseString("akka { loglevel = OFF, loggers = [], log-dead-letters = off }");
        return ActorSystem.Create(process.Name, process.Runtime.And(BootstrapSetup.Create().WithConfig(config)));
    }

    private static IActorRef Recorder(ActorSystem system, string name, List<string> log) => system.ActorOf(Props.Create(() => new RecordingActor(name, log)), name);

    private sealed class RecordingActor : ReceiveActor
    {
        public RecordingActor(string name, List<string> log) => ReceiveAny(message => { log.Add($"{name}{message}"); });
    }
}
