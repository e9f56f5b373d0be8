using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane.Tests;

public sealed class EndpointsReconcilerTests
{
    [Theory] // Pods, ports of the Service; subsets as ready|not ready:ports
    [InlineData("a+ b+", "80:8080", "172.17.0.5,172.17.0.6|:8080")]
    [InlineData("a+ b", "80:8080", "172.17.0.5|172.17.0.6:8080")]
    [InlineData("a+ b+!", "80:8080", "172.17.0.5|:8080")]
    [InlineData("", "80:8080", "")]
    [InlineData("a+", "80:http", "172.17.0.5|:8080")]
    [InlineData("a+", "80:unknown", "")]
    [InlineData("a+ b+", "http=80:8080 https=443:8443", "172.17.0.5,172.17.0.6|:8080,8443")]
    public void SubsetsFollowThePods(string pods, string ports, string expected) =>
        Assert.Equal(expected, Text(EndpointSubsets.Of(Make.Service(ports: ports), Make.Pods(pods))));

    [Fact]
    public void PortsWithOtherAddressesHaveASubsetOfTheirOwn()
    {
        var (a, b) = (Make.Pod("a+", "172.17.0.5"), Make.Pod("b+", "172.17.0.6"));
        b = b with { Spec = b.Spec with { Containers = [new Container { Ports = [new ContainerPort { Name = "http", Port = 9090 }] }] } };
        Assert.Equal("172.17.0.5,172.17.0.6|:80 172.17.0.5|:8080 172.17.0.6|:9090",
            Text(EndpointSubsets.Of(Make.Service(ports: "a=80:80 b=81:http"), [a, b])));
    }

    [Fact]
    public void PublishNotReadyAddressesListsAllAsReady()
    {
        var service = Make.Service();
        service = service with { Spec = service.Spec with { PublishNotReadyAddresses = true } };
        Assert.Equal("172.17.0.5,172.17.0.6|:8080", Text(EndpointSubsets.Of(service, Make.Pods("a b!"))));
    }

    [Fact]
    public void AHeadlessServiceMayHaveNoPortsAndItsPodsHostNames()
    {
        var service = Make.Service("db", ports: "");
        service = service with { Spec = service.Spec with { ClusterIP = "None" } };
        var pod = Make.Pod("a+", "172.17.0.5");
        pod = pod with { Spec = pod.Spec with { Hostname = "db-0", Subdomain = "db" } };
        var plan = EndpointsReconciler.Plan(service, [pod], null, null);
        var endpoints = (Endpoints)plan.Calls.Single().Body!;
        Assert.Equal("172.17.0.5|:", Text(endpoints.Subsets));
        Assert.Equal("db-0", endpoints.Subsets[0].Addresses[0].Hostname);
        Assert.Equal("", endpoints.Metadata.Labels["service.kubernetes.io/headless"]);
    }

    [Fact]
    public void AnAddressNamesItsPodAndNode()
    {
        var address = EndpointSubsets.Of(Make.Service(), [Make.Pod("a+@node-1", "172.17.0.5")])[0].Addresses[0];
        Assert.Equal(("node-1", "Pod", "a", "uid-of-a"), (address.NodeName, address.TargetRef!.Kind, address.TargetRef.Name, address.TargetRef.Uid));
        Assert.Equal("", address.TargetRef.ResourceVersion);
    }

    [Fact]
    public void WhatIsRightIsNotWrittenAgain()
    {
        var service = Make.Service();
        var pods = Make.Pods("a+ b");
        var made = (Endpoints)EndpointsReconciler.Plan(service, pods, null, Make.Noon).Calls.Single().Body!;
        Assert.Equal("2026-01-02T12:00:00Z", made.Metadata.Annotations["endpoints.kubernetes.io/last-change-trigger-time"]);
        Assert.Empty(EndpointsReconciler.Plan(service, pods, made, null).Calls);
        Assert.Empty(EndpointsReconciler.Plan(service, pods, (Endpoints)Kinds.Endpoints.Decode(Kinds.Endpoints.Encode(made)), null).Calls);
        var call = Assert.Single(EndpointsReconciler.Plan(service, Make.Pods("a+ b+"), made, null).Calls);
        Assert.Equal(ApiVerb.Update, call.Verb);
        Assert.False(call.Body!.Metadata.Annotations.ContainsKey("endpoints.kubernetes.io/last-change-trigger-time"));
    }

    [Theory] // ready, not ready; kept of each
    [InlineData(900, 200, 900, 100)]
    [InlineData(1200, 5, 1000, 0)]
    [InlineData(600, 400, 600, 400)]
    public void AThousandAddressesAreTheMost(int ready, int notReady, int keptReady, int keptNotReady)
    {
        var pods = Enumerable.Range(0, ready + notReady).Select(i => Make.Pod(i < ready ? $"p{i}+" : $"p{i}", $"172.17.{i / 250}.{i % 250}")).ToList();
        var endpoints = (Endpoints)EndpointsReconciler.Plan(Make.Service(), pods, null, null).Calls.Single().Body!;
        Assert.Equal((keptReady, keptNotReady), (endpoints.Subsets[0].Addresses.Count, endpoints.Subsets[0].NotReadyAddresses.Count));
        Assert.Equal(ready + notReady > 1000, endpoints.Metadata.Annotations.ContainsKey("endpoints.kubernetes.io/over-capacity"));
    }

    [Fact]
    public void TriggerTimesTellTheEarliestNewChangeOnce()
    {
        var times = new TriggerTimes();
        var service = Make.Service();
        Assert.Equal(Make.Noon, times.Next(service, []));
        Assert.Null(times.Next(service, []));
        var pod = Make.Pod("a+");
        Assert.Equal(Make.Noon, times.Next(service, [pod]));
        Assert.Null(times.Next(service, [pod]));
    }

    private static string Text(IReadOnlyList<EndpointSubset> subsets) => string.Join(' ', subsets.Select(subset =>
        $"{string.Join(',', subset.Addresses.Select(address => address.IP))}|{string.Join(',', subset.NotReadyAddresses.Select(address => address.IP))}:{string.Join(',', subset.Ports.Select(port => port.Port))}"));
}
