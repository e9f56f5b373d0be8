using System.Collections.Concurrent;
using ClusterEmu.Fabric;
using ClusterEmu.Network;

namespace ClusterEmu.Edge.Tests;

public sealed class HealthCheckTests : TestKit
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly HealthTarget Target = new("node-1", Some.At("172.18.0.2:10256"));
    private static readonly HealthCheckOptions Options = new()
    {
        Period = TimeSpan.FromMilliseconds(20),
        Timeout = TimeSpan.FromMilliseconds(20),
        HealthyThreshold = 2,
        UnhealthyThreshold = 3,
    };

    [Fact]
    public void TheFirstPass_MakesItHealthy_AndOnlyChangesAreTold()
    {
        var (asker, owner) = (new Script("503 503 200 200 503 503 200 503 503 503 200 503 200 200"), CreateTestProbe());
        // No answer is late here, however busy the machine.
        Sys.ActorOf(HealthCheck.PropsFor(Target, Options with { Timeout = Patience }, asker, owner.Ref));
        Assert.Equal(new HealthObserved(Target, new HealthStatus(false, 503, "answered 503")), owner.ExpectMsg<HealthObserved>(Patience));
        Assert.Equal(HealthStatus.Good, owner.ExpectMsg<HealthObserved>(Patience).Status);
        var words = new List<string>();
        HealthStatus told;
        while (!(told = owner.ExpectMsg<HealthObserved>(Patience).Status).Serving) words.Add(told.Problem);
        Assert.Equal(["answered 503", "passed 1 of 2 checks since it failed", "answered 503", "passed 1 of 2 checks since it failed"], words);
        Assert.True(asker.Asked >= 14, $"{asker.Asked} answers made it healthy");
    }

    [Fact]
    public void NoAnswer_IsAFailure_AndALateOneCountsForNothing()
    {
        var (asker, owner) = (new Script("none"), CreateTestProbe());
        var check = Sys.ActorOf(HealthCheck.PropsFor(Target, Options, asker, owner.Ref));
        Assert.Equal(new HealthStatus(false, 0, "did not answer within 0.02 s"), owner.ExpectMsg<HealthObserved>(Patience).Status);
        check.Tell(new HealthAnswered(1, 200, ""), ActorRefs.NoSender);
        SpinWait.SpinUntil(() => asker.Asked > 4, Patience);
        owner.ExpectNoMsg(TimeSpan.FromMilliseconds(20));
    }

    [Theory]
    [InlineData("answer", 200, true, "")]
    [InlineData("answer", 503, false, "answered 503")]
    [InlineData("refuse", 0, false, "refused the connection")]
    [InlineData("drop", 0, false, "did not answer within 1 s")]
    public void OverTheFastPath_ItSaysTheSame(string what, int code, bool serving, string problem)
    {
        var owner = CreateTestProbe();
        var network = new OneAnswer(what, code);
        Sys.ActorOf(HealthCheck.PropsFor(Target, new HealthCheckOptions(), new FastHealthAsker(network), owner.Ref));
        Assert.Equal(new HealthStatus(serving, code, problem), owner.ExpectMsg<HealthObserved>(Patience).Status);
        Assert.True(network.Asked.TryPeek(out var first));
        Assert.Equal(("", FlowOrigin.Outside, HealthTarget.Checker, "172.18.0.2:10256", "/healthz"),
            (first.From, first.SentBy, first.Source.Ip, first.Destination.ToString(), first.Path));
    }

    /// <summary>Answers each question with the next code; "none" never; the last one again and again.</summary>
    private sealed class Script(string codes) : IHealthAsker
    {
        private readonly string[] _codes = codes.Split(' ');
        private int _asked;

        public int Asked => Volatile.Read(ref _asked);

        public void Send(HealthTarget target, long number, TimeSpan timeout, IActorRef replyTo)
        {
            var turn = Interlocked.Increment(ref _asked) - 1;
            var code = _codes[Math.Min(turn, _codes.Length - 1)];
            if (code != "none") replyTo.Tell(new HealthAnswered(number, int.Parse(code, System.Globalization.CultureInfo.InvariantCulture), ""), ActorRefs.NoSender);
        }
    }

    /// <summary>A network where every request ends alike.</summary>
    private sealed class OneAnswer(string what, int code) : IFastNetwork
    {
        public ConcurrentQueue<FastRequest> Asked { get; } = new();

        public void Send(FastRequest request, IActorRef client)
        {
            Asked.Enqueue(request);
            if (what == "answer") request.Answer(code, "application/json", [], "{}");
            else request.Fail(what == "refuse" ? FastOutcome.Refused : FastOutcome.Dropped, DecisionCause.Routed, "");
            client.Tell(request, ActorRefs.NoSender);
        }

        public void SendOn(FastRequest request, string at, in Flow translated, IActorRef client, long now) => throw new NotSupportedException("Nothing is sent on here.");

        public void Return(FastRequest request, string at, IActorRef client, IActorRef from) => throw new NotSupportedException("Nothing is returned here.");
    }
}
