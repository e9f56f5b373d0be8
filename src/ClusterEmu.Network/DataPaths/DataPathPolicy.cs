namespace ClusterEmu.Network;

/// <summary>
/// What a node does with the first packet of a connection, or with a datagram: the hooks PREROUTING and OUTPUT, kube-proxy's rules,
/// source translation and the way on. Equal arguments and states give equal decisions.
/// </summary>
public static class DataPathPolicy
{
    /// <param name="root">The table that the node's kube-proxy published.</param>
    /// <param name="node">The node.</param>
    /// <param name="sockets">What listens on the node and in its Pods.</param>
    /// <param name="state">Its conntrack, affinity and turns; changed by the decision.</param>
    /// <param name="flow">The packet's addresses.</param>
    /// <param name="origin">Where it meets the node.</param>
    /// <param name="randomBits">64 random bits for this packet alone.</param>
    /// <param name="now">Microseconds; never goes back.</param>
    /// <param name="life">Whether conntrack keeps the connection, or it has ended when this returns.</param>
    public static Decision Decide(
        TableRoot root, NodeFacts node, ILocalSockets sockets, DataPathState state, in Flow flow, PacketOrigin origin, ulong randomBits, long now,
        FlowLife life = FlowLife.UntilClosed)
    {
        var decision = new Decision
        {
            Kind = DecisionKind.Forward,
            Cause = DecisionCause.Routed,
            Origin = origin,
            Original = flow,
            Translated = flow,
            Revision = root.Revision,
        };
        if (state.Conntrack.Count > 0 && Tracked(root, node, sockets, state, ref decision, now)) return decision;

        if (Find(root, node, flow, origin) is { } entry)
        {
            decision.Entry = entry;
            ToService(node, state, ref decision, randomBits, now);
            // KUBE-EXTERNAL-SERVICES hangs in INPUT and FORWARD only: the node's own packets pass it and go out.
            var passes = decision.Cause == DecisionCause.NoEndpoints && origin == PacketOrigin.LocalHost && node.Mode == ProxyMode.Iptables
                && entry.Kind is EntryKind.LoadBalancerIP or EntryKind.ExternalIP;
            if (!passes)
            {
                if (decision.Kind == DecisionKind.Forward) Finish(node, sockets, state, ref decision, randomBits, now, life);
                return decision;
            }
            (decision.Kind, decision.Cause, decision.Entry) = (DecisionKind.Forward, DecisionCause.Routed, null);
        }
        else if (node.Mode == ProxyMode.Ipvs && root.Addresses.TryGet(new IpKey(flow.Destination.Ip), out _))
        {
            End(ref decision, DecisionKind.Reject, DecisionCause.NoVirtualServer);
            return decision;
        }
        else if (node.ServiceRange.Contains(flow.Destination.Ip))
        {
            End(ref decision, DecisionKind.Drop, DecisionCause.NoRule);
            return decision;
        }
        Finish(node, sockets, state, ref decision, randomBits, now, life);
        return decision;
    }

    private static void End(ref Decision decision, DecisionKind kind, DecisionCause cause) => (decision.Kind, decision.Cause) = (kind, cause);

    private static TableEntry? Find(TableRoot root, NodeFacts node, in Flow flow, PacketOrigin origin)
    {
        var destination = flow.Destination;
        if (root.Entries.TryGet(new TableKey(destination.Ip, flow.Protocol, destination.Port), out var entry)) return entry;
        // In iptables mode (route_localnet) the node reaches NodePorts at 127.0.0.1 too.
        var local = node.IsOwn(destination.Ip)
            || (origin == PacketOrigin.LocalHost && node.Mode == ProxyMode.Iptables && AddressPlan.PodLoopback.Contains(destination.Ip));
        return local && root.NodePorts.TryGet(new NodePortKey(flow.Protocol, destination.Port), out entry) ? entry : null;
    }

    /// <summary>False: conntrack does not know the packet, and nothing is decided.</summary>
    private static bool Tracked(TableRoot root, NodeFacts node, ILocalSockets sockets, DataPathState state, ref Decision decision, long now)
    {
        var flow = decision.Original;
        if (state.Conntrack.FindOriginal(flow, now) is { } known)
        {
            // A new TCP connection from a port used before: the former one has ended. A UDP exchange ends with its endpoint.
            if (flow.Protocol != IpProtocol.Udp || !LeadsToLiving(root, known))
            {
                state.Conntrack.Remove(known);
                return false;
            }
            decision.Cause = DecisionCause.Tracked;
            decision.Translated = known.Translated;
            decision.Entry = known.Entry;
            decision.Endpoint = known.Endpoint;
            decision.Choice = known.Endpoint is null ? ChoiceMethod.None : ChoiceMethod.Tracked;
        }
        else if (state.Conntrack.FindReply(flow, now) is { } answered)
        {
            decision.Cause = DecisionCause.TrackedReply;
            decision.Translated = answered.Original.Reversed;
            decision.Entry = answered.Entry;
            decision.Endpoint = answered.Endpoint;
        }
        else
        {
            return false;
        }
        Route(node, sockets, ref decision);
        return true;
    }

    /// <summary>kube-proxy clears UDP entries of endpoints that went away; here they are looked at when used under a newer table.</summary>
    private static bool LeadsToLiving(TableRoot root, ConntrackEntry known)
    {
        if (known.Entry is null || ReferenceEquals(known.CheckedAgainst, root)) return true;
        var old = known.Entry.Port;
        if (!root.Services.TryGet(old.Service, out var service)) return false;
        foreach (var port in service.Ports)
        {
            if (port.PortName != old.PortName || port.Protocol != old.Protocol) continue;
            foreach (var endpoint in port.Endpoints)
            {
                if (endpoint.Address != known.Translated.Destination || !(endpoint.Ready || endpoint.ServesWhileTerminating)) continue;
                known.CheckedAgainst = root;
                return true;
            }
        }
        return false;
    }

