using System.Globalization;
using ClusterEmu.Cli.Launching;
using ClusterEmu.Cli.Roles;
using ClusterEmu.Client;
using ClusterEmu.Hosting;
using ClusterEmu.Network;

namespace ClusterEmu.Cli.Commands;

/// <summary>What a user reads when a cluster is up: where it is, and what to type next.</summary>
internal static class UpSummary
{
    public static void Print(TextWriter output, ClusterRecord record, ClusterFolder folder, UpOptions options, bool detached)
    {
        var shown = Math.Min(options.Nodes, 3);
        var plan = PlanOf(folder);
        var nodes = string.Join(", ", Enumerable.Range(1, shown).Select(i => $"node-{i} {plan.NodeExternal(i)}"));
        var context = options.Kubeconfig is { } file ? $"export KUBECONFIG={Path.GetFullPath(file)}" : $"context clusteremu-{record.Name} is current in {record.MergedInto}";
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Cluster '{record.Name}' is ready after {record.ReadySeconds:0.0} s: {options.Nodes} {(options.Nodes == 1 ? "node" : "nodes")} in {record.Processes.Count} processes, kube-proxy mode {record.ProxyMode}, timing profile {record.Profile}."));
        output.WriteLine($"  API             {record.ApiAddress.ToString().TrimEnd('/')}");
        output.WriteLine($"  kubectl         {context}");
        output.WriteLine($"  nodes           {nodes}{(options.Nodes > shown ? ", …" : "")}   (curl http://ADDRESS:NODEPORT)");
        output.WriteLine($"  load balancers  {plan.LoadBalancerRange}");
        if (record.LoopbackOnly)
        {
            output.WriteLine("  This machine has no loopback address beyond 127.0.0.1, so NodePorts and load balancers are served at ports of 127.0.0.1:");
            output.WriteLine("  'clusteremu status' says which, and so does a Service's annotation clusteremu.io/host-port-map.");
        }
        foreach (var line in record.Applied) output.WriteLine($"  {line}");
        output.WriteLine("Try:");
        output.WriteLine("  kubectl get nodes");
        output.WriteLine("  kubectl create deployment web --image=nginx:1.21 --replicas=3 && kubectl expose deployment web --port=80");
        output.WriteLine($"  clusteremu request http://web.default.svc.cluster.local --from node/node-1 --trace{folder.Options}");
        output.WriteLine(detached ? $"End it with: clusteremu down{folder.Options}" : "End it with Ctrl-C.");
    }

    /// <summary>The addresses by the configuration that the processes were started with: a file given with --config may have moved them.</summary>
    private static AddressPlan PlanOf(ClusterFolder folder) =>
        ClusterAddresses.From(ClusterConfiguration.Load(RoleProcess.ReferenceText(), folder.ConfigurationOf("control-plane")));
}
