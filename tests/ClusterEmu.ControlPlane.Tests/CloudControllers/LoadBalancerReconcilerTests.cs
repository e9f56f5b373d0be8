using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.Tests;

public sealed class LoadBalancerReconcilerTests
{
    private static readonly ControllerOptions Options = new();

    [Fact]
    public void FirstTheFinalizerThenTheLowestFreeAddress()
    {
        var service = Balanced();
        var first = LoadBalancerReconciler.Plan(service, Options, new HashSet<string>());
        Assert.Equal("EnsuringLoadBalancer", first.Events.Single().Reason);
        var marked = (Service)first.Calls.Single().Body!;
        Assert.Equal(["service.kubernetes.io/load-balancer-cleanup"], marked.Metadata.Finalizers);
        var second = LoadBalancerReconciler.Plan(marked, Options, new HashSet<string> { "127.203.0.1", "127.203.0.3" });
        Assert.Equal("status", second.Calls.Single().Subresource);
        var served = (Service)second.Calls.Single().Body!;
        Assert.Equal("127.203.0.2", LoadBalancerReconciler.AddressOf(served));
        Assert.Equal(ControllerPlan.Nothing, LoadBalancerReconciler.Plan(served, Options, new HashSet<string> { "127.203.0.1" }));
    }

    [Theory] // asked for; given, or what the refusal says
    [InlineData("127.203.7.7", "127.203.7.7")]
    [InlineData("127.203.0.9", "in use by another Service")]
    [InlineData("10.0.0.1", "not in this cloud's range 127.203.0.0/16")]
    [InlineData("nonsense", "not in this cloud's range")]
    public void AnAddressMayBeAskedFor(string asked, string expected)
    {
        var service = Balanced(asked) with { Metadata = Make.Meta("lb") with { Finalizers = [LoadBalancerReconciler.Finalizer] } };
        var plan = LoadBalancerReconciler.Plan(service, Options, new HashSet<string> { "127.203.0.9" });
        var given = plan.Calls.Count == 1 ? LoadBalancerReconciler.AddressOf((Service)plan.Calls[0].Body!) : plan.Events.Single().Message;
        Assert.Contains(expected, given);
    }

    [Theory] // type, class; served
    [InlineData("LoadBalancer", null, true)]
    [InlineData("LoadBalancer", "clusteremu.io/cloud", true)]
    [InlineData("LoadBalancer", "example.com/other", false)]
    [InlineData("NodePort", null, false)]
    public void OnlyOurClassIsServed(string type, string? balancerClass, bool expected)
    {
        var service = Balanced();
        service = service with { Spec = service.Spec with { Type = type, LoadBalancerClass = balancerClass } };
        Assert.Equal(expected, LoadBalancerReconciler.IsWanted(service, Options));
    }

    [Fact]
    public void AChangedTypeGivesTheAddressBackBeforeTheFinalizer()
    {
        var service = Balanced() with
        {
            Metadata = Make.Meta("lb") with { Finalizers = [LoadBalancerReconciler.Finalizer] },
            Status = new ServiceStatus { LoadBalancer = new LoadBalancerStatus { Ingress = [new LoadBalancerIngress { IP = "127.203.0.1" }] } },
        };
        service = service with { Spec = service.Spec with { Type = "ClusterIP" } };
        var first = LoadBalancerReconciler.Plan(service, Options, new HashSet<string>());
        var emptied = (Service)first.Calls.Single().Body!;
        Assert.Equal(("DeletingLoadBalancer", "status", 0), (first.Events.Single().Reason, first.Calls[0].Subresource, emptied.Status.LoadBalancer.Ingress.Count));
        var second = LoadBalancerReconciler.Plan(emptied, Options, new HashSet<string>());
        Assert.Empty(second.Calls.Single().Body!.Metadata.Finalizers);
        Assert.Null(second.Calls[0].Subresource);
    }

    [Fact]
    public void AFullRangeSaysSo()
    {
        var options = Options with { LoadBalancerRange = Network.Cidr.Parse("127.203.0.0/30") };
        var service = Balanced() with { Metadata = Make.Meta("lb") with { Finalizers = [LoadBalancerReconciler.Finalizer] } };
        var plan = LoadBalancerReconciler.Plan(service, options, new HashSet<string> { "127.203.0.1", "127.203.0.2" });
        Assert.Equal("Error syncing load balancer: failed to ensure load balancer: all 2 addresses of the range 127.203.0.0/30 are in use; delete a Service of type LoadBalancer", plan.Events.Single().Message);
    }

    private static Service Balanced(string address = "")
    {
        var service = Make.Service("lb");
        return service with { Spec = service.Spec with { Type = "LoadBalancer", LoadBalancerIP = address } };
    }
}
