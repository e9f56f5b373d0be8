using ClusterEmu.Fabric;
using ClusterEmu.Network;

namespace ClusterEmu.Nodes;

/// <summary>Who can send requests from this process: its nodes and their Pods.</summary>
internal sealed class NodeSenders(NodesOptions options, IActorRef supervisor) : IRequestSenders
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async ValueTask<RequestSender> FindAsync(string from, CancellationToken cancellationToken)
    {
        var listed = await supervisor.Ask<NodesSupervisor.NodesListed>(new NodesSupervisor.Command.ListNodes(), Patience, cancellationToken).ConfigureAwait(false);
        return from.Split('/') switch
        {
            ["node", var name] => await FromNodeAsync(name, listed, cancellationToken).ConfigureAwait(false),
            ["pod", var ns, var name] => await FromPodAsync(ns, name, listed, cancellationToken).ConfigureAwait(false),
            _ => throw new RequestRefusedException(400, $"'{from}' does not name a sender in process {options.Process}. Write pod/NAMESPACE/NAME or node/NAME; 'outside' is the edge process's."),
        };
    }

    private async Task<RequestSender> FromNodeAsync(string name, NodesSupervisor.NodesListed listed, CancellationToken cancellationToken)
    {
        var found = listed.Hosts.FirstOrDefault(host => host.Settings.Name == name);
        if (found.Host is null)
        {
            throw new RequestRefusedException(404,
                $"Process {options.Process} has no node '{name}'. It has: {string.Join(", ", listed.Hosts.Take(20).Select(host => host.Settings.Name))}.");
        }

        await RequirePowerAsync(found.Host, name, cancellationToken).ConfigureAwait(false);
        // A node asks the cluster's DNS, but has no search path.
        return new RequestSender($"node/{name}", name, FlowOrigin.LocalHost, found.Settings.InternalIP, new NameSettings { Nameserver = options.Plan.DnsService });
    }

    private async Task<RequestSender> FromPodAsync(string ns, string name, NodesSupervisor.NodesListed listed, CancellationToken cancellationToken)
    {
        var reply = await listed.Dispatcher.Ask<PodDispatcher.PodFound>(new PodDispatcher.Command.FindPod(ns, name), Patience, cancellationToken).ConfigureAwait(false);
        if (reply.Pod is not { } pod)
            throw new RequestRefusedException(404, $"No node of process {options.Process} has a Pod {ns}/{name}. 'kubectl get pods -n {ns} -o wide' shows where it is.");
        var state = pod.Status.Phase.Length == 0 ? "Pending" : pod.Status.Phase;
        if (state != "Running" || !Ip.TryParse(pod.Status.PodIP, out var ip))
            throw new RequestRefusedException(409, $"Pod {ns}/{name} is {state}, but only a running Pod can send. Wait until it runs: kubectl wait -n {ns} --for=condition=Ready pod/{name}.");
        var host = listed.Hosts.First(host => host.Settings.Name == pod.Spec.NodeName).Host;
        await RequirePowerAsync(host, pod.Spec.NodeName, cancellationToken).ConfigureAwait(false);
        var origin = pod.Spec.HostNetwork ? FlowOrigin.LocalHost : FlowOrigin.LocalPod;
        return new RequestSender($"pod/{ns}/{name}", pod.Spec.NodeName, origin, ip, PodResolver.Of(pod, options.Plan.DnsService, options.ClusterDomain));
    }

    private static async Task RequirePowerAsync(IActorRef host, string name, CancellationToken cancellationToken)
    {
        var read = await host.Ask<NodeHost.NetworkRead>(new NodeHost.Command.ReadNetwork(), Patience, cancellationToken).ConfigureAwait(false);
        if (!read.On) throw new RequestRefusedException(409, $"Node {name} is switched off, so nothing on it can send. 'clusteremu node start {name}' switches it on.");
    }
}
