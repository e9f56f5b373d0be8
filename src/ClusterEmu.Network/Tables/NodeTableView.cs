using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClusterEmu.Network;

/// <summary>A node's routing table, ready to be shown: <c>clusteremu node tables</c>.</summary>
/// <param name="Node">The node.</param>
/// <param name="Mode"><c>iptables</c> or <c>ipvs</c>.</param>
/// <param name="Revision">The table in force; 0 if there is none yet.</param>
/// <param name="NewestRevision">The newest that the node's process compiled.</param>
/// <param name="AgeMs">How long it has been in force.</param>
/// <param name="LagMs">How long the oldest change has waited that it lacks; 0 if it is the newest.</param>
/// <param name="ServicesVersion">resourceVersion of the last Service change in it.</param>
/// <param name="EndpointSlicesVersion">resourceVersion of the last EndpointSlice change in it.</param>
/// <param name="Note">A sentence if there is nothing to show; else empty.</param>
/// <param name="Services">Service ports by namespace, name and order.</param>
public sealed record NodeTableView(
    string Node,
    string Mode,
    long Revision,
    long NewestRevision,
    double AgeMs,
    double LagMs,
    string ServicesVersion,
    string EndpointSlicesVersion,
    string Note,
    IReadOnlyList<ServicePortView> Services)
{
    public string ToJson() => JsonSerializer.Serialize(this, NodeTableJson.Default.NodeTableView);
}

/// <param name="Service">namespace/name.</param>
/// <param name="PortName">Empty for the only port of a Service.</param>
/// <param name="Protocol">TCP, UDP or SCTP.</param>
/// <param name="SessionAffinitySeconds">0 without affinity.</param>
/// <param name="InternalTrafficPolicy">Cluster or Local.</param>
/// <param name="ExternalTrafficPolicy">Cluster or Local; empty if nothing outside leads here.</param>
/// <param name="SourceRanges">Who may use the load balancer's IPs; empty: everybody.</param>
/// <param name="Rules">What leads here, and what becomes of it on this node.</param>
/// <param name="Endpoints">All endpoints, also those that take no traffic.</param>
/// <param name="ServiceVersion">The Service's resourceVersion.</param>
/// <param name="EndpointSlices">name@resourceVersion.</param>
public sealed record ServicePortView(
    string Service,
    string PortName,
    string Protocol,
    int SessionAffinitySeconds,
    string InternalTrafficPolicy,
    string ExternalTrafficPolicy,
    IReadOnlyList<string> SourceRanges,
    IReadOnlyList<RuleView> Rules,
    IReadOnlyList<EndpointView> Endpoints,
    string ServiceVersion,
    IReadOnlyList<string> EndpointSlices);

/// <param name="Kind">ClusterIP, NodePort, LoadBalancerIP or ExternalIP.</param>
/// <param name="Destination">address:port; <c>*:port</c> for a NodePort.</param>
/// <param name="Path">The chains or the virtual server, in kube-proxy's words.</param>
/// <param name="Verdict">dnat, reject or drop.</param>
/// <param name="Reason">Why it is rejected or dropped; else empty.</param>
/// <param name="Uses">The endpoints that a packet may go to, in order.</param>
public sealed record RuleView(string Kind, string Destination, string Path, string Verdict, string Reason, IReadOnlyList<string> Uses);

/// <param name="Address">address:port.</param>
/// <param name="Pod">namespace/name; empty if it is no Pod.</param>
/// <param name="Node">Its node; empty if unknown.</param>
/// <param name="Zone">Its zone; empty if unknown.</param>
/// <param name="Ready">May take traffic.</param>
/// <param name="Serving">Passes its readiness probe.</param>
/// <param name="Terminating">Its Pod is being deleted.</param>
/// <param name="Chain">KUBE-SEP-…</param>
public sealed record EndpointView(string Address, string Pod, string Node, string Zone, bool Ready, bool Serving, bool Terminating, string Chain);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(NodeTableView))]
internal sealed partial class NodeTableJson : JsonSerializerContext;
