using ClusterEmu.Fabric;
using ClusterEmu.Hosting;
using ClusterEmu.Network;

namespace ClusterEmu.Nodes;

/// <summary>Ends requests of the fast path at the node that they do not leave any more.</summary>
public static class FastDelivery
{
    /// <summary>Carries out a decision other than Forward.</summary>
    public static void End(FastRequest request, in Decision decision, NodeFacts node, LocalListeners listeners, Determinism clock)
    {
        var listener = decision.Kind == DecisionKind.Deliver ? listeners.Find(decision.Translated.Protocol, decision.Translated.Destination) : null;
        if (listener is not null)
        {
            request.Arrive(decision.Translated, listener.Owner);
            if (listener is IFastListener fast) fast.Answer(request, clock.UtcNow);
            else request.Fail(FastOutcome.Unsupported, DecisionCause.Routed, $"{listener.Owner} takes connections only. Dial one instead.");
        }
        else
        {
            var outcome = decision.Kind switch
            {
                DecisionKind.Reject => FastOutcome.Refused,
                DecisionKind.Unreachable => FastOutcome.Unreachable,
                _ => FastOutcome.Dropped,
            };
            request.Fail(outcome, decision.Cause, request.Trace ? DecisionText.Reason(decision, node) : "");
        }
        if (request.Trace) request.AddHops(DecisionText.Hops(decision, node, listener?.Owner ?? ""), clock.Microseconds);
    }

    /// <summary>Asks the very function that answers requests which come over connections.</summary>
    /// <param name="request">The request.</param>
    /// <param name="plan">What listens.</param>
    /// <param name="facts">Of the container that listens.</param>
    /// <param name="now">The server's clock.</param>
    /// <param name="dns">Answers for <see cref="ListenerKind.Dns"/>; null: nobody does.</param>
    /// <returns>What the request does to the program; usually nothing.</returns>
    public static ProcessExit? Answer(FastRequest request, ListenerPlan plan, ContainerFacts facts, DateTimeOffset now, IDnsAnswers? dns = null)
    {
        if (request.Protocol == IpProtocol.Udp && plan.Kind is ListenerKind.Dns or ListenerKind.Datagrams)
        {
            var reply = plan.Kind == ListenerKind.Dns
                ? dns?.Answer(request.Payload, false) ?? default
                : plan.Datagrams?.Invoke(request.Payload, request.Flow.Source, facts) ?? default;
            if (reply.IsEmpty) request.Fail(FastOutcome.Dropped, DecisionCause.Routed, request.Trace ? $"{facts.Owner} does not answer this datagram." : "");
            else request.AnswerDatagram(reply);
            return null;
        }
        if (plan is not { Kind: ListenerKind.Http, Http: { } responder })
        {
            request.Fail(FastOutcome.Unsupported, DecisionCause.Routed, $"{facts.Owner} speaks {plan.Kind} on port {plan.Port}, the fast path plain HTTP only. Dial a connection instead.");
            return null;
        }
        var answer = responder(new HttpAsk(request.Method, request.Path, request.Query, request.Headers, request.Flow.Source, now), facts);
        if (answer.Exit is { } exit && exit.After == TimeSpan.Zero)
            request.Fail(FastOutcome.Reset, DecisionCause.Routed, request.Trace ? "The process ended before it could answer." : "");
        else
            request.Answer(answer.Code, answer.ContentType, answer.Headers, answer.HasBody && request.Method != "HEAD" ? answer.Body : "");
        return answer.Exit;
    }
}
