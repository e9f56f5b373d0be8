using System.Text.Json.Nodes;
using ClusterEmu.Fabric;
using ClusterEmu.Hosting;
using ClusterEmu.Network;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterEmu.Nodes;

/// <summary>The routes of a nodes process beside those that it shares with the edge: tables and the state of its nodes.</summary>
internal static class NodeRoutes
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Maps <c>GET /clusteremu/nodes/{node}/tables?service=NS/NAME&amp;format=json|text</c>.</summary>
    public static void MapTables(this IEndpointRouteBuilder routes, Task<IActorRef> started, Determinism determinism) =>
        routes.MapGet("/clusteremu/nodes/{node}/tables", (RequestDelegate)(async context =>
        {
            var name = (string)context.Request.RouteValues["node"]!;
            var listed = await ListAsync(await started.ConfigureAwait(false), context.RequestAborted).ConfigureAwait(false);
            var host = listed.Hosts.FirstOrDefault(host => host.Settings.Name == name).Host;
            if (host is null)
            {
                await ProcessRoutes.RefuseAsync(context, 404, $"This process has no node '{name}'. It has: {string.Join(", ", listed.Hosts.Take(20).Select(other => other.Settings.Name))}.")
                    .ConfigureAwait(false);
                return;
            }

            var read = await ReadAsync(host, context.RequestAborted).ConfigureAwait(false);
            var service = context.Request.Query["service"].ToString();
            var view = read.Table.View(determinism.Microseconds, service.Length == 0 ? null : ObjectName.Parse(service));
            var text = context.Request.Query["format"] == "text";
            context.Response.ContentType = text ? "text/plain; charset=utf-8" : "application/json";
            await context.Response.WriteAsync(text ? NodeTableText.Write(view) : view.ToJson(), context.RequestAborted).ConfigureAwait(false);
        }));

    /// <summary>Adds <c>nodes</c> to a process's status: name, tableRevision, newestRevision, lagMs, power.</summary>
    public static async Task DescribeAsync(JsonObject status, IActorRef supervisor, Determinism determinism, CancellationToken cancellationToken)
    {
        var listed = await ListAsync(supervisor, cancellationToken).ConfigureAwait(false);
        var nodes = new JsonArray();
        foreach (var (settings, host) in listed.Hosts)
        {
            var read = await ReadAsync(host, cancellationToken).ConfigureAwait(false);
            nodes.Add(new JsonObject
            {
                ["name"] = settings.Name,
                ["tableRevision"] = read.Table.Published.Root.Revision,
                ["newestRevision"] = read.Table.Newest.Root.Revision,
                ["lagMs"] = read.Table.LagAt(determinism.Microseconds).TotalMilliseconds,
                ["power"] = read.On ? "on" : "off",
            });
        }

        status["nodes"] = nodes;
    }

    private static Task<NodesSupervisor.NodesListed> ListAsync(IActorRef supervisor, CancellationToken cancellationToken) =>
        supervisor.Ask<NodesSupervisor.NodesListed>(new NodesSupervisor.Command.ListNodes(), Patience, cancellationToken);

    private static Task<NodeHost.NetworkRead> ReadAsync(IActorRef host, CancellationToken cancellationToken) =>
        host.Ask<NodeHost.NetworkRead>(new NodeHost.Command.ReadNetwork(), Patience, cancellationToken);
}
