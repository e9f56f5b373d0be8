using System.Globalization;
using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.Client.Tests;

namespace ClusterEmu.ControlPlane.Tests;

public sealed class EndpointSliceReconcilerTests
{
    [Theory] // Pods; endpoints as name:ready/serving/terminating
    [InlineData("a+ b", "a:T/T/F b:F/F/F")]
    [InlineData("a+!", "a:F/T/T")]
    [InlineData("", "")]
    public void ConditionsFollowThePods(string pods, string expected)
    {
        var slice = Slices(Make.Service(), Make.Pods(pods)).Single();
        Assert.Equal(expected, string.Join(' ', slice.Endpoints.Select(endpoint =>
            $"{endpoint.TargetRef!.Name}:{Letter(endpoint.Conditions.Ready)}/{Letter(endpoint.Conditions.Serving)}/{Letter(endpoint.Conditions.Terminating)}")));
    }

    [Fact]
    public void ASliceNamesItsServiceManagerNodesAndZones()
    {
        var slice = Slices(Make.Service(), Make.Pods("a+@node-1")).Single();
        Assert.Equal(("web-svc-", "IPv4", "web-svc", "endpointslice-controller.k8s.io"), (
            slice.Metadata.GenerateName, slice.AddressType, slice.Metadata.Labels["kubernetes.io/service-name"],
            slice.Metadata.Labels["endpointslice.kubernetes.io/managed-by"]));
        Assert.Equal(("172.17.0.5", "node-1", "zone-of-node-1"), (slice.Endpoints[0].Addresses.Single(), slice.Endpoints[0].NodeName, slice.Endpoints[0].Zone));
        Assert.Equal(("", 8080, "TCP"), (slice.Ports[0].Name, slice.Ports[0].Port, slice.Ports[0].Protocol));
        Assert.True(slice.Metadata.OwnerReferences.Single() is { Kind: "Service", Controller: true });
    }

    [Theory] // Pods; sizes of the slices
    [InlineData(100, "100")]
    [InlineData(101, "100 1")]
    [InlineData(250, "100 100 50")]
    public void AHundredEndpointsAreTheMost(int pods, string sizes) =>
        Assert.Equal(sizes, string.Join(' ', Slices(Make.Service(), Many(0, pods)).Select(slice => slice.Endpoints.Count)));

    [Fact]
    public void OnlySlicesThatChangeAreWritten()
    {
        var service = Make.Service();
        var stored = Store(Slices(service, Many(0, 250)));
        Assert.Empty(Plan(service, Many(0, 250), stored).Calls);
        // One Pod goes and two come: the slice with the gap takes one, the half-full one the other.
        var calls = Plan(service, [.. Many(1, 249), .. Many(250, 2)], stored).Calls;
        Assert.All(calls, call => Assert.Equal(ApiVerb.Update, call.Verb));
        Assert.Equal([51, 100], calls.Select(call => ((EndpointSlice)call.Body!).Endpoints.Count).Order());
        // A single Pod that becomes unready touches its own slice alone.
        var pods = Many(0, 250);
        pods[120] = Make.Pod("p120", pods[120].Status.PodIP);
        Assert.Equal(stored[1].Metadata.Name, Assert.Single(Plan(service, pods, stored).Calls).Name);
    }

    [Fact]
    public void TheEmptySliceIsReusedWhenPodsCome()
    {
        var service = Make.Service();
        var stored = Store(Slices(service, []));
        Assert.Empty(stored.Single().Ports);
        Assert.Empty(Plan(service, [], stored).Calls);
        var call = Assert.Single(Plan(service, Make.Pods("a+"), stored).Calls);
        Assert.Equal((ApiVerb.Update, stored[0].Metadata.Name), (call.Verb, call.Name));
        var back = Assert.Single(Plan(service, [], Store([(EndpointSlice)call.Body!])).Calls);
        Assert.Equal(ApiVerb.Update, back.Verb);
        Assert.Empty(((EndpointSlice)back.Body!).Endpoints);
    }

