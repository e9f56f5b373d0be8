using System.Text;
using System.Text.Json.Nodes;
using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.Hosting;

namespace ClusterEmu.Simulation;

/// <summary>The process of somebody who changes objects by the API, over a link as anybody's, and repeats each call until it has been carried out.</summary>
public sealed class OperatorSite : SimulatedSite
{
    private readonly List<string> _refusals = [];
    private IActorRef _hands = ActorRefs.Nobody;

    internal OperatorSite(SimulatedWorld world) : base(world, "operator")
    {
    }

    /// <summary>Calls that have not been carried out yet.</summary>
    public int Waiting { get; private set; }

    /// <summary>What the API refused for good: mistakes of whoever asked.</summary>
    public IReadOnlyList<string> Refusals => _refusals;

    /// <summary>Is told in one line of everything that was carried out or refused.</summary>
    public Action<string>? Noted { get; set; }

    /// <summary>Sends a call, again and again until it has been carried out. Calls with the same key are carried out one after another.</summary>
    /// <param name="key">Usually the object's name.</param>
    /// <param name="call">A create becomes a merge patch if the object exists.</param>
    /// <param name="done">Gets the answer; null: nobody asks.</param>
    public void Submit(string key, ApiCall call, Action<ApiReply>? done = null)
    {
        Start();
        Waiting++;
        _hands.Tell(new Hands.Command.Carry(key, call, done), ActorRefs.NoSender);
    }

    /// <summary>Creates the object, or changes it to what the manifest says.</summary>
    public void Apply(ScenarioObject item) => Submit(item.Target, ApiCall.Create(item.Value));

    /// <summary>Sets a Node's annotation; null takes it away.</summary>
    public void Annotate(string node, string annotation, string? value)
    {
        var patch = new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [annotation] = value } } };
        Submit($"node/{node}", ApiCall.MergePatch(Kinds.Node, null, node, Encoding.UTF8.GetBytes(patch.ToJsonString())));
    }

    private protected override void Run(ActorSystem system, Determinism determinism) =>
        _hands = system.ActorOf(Props.Create(() => new Hands(this, new SimulatedKubeClient(World, Process!, "kubernetes-admin"))), "hands");

    private protected override void Died() => _hands = ActorRefs.Nobody;

    private void Done(string what, string? refusal)
    {
        Waiting--;
        if (refusal is not null) _refusals.Add($"{what}: {refusal}");
        Noted?.Invoke(refusal is null ? $"{what}: done" : $"{what}: refused: {refusal}");
    }

    private sealed class Hands : ReceiveActor, IWithTimers
    {
        private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
        private readonly Dictionary<string, Queue<Command.Carry>> _waiting = new(StringComparer.Ordinal);
        private readonly OperatorSite _site;
        private readonly IKubeClient _client;

        public Hands(OperatorSite site, IKubeClient client)
        {
            (_site, _client) = (site, client);
            Receive<Command.Carry>(carry =>
            {
                if (!_waiting.TryGetValue(carry.Key, out var queue)) _waiting[carry.Key] = queue = new Queue<Command.Carry>();
                queue.Enqueue(carry);
                if (queue.Count == 1) Send(carry.Key, carry.Call, attempt: 1);
            });
            Receive<ApiReply>(reply => { Answered((Attempt)reply.Call.Tag!, reply); });
            Receive<Attempt>(attempt =>
            {
                attempt.Settled = true;
                Send(attempt.Key, attempt.Call, attempt.Number + 1);
            });
        }

        public ITimerScheduler Timers { get; set; } = null!;

        private void Send(string key, ApiCall call, int attempt)
        {
            var tag = new Attempt(key, call, attempt);
            Timers.StartSingleTimer(key, tag, Patience);
            _client.Send(call with { Tag = tag }, Self);
        }

        private void Answered(Attempt attempt, ApiReply reply)
        {
            // The answer to an attempt that was given up comes too late: another is on its way.
            if (!_waiting.TryGetValue(attempt.Key, out var queue) || attempt.Settled) return;
            attempt.Settled = true;
            var (next, refusal) = OperatorPolicy.After(attempt.Call, reply);
            if (next is not null)
            {
                Timers.StartSingleTimer(attempt.Key, new Attempt(attempt.Key, next, attempt.Number), Pause);
                return;
            }

            Timers.Cancel(attempt.Key);
            var carry = queue.Dequeue();
            _site.Done($"{carry.Call.Verb} {attempt.Key}", refusal);
            carry.Done?.Invoke(reply);
            if (queue.TryPeek(out var following)) Send(following.Key, following.Call, attempt: 1);
            else _waiting.Remove(attempt.Key);
        }

        /// <summary>What this actor accepts.</summary>
        public abstract record Command
        {
            private Command()
            {
            }

            public sealed record Carry(string Key, ApiCall Call, Action<ApiReply>? Done) : Command;
        }

        private sealed class Attempt(string key, ApiCall call, int number)
        {
            public string Key => key;
            public ApiCall Call => call;
            public int Number => number;
            public bool Settled { get; set; }
        }
    }
}
