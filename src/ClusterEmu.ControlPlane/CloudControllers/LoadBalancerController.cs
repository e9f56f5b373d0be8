using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane;

/// <summary>Gives out load balancer addresses. <see cref="LoadBalancerReconciler"/> decides.</summary>
public sealed class LoadBalancerController : ControllerActor
{
    private readonly InformerView<Service> _services;

    // Who holds which address, those given a moment ago included.
    private readonly Dictionary<string, ObjectKey> _holders = new(StringComparer.Ordinal);

    public LoadBalancerController(ControllerServices services) : base(services, "service-controller") =>
        _services = Follow<Service>(Kinds.Service, ServiceChanged);

    public static Props PropsFor(ControllerServices services) => Props.Create(() => new LoadBalancerController(services));

    protected override ControllerPlan Reconcile(ObjectKey key)
    {
        if (_services.Objects.Get(key) is not { } service)
        {
            Free(key, except: null);
            return ControllerPlan.Nothing;
        }
        var others = _holders.Where(held => held.Value != key).Select(held => held.Key).ToHashSet(StringComparer.Ordinal);
        var plan = LoadBalancerReconciler.Plan(service, Options, others);
        foreach (var call in plan.Calls)
        {
            if (call.Body is Service next && LoadBalancerReconciler.AddressOf(next) is { } address) _holders.TryAdd(address, key);
        }
        return plan;
    }

    protected override void Answered(ObjectKey key, ApiReply reply)
    {
        if (LoadBalancerReconciler.Told(reply) is { } told) Record(told);
    }

    private void ServiceChanged(Service? before, Service? now)
    {
        var key = ObjectKey.Of((now ?? before)!);
        var address = now is null ? null : LoadBalancerReconciler.AddressOf(now);
        // What the Service gave back is free again; what it was promised a moment ago stays reserved until it shows.
        if (address is not null) _holders.TryAdd(address, key);
        if (now is null || address is not null) Free(key, address);
        else if (before is not null && LoadBalancerReconciler.AddressOf(before) is { } left && _holders.GetValueOrDefault(left) == key) _holders.Remove(left);
        Enqueue(key);
    }

    private void Free(ObjectKey key, string? except)
    {
        foreach (var address in _holders.Where(held => held.Value == key && held.Key != except).Select(held => held.Key).ToList()) _holders.Remove(address);
    }
}