    [Fact]
    public void PodsWithOtherPortsAreInASliceOfTheirOwn()
    {
        var other = Make.Pod("b+", "172.17.0.6");
        other = other with { Spec = other.Spec with { Containers = [new Container { Ports = [new ContainerPort { Name = "http", Port = 9090 }] }] } };
        var slices = Slices(Make.Service(ports: "80:http"), [Make.Pod("a+", "172.17.0.5"), other]);
        Assert.Equal(["8080: a", "9090: b"], slices.Select(slice => $"{slice.Ports[0].Port}: {slice.Endpoints.Single().TargetRef!.Name}").Order());
    }

    [Fact]
    public void HintsNameTheZoneOfEachReadyEndpointThatHasOne()
    {
        var service = Make.Service();
        service = service with { Spec = service.Spec with { TrafficDistribution = "PreferClose" } };
        Assert.Equal("zone-of-n", Slices(service, Make.Pods("a+@n"))[0].Endpoints[0].Hints!.ForZones.Single().Name);
        var mixed = Slices(service, Make.Pods("a+@n b+"))[0].Endpoints;
        Assert.Equal(["a: zone-of-n", "b: "], mixed.Select(endpoint => $"{endpoint.TargetRef!.Name}: {endpoint.Hints?.ForZones.Single().Name}").Order());
    }

    [Fact]
    public void HandWrittenEndpointsAreMirrored()
    {
        var endpoints = new Endpoints
        {
            Metadata = Make.Meta("external-api") with { Annotations = Some.Labels("kubectl.kubernetes.io/last-applied-configuration=x,note=kept") },
            Subsets = [new EndpointSubset { Addresses = [new EndpointAddress { IP = "203.0.113.10" }, new EndpointAddress { IP = "203.0.113.11" }], Ports = [new EndpointPort { Port = 443 }] }],
        };
        var slice = (EndpointSlice)Assert.Single(SliceMirrorReconciler.Plan(endpoints, []).Calls).Body!;
        Assert.Equal("endpointslicemirroring-controller.k8s.io", slice.Metadata.Labels["endpointslice.kubernetes.io/managed-by"]);
        Assert.Equal(["203.0.113.10", "203.0.113.11"], slice.Endpoints.Select(endpoint => endpoint.Addresses.Single()));
        Assert.Equal(["note"], slice.Metadata.Annotations.Keys);
        Assert.Equal(("Endpoints", "external-api-"), (slice.Metadata.OwnerReferences.Single().Kind, slice.Metadata.GenerateName));
        Assert.Empty(SliceMirrorReconciler.Plan(endpoints, Store([slice])).Calls);
    }

    [Theory] // selector of the Service, labels of the Endpoints; mirrored
    [InlineData("", "", true)]
    [InlineData("app=web", "", false)]
    [InlineData("", "endpointslice.kubernetes.io/skip-mirror=true", false)]
    public void OnlyEndpointsOfServicesWithoutASelectorAreMirrored(string selector, string labels, bool expected)
    {
        var endpoints = new Endpoints { Metadata = Make.Meta("web-svc", labels) };
        Assert.Equal(expected, SliceMirrorReconciler.IsMirrored(endpoints, Make.Service(selector: selector)));
        Assert.False(SliceMirrorReconciler.IsMirrored(endpoints, null));
    }

    private static string Letter(bool? value) => value == true ? "T" : "F";

    private static List<Pod> Many(int first, int count) => [.. Enumerable.Range(first, count)
        .Select(i => Make.Pod(string.Create(CultureInfo.InvariantCulture, $"p{i}+"), string.Create(CultureInfo.InvariantCulture, $"172.17.{i / 250}.{i % 250}")))];

    private static List<EndpointSlice> Store(IEnumerable<EndpointSlice> slices) => [.. slices.Select((slice, i) => slice with
    {
        Metadata = slice.Metadata with { Name = string.Create(CultureInfo.InvariantCulture, $"s{i}"), ResourceVersion = "1" },
    })];

    private static List<EndpointSlice> Slices(Service service, IReadOnlyList<Pod> pods) => [.. Plan(service, pods, []).Calls.Select(call => (EndpointSlice)call.Body!)];

    private static ControllerPlan Plan(Service service, IReadOnlyList<Pod> pods, IReadOnlyList<EndpointSlice> existing) =>
        EndpointSliceReconciler.Plan(service, pods, existing, node => $"zone-of-{node}", null);
}
