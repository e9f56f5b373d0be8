using System.Text;
using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.Edge;

namespace ClusterEmu.Simulation.Tests;

public sealed class LoadBalancersConvergeTests
{
    [Fact]
    public void WhatTheEdgeHears_IsWhatItsLoadBalancersDo()
    {
        var (world, convergence) = Started(null);
        Change(world, ApiCall.Delete(Kinds.Service, "default", "two"));
        Assert.Null(convergence.Problem());
        convergence.Check(healed: true);
        Assert.Null(world.Violation);
    }

    public static TheoryData<string, string> Mistakes() => new()
    {
        { "delete", "has 'TCP " },
        { "port", ":81 of default/one" },
        { "exclude", "to node-2'" },
        { "source ranges", "from 10.0.0.0/8" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void AChangeThatTheEdgeMisses_IsReportedOnceAllIsHealed(string change, string expected)
    {
        var deaf = false;
        var (world, convergence) = Started((message, deliver) =>
        {
            if (!deaf || message is not InformerChanged) deliver(message);
        });
        deaf = true;
        Change(world, change switch
        {
            "delete" => ApiCall.Delete(Kinds.Service, "default", "two"),
            "port" => Patch(Kinds.Service, "default", "one", """{"spec":{"ports":[{"port":81}]}}"""),
            "exclude" => Patch(Kinds.Node, null, "node-1", """{"metadata":{"labels":{"node.kubernetes.io/exclude-from-external-load-balancers":"true"}}}"""),
            _ => Patch(Kinds.Service, "default", "one", """{"spec":{"loadBalancerSourceRanges":["10.0.0.0/8"]}}"""),
        });
        Found(world, convergence, expected);
    }

    [Fact]
    public void HealthChecksThatAreNotHeard_AreReportedOnceAllIsHealed()
    {
        var deaf = false;
        var (world, convergence) = Started((message, deliver) =>
        {
            if (!deaf || message is not HealthObserved) deliver(message);
        });
        deaf = true;
        // No node has an endpoint of the Service whose policy is Local any more.
        Change(world, Patch(Kinds.Deployment, "default", "web", """{"spec":{"replicas":0}}"""));
        Found(world, convergence, "of default/two");
    }

    private static void Found(SimulatedWorld world, LoadBalancersConverge convergence, string expected)
    {
        convergence.Check(healed: false);
        Assert.Null(world.Violation);
        convergence.Check(healed: true);
        Assert.Equal("load-balancers-converge", world.Violation?.Invariant);
        Assert.Contains(expected, world.Violation!.What, StringComparison.Ordinal);
    }

    private static void Change(SimulatedWorld world, ApiCall call)
    {
        Assert.True(new Probe(world).Ask(call).Ok);
        world.Executor.RunUntil(world.Now + 8_000_000);
    }

    private static ApiCall Patch(KindInfo kind, string? ns, string name, string json) => ApiCall.MergePatch(kind, ns, name, Encoding.UTF8.GetBytes(json));

    private static (SimulatedWorld World, LoadBalancersConverge Convergence) Started(Action<object, Action<object>>? filter)
    {
        var composition = new Composition
        {
            Actors = filter is null ? null : (_, _, props) => props.Type != typeof(EdgeRouter) ? props : FilteredActor.PropsFor(props, () => (_, message, deliver) => filter(message, deliver)),
        };
        var world = new SimulatedWorld(new WorldOptions { Nodes = 2, DnsReplicas = 1, Composition = composition }, 1);
        var convergence = new LoadBalancersConverge();
        convergence.Attach(world);
        world.Start();
        foreach (var item in ScenarioObject.Parse(
            Manifests.All(
                Manifests.Deployment("web", 1, gracePeriodSeconds: 1),
                Manifests.Service("one", "type: LoadBalancer, selector: {app: web}, ports: [{port: 80}]"),
                Manifests.Service("two", "type: LoadBalancer, externalTrafficPolicy: Local, selector: {app: web}, ports: [{port: 80}]")),
            "test"))
        {
            world.Operator.Apply(item);
        }
        world.Executor.RunUntil(15_000_000);
        Assert.Equal(2, world.Record.All<Service>(Kinds.Service).Count(service => service.Status.LoadBalancer.Ingress.Count > 0));
        Assert.Null(convergence.Problem());
        return (world, convergence);
    }
}
