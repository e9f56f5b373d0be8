using System.Collections.Concurrent;
using System.Diagnostics;
using ClusterEmu.Hosting;

namespace ClusterEmu.Client.Tests;

/// <summary>An actor system for one test, and ways to look into it from outside.</summary>
public sealed class LiveSystem : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public LiveSystem()
    {
        var setup = BootstrapSetup.Create().WithConfig(ConfigurationFactory.ParseString("akka.loglevel = ERROR"));
        System = ActorSystem.Create("test", setup.And(new DeterminismSetup(new LiveDeterminism(7))));
    }

    public ActorSystem System { get; }

    /// <summary>An actor that keeps what it is told.</summary>
    public Inbox NewInbox() => new(System);

    public async ValueTask DisposeAsync() => await System.Terminate();

    /// <summary>Waits until a condition holds; fails with <paramref name="what"/> after 20 s.</summary>
    public static async Task Until(Func<bool> condition, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            if (watch.Elapsed > Patience) Assert.Fail($"Not within {Patience}: {what}");
            await Task.Delay(5);
        }
    }

    /// <summary>As <see cref="Until(Func{bool}, string)"/>, for something that is awaited to appear.</summary>
    public static async Task<T> UntilFound<T>(Func<T?> find, string what) where T : class
    {
        T? found = null;
        await Until(() => (found = find()) is not null, what);
        return found!;
    }

    public sealed class Inbox
    {
        private readonly ConcurrentQueue<object> _messages = new();

        public Inbox(ActorSystem system) => Ref = system.ActorOf(Props.Create(() => new Keeper(_messages)));

        public IActorRef Ref { get; }

        public IReadOnlyList<object> Messages => [.. _messages];

        public IReadOnlyList<T> Of<T>() => [.. _messages.OfType<T>()];
    }

    private sealed class Keeper : ReceiveActor
    {
        public Keeper(ConcurrentQueue<object> messages) => ReceiveAny(message => { messages.Enqueue(message); });
    }
}
