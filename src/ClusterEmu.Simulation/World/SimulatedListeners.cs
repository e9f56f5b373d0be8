using ClusterEmu.Fabric;
using ClusterEmu.Network;
using ClusterEmu.Nodes;

namespace ClusterEmu.Simulation;

/// <summary>The open ports of containers in simulation: they answer requests of the fast path and probes, by the programs' own functions.</summary>
/// <param name="names">What DNS servers answer.</param>
internal sealed class SimulatedListeners(IDnsAnswers names)
{
    public IWorkloadListeners For(NodePower power) => new Machine(names, power);

    private sealed class Machine(IDnsAnswers names, NodePower power) : IWorkloadListeners
    {
        public IWorkloadListener Open(ListenerPlan plan, ContainerFacts facts, IActorRef runner, int attempt) =>
            new Listener(plan.NeedsNames ? Gated(plan) : plan, facts, runner, attempt, power, names);

        private ListenerPlan Gated(ListenerPlan plan) => plan with
        {
            Http = (in HttpAsk ask, ContainerFacts known) => names.Ready ? plan.Http!(ask, known) : HttpAnswer.Text("kubernetes", 503),
        };
    }

    private sealed class Listener(ListenerPlan plan, ContainerFacts facts, IActorRef runner, int attempt, NodePower power, IDnsAnswers names) : IWorkloadListener, IFastListener
    {
        private bool _closed;

        public ListenerPlan Plan => plan;
        public ContainerFacts Facts => facts;
        public IpProtocol Protocol => plan.Protocol;
        public string Owner { get; } = facts.Owner;

        public void Answer(FastRequest request, DateTimeOffset now)
        {
            if (power.IsOff) request.Fail(FastOutcome.Dropped, DecisionCause.Routed, "");
            else if (_closed) request.Fail(FastOutcome.Reset, DecisionCause.Routed, request.Trace ? "the process that listened has ended" : "");
            else if (FastDelivery.Answer(request, plan, facts, now, names) is { } exit)
                runner.Tell(new PodRunner.Command.EndProcess(facts.Container, attempt, exit), ActorRefs.NoSender);
        }

        public void Accept(InboundConnection connection) =>
            throw new NotSupportedException("A simulation has no connections: send a FastRequest.");

        public void Receive(Flow flow, ReadOnlyMemory<byte> payload, Action<ReadOnlyMemory<byte>> reply) =>
            throw new NotSupportedException("A simulation has no datagrams of this kind: send a FastRequest.");

        public void Dispose() => _closed = true;
    }
}