    private static void ToService(NodeFacts node, DataPathState state, ref Decision decision, ulong randomBits, long now)
    {
        var entry = decision.Entry!;
        var flow = decision.Original;
        var set = EndpointSelection.Select(entry, node, flow, decision.Origin);
        if (set.Candidates.Length == 0)
        {
            End(ref decision, set.Kind, set.Cause);
            return;
        }

        var (index, method) = Pick(entry.Port, set.Candidates, node.Mode, state, flow, randomBits, now);
        var endpoint = set.Candidates[index];
        decision.Translated = flow with { Destination = endpoint.Address };
        decision.Endpoint = endpoint;
        decision.Choice = method;
        decision.Candidates = set.Candidates.Length;
        decision.Index = index;
        decision.LocalOnly = set.LocalOnly;
        decision.Masquerade = set.Masquerade != MasqueradeCause.None ? set.Masquerade
            : endpoint.Address.Ip == flow.Source.Ip ? MasqueradeCause.Hairpin : MasqueradeCause.None;
    }

    private static (int Index, ChoiceMethod Method) Pick(
        ServicePortTable port, TableEndpoint[] candidates, ProxyMode mode, DataPathState state, in Flow flow, ulong randomBits, long now)
    {
        var server = mode == ProxyMode.Ipvs ? flow.Destination : default;
        if (port.AffinitySeconds > 0 && state.Affinity.Find(port.StateKey, server, flow.Source.Ip, port.AffinitySeconds, now) is { } stay)
        {
            for (var i = 0; i < candidates.Length; i++)
            {
                if (candidates[i].Address != stay) continue;
                state.Affinity.Note(port.StateKey, server, flow.Source.Ip, stay, now);
                return (i, ChoiceMethod.Affinity);
            }
        }
        var (index, method) = mode == ProxyMode.Ipvs
            ? (state.Turns.Next(new TableKey(flow.Destination.Ip, flow.Protocol, flow.Destination.Port), candidates), ChoiceMethod.Turn)
            : (ProbabilityChain.Draw(candidates.Length, randomBits), ChoiceMethod.Random);
        if (port.AffinitySeconds > 0) state.Affinity.Note(port.StateKey, server, flow.Source.Ip, candidates[index].Address, now);
        return (index, method);
    }

    /// <summary>Source translation, the way on, and the conntrack entry.</summary>
    private static void Finish(
        NodeFacts node, ILocalSockets sockets, DataPathState state, ref Decision decision, ulong randomBits, long now, FlowLife life)
    {
        var target = decision.Translated.Destination.Ip;
        // The Pod network's own masquerading (CNI): what leaves it carries the node's address.
        if (decision is { Origin: PacketOrigin.LocalPod, Masquerade: MasqueradeCause.None } && !node.ClusterPods.Contains(target) && !node.IsOwn(target))
            decision.Masquerade = MasqueradeCause.LeavesPodNetwork;
        Route(node, sockets, ref decision);
        if (decision.Kind is not (DecisionKind.Forward or DecisionKind.Deliver)) return;

        if (decision.Masquerade != MasqueradeCause.None)
        {
            if (node.IsOwn(decision.Original.Source.Ip))
            {
                decision.Masquerade = MasqueradeCause.None; // It has the node's address already.
            }
            else
            {
                var free = state.Conntrack.FreePort(decision.Translated, node.Addresses[0], randomBits);
                if (free == 0)
                {
                    End(ref decision, DecisionKind.Drop, DecisionCause.NoFreePort);
                    return;
                }
                decision.Translated = decision.Translated with { Source = new IpPort(node.Addresses[0], free) };
            }
        }
        if (decision.Translated == decision.Original) return;
        var has = life == FlowLife.Instant
            ? state.Conntrack.TryPass(decision.Original, decision.Translated, now)
            : state.Conntrack.TryAdd(new ConntrackEntry(decision.Original, decision.Translated, decision.Entry, decision.Endpoint), now);
        if (!has) End(ref decision, DecisionKind.Drop, DecisionCause.ConntrackFull);
    }

    private static void Route(NodeFacts node, ILocalSockets sockets, ref Decision decision)
    {
        var destination = decision.Translated.Destination;
        var pod = node.HoldsPod(destination.Ip);
        var own = node.IsOwn(destination.Ip) || (decision.Origin == PacketOrigin.LocalHost && AddressPlan.PodLoopback.Contains(destination.Ip));
        if (pod || own)
        {
            switch (sockets.Look(decision.Translated.Protocol, destination))
            {
                case LocalSocket.Listening:
                    decision.Kind = DecisionKind.Deliver;
                    break;
                case LocalSocket.NoAddress when pod:
                    End(ref decision, DecisionKind.Unreachable, DecisionCause.NoSuchPod);
                    break;
                // An answer goes to the socket that asked, which listens to nobody else.
                case var _ when decision.Cause == DecisionCause.TrackedReply:
                    decision.Kind = DecisionKind.Deliver;
                    break;
                default:
                    End(ref decision, DecisionKind.Reject, DecisionCause.PortClosed);
                    break;
            }
            return;
        }
        var passesOn = decision.Origin is PacketOrigin.LocalPod or PacketOrigin.LocalHost || decision.Cause != DecisionCause.Routed || decision.Endpoint is not null;
        if (!passesOn) End(ref decision, DecisionKind.Unreachable, DecisionCause.NotForThisNode);
    }
}
