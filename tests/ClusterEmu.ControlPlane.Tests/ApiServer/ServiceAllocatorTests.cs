using ClusterEmu.Api;
using ClusterEmu.ControlPlane.ApiServer;
using ClusterEmu.ControlPlane.Storage;
using ClusterEmu.Hosting;
using ClusterEmu.Network;

namespace ClusterEmu.ControlPlane.Tests;

public sealed class ServiceAllocatorTests
{
    [Theory] // range; host numbers kept for people. Source: KEP-3070's own table.
    [InlineData("10.0.0.0/24", 16)]
    [InlineData("10.0.0.0/20", 256)]
    [InlineData("10.0.0.0/16", 256)]
    [InlineData("10.96.0.0/12", 256)]
    [InlineData("10.0.0.0/28", 0)]
    public void TheLowerBand_IsAsWideAsKubernetesMakesIt(string range, ulong expected) =>
        Assert.Equal(expected, new AllocationRanges { Services = Cidr.Parse(range) }.StaticAddresses);

    [Theory] // first and last port; ports kept for people. Source: KEP-3668.
    [InlineData(30000, 32767, 86)]
    [InlineData(30000, 30010, 0)]
    [InlineData(30000, 30127, 16)]
    [InlineData(20000, 32767, 128)]
    public void TheLowerBandOfPorts_IsAsWideAsKubernetesMakesIt(int first, int last, int expected) =>
        Assert.Equal(expected, new AllocationRanges { FirstNodePort = first, LastNodePort = last }.StaticPorts);

    [Fact]
    public void AddressesComeFromTheUpperBand_ThenFromTheLower_ThenNotAtAll()
    {
        var ranges = new AllocationRanges { Services = Cidr.Parse("10.0.0.0/27") };
        var random = new RandomStream(7);
        var taken = new HashSet<Ip>();
        var order = new List<Ip>();
        while (ranges.FreeAddress(taken.Contains, random) is { } ip)
        {
            Assert.True(taken.Add(ip));
            order.Add(ip);
        }
        Assert.Equal(30, order.Count); // 32 without the network's address and the last one.
        Assert.All(order.Take(15), ip => Assert.True(ip.CompareTo(Ip.Parse("10.0.0.16")) >= 0));
        Assert.All(order.Skip(15), ip => Assert.True(ip.CompareTo(Ip.Parse("10.0.0.16")) < 0));
    }

    [Fact]
    public void OnePortOverTwoProtocols_GetsOneNodePort_AndGivesItBackOnce()
    {
        var allocator = new ServiceAllocator(new AllocationRanges(), new RandomStream(1));
        var service = Prepared("dns", new ServicePort { Name = "u", Port = 53, Protocol = "UDP" }, new ServicePort { Name = "t", Port = 53, Protocol = "TCP" });
        var complete = allocator.Complete(service, null, ServiceAllocations.Empty);
        Assert.Equal(complete.Spec.Ports[0].NodePort, complete.Spec.Ports[1].NodePort);

        var created = Entry(2, complete, null);
        var held = ServiceAllocations.Empty.Apply(created);
        Assert.Equal([complete.Spec.Ports[0].NodePort], held.Ports.Keys);
        Assert.Equal("default/dns", held.Addresses.Values.Single());
        var freed = held.Apply(new StoreEvent(3, StoreEventType.Deleted, created.Object, created.Object, 0));
        Assert.Empty(freed.Ports);
        Assert.Empty(freed.Addresses);
    }

    [Fact]
    public void WhatAnotherHolds_IsRefused_AndWhatOneHoldsIsNot()
    {
        var allocator = new ServiceAllocator(new AllocationRanges(), new RandomStream(1));
        var mine = allocator.Complete(Prepared("mine", new ServicePort { Port = 80, Protocol = "TCP" }), null, ServiceAllocations.Empty);
        var held = ServiceAllocations.Empty.Apply(Entry(2, mine, null));
        Assert.Equal(mine.Spec.ClusterIP, allocator.Complete(mine, mine, held).Spec.ClusterIP);
        var thief = Prepared("thief", new ServicePort { Port = 80, Protocol = "TCP", NodePort = mine.Spec.Ports[0].NodePort });
        var refused = Assert.Throws<ApiException>(() => allocator.Complete(thief, null, held));
        Assert.Equal("spec.ports[0].nodePort", refused.Status.Details!.Causes.Single().Field);
    }

    private static Service Prepared(string name, params ServicePort[] ports) => (Service)Kinds.Service.WithDefaults(new Service
    {
        Metadata = new ObjectMeta { Name = name, Namespace = "default" },
        Spec = new ServiceSpec { Type = "NodePort", Ports = ports },
    });

    private static StoreEvent Entry(long revision, Service service, StoredObject? previous) => new(
        revision, previous is null ? StoreEventType.Created : StoreEventType.Modified, StoredObject.Encode(Kinds.Service, service, revision), previous, 0);
}
