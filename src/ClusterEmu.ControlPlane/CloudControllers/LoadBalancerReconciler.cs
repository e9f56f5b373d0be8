using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.Network;

namespace ClusterEmu.ControlPlane;

/// <summary>The emulated cloud: gives Services of type LoadBalancer an address and takes it back. Pure. Source: k8s.io/cloud-provider controllers/service.</summary>
public static class LoadBalancerReconciler
{
    public const string Finalizer = "service.kubernetes.io/load-balancer-cleanup";

    /// <summary>Whether the Service should have one of our addresses.</summary>
    public static bool IsWanted(Service service, ControllerOptions options) =>
        service.Spec.Type == "LoadBalancer" && service.Metadata.DeletionTimestamp is null
        && (string.IsNullOrEmpty(service.Spec.LoadBalancerClass) || service.Spec.LoadBalancerClass == options.LoadBalancerClass);

    /// <summary>The address that the Service has; null if none.</summary>
    public static string? AddressOf(Service service) =>
        service.Status.LoadBalancer.Ingress.Select(ingress => ingress.IP).FirstOrDefault(ip => ip.Length > 0);

    /// <param name="service">The Service.</param>
    /// <param name="options">The range and the class.</param>
    /// <param name="taken">Addresses of other Services.</param>
    public static ControllerPlan Plan(Service service, ControllerOptions options, IReadOnlySet<string> taken)
    {
        var marked = service.Metadata.Finalizers.Contains(Finalizer);
        if (!IsWanted(service, options)) return marked ? Release(service) : ControllerPlan.Nothing;
        if (!marked)
        {
            var meta = service.Metadata with { Finalizers = [.. service.Metadata.Finalizers, Finalizer] };
            return new ControllerPlan
            {
                Calls = [ApiCall.Update(service with { Metadata = meta })],
                Events = [Told(service, RecordEvent.Normal, "EnsuringLoadBalancer", "Ensuring load balancer")],
            };
        }
        var current = AddressOf(service);
        var asked = service.Spec.LoadBalancerIP;
        if (current is not null && !taken.Contains(current) && (asked.Length == 0 || asked == current)) return ControllerPlan.Nothing;
        var (address, problem) = Choose(asked, options.LoadBalancerRange, taken);
        if (address is null)
        {
            return new ControllerPlan
            {
                Events = [Told(service, RecordEvent.Warning, "SyncLoadBalancerFailed", $"Error syncing load balancer: failed to ensure load balancer: {problem}")],
                LookAgainAfter = TimeSpan.FromSeconds(5),
            };
        }
        return ControllerPlan.Of(ApiCall.UpdateStatus(WithAddress(service, address), EnsuredTag));
    }

    /// <summary>What to tell once a call of the plan succeeded; null for nothing.</summary>
    public static PlannedEvent? Told(ApiReply reply) => !reply.Ok || reply.Object is not Service service ? null
        : reply.Call.Tag == EnsuredTag ? Told(service, RecordEvent.Normal, "EnsuredLoadBalancer", "Ensured load balancer")
        : reply.Call.Tag == ReleasedTag ? Told(service, RecordEvent.Normal, "DeletedLoadBalancer", "Deleted load balancer")
        : null;

    private static readonly object EnsuredTag = new();
    private static readonly object ReleasedTag = new();

    private static ControllerPlan Release(Service service)
    {
        // The address goes first, then the finalizer that held the Service; the Service itself may end with that.
        if (service.Status.LoadBalancer.Ingress.Count > 0)
        {
            return new ControllerPlan
            {
                Calls = [ApiCall.UpdateStatus(service with { Status = service.Status with { LoadBalancer = LoadBalancerStatus.Empty } })],
                Events = [Told(service, RecordEvent.Normal, "DeletingLoadBalancer", "Deleting load balancer")],
            };
        }
        var meta = service.Metadata with { Finalizers = [.. service.Metadata.Finalizers.Where(finalizer => finalizer != Finalizer)] };
        return ControllerPlan.Of(ApiCall.Update(service with { Metadata = meta }, ReleasedTag));
    }

    private static Service WithAddress(Service service, string address) => service with
    {
        Status = service.Status with
        {
            LoadBalancer = new LoadBalancerStatus { Ingress = [new LoadBalancerIngress { IP = address, IPMode = "VIP" }] },
        },
    };

    private static (string? Address, string Problem) Choose(string asked, Cidr range, IReadOnlySet<string> taken)
    {
        if (asked.Length > 0)
        {
            if (!Ip.TryParse(asked, out var wanted) || !range.Contains(wanted) || wanted == range.First)
                return (null, $"spec.loadBalancerIP {asked} is not in this cloud's range {range}; choose one from it, or leave the field out");
            return taken.Contains(asked) ? (null, $"spec.loadBalancerIP {asked} is in use by another Service; choose another, or leave the field out") : (asked, "");
        }
        for (var n = 1UL; n < range.Count - 1; n++)
        {
            var address = range.Host(n).ToString();
            if (!taken.Contains(address)) return (address, "");
        }
        return (null, $"all {range.Count - 2} addresses of the range {range} are in use; delete a Service of type LoadBalancer");
    }

    private static PlannedEvent Told(Service service, string type, string reason, string message) => new(service, type, reason, message);
}
