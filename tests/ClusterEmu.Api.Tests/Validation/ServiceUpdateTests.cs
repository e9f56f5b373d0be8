namespace ClusterEmu.Api.Tests;

/// <summary>What a PUT of a Service carries over from the old one, drops, and is refused for.</summary>
public class ServiceUpdateTests
{
    private const string Cluster = """{"clusterIP":"10.96.0.20","ports":[{"port":80}]}""";
    private const string NodePort = """{"type":"NodePort","clusterIP":"10.96.0.20","ports":[{"name":"a","port":80,"nodePort":30001},{"name":"b","port":81,"nodePort":30002}]}""";
    private const string Balancer = """{"type":"LoadBalancer","externalTrafficPolicy":"Local","clusterIP":"10.96.0.20","loadBalancerClass":"x/y","ports":[{"port":80,"nodePort":30001}]}""";

    [Theory]
    [InlineData("the cluster IP", Cluster, """{"ports":[{"port":81}]}""", "ClusterIP 10.96.0.20/10.96.0.20 SingleStack IPv4 81")]
    [InlineData("the cluster IP into the plural", Cluster, """{"clusterIP":"10.96.0.20","ports":[{"port":80}]}""", "ClusterIP 10.96.0.20/10.96.0.20 SingleStack IPv4 80")]
    [InlineData("node ports by name", NodePort, """{"type":"NodePort","ports":[{"name":"b","port":81},{"name":"a","port":80}]}""", "NodePort 10.96.0.20/10.96.0.20 SingleStack IPv4 Cluster 81:30002,80:30001")]
    [InlineData("a node port that moved is not given twice", NodePort, """{"type":"NodePort","ports":[{"name":"c","port":82,"nodePort":30001},{"name":"a","port":80}]}""",
        "NodePort 10.96.0.20/10.96.0.20 SingleStack IPv4 Cluster 82:30001,80")]
    [InlineData("the health check port", Balancer, """{"type":"LoadBalancer","externalTrafficPolicy":"Local","loadBalancerClass":"x/y","ports":[{"port":80}]}""",
        "LoadBalancer 10.96.0.20/10.96.0.20 SingleStack IPv4 Local 31000 80:30001 x/y")]
    public void Put_CarriesOver(string because, string old, string now, string expected) => Assert.True(Put(old, now) is (var got, "") && got == expected, $"{because}: {Put(old, now)}");

    [Theory]
    [InlineData("to ClusterIP: node ports", NodePort, """{"type":"ClusterIP","externalTrafficPolicy":"Cluster","ports":[{"name":"a","port":80,"nodePort":30001}]}""", "ClusterIP 10.96.0.20/10.96.0.20 SingleStack IPv4 80")]
    [InlineData("to ClusterIP: all that balancers have", Balancer,
        """{"type":"ClusterIP","externalTrafficPolicy":"Local","allocateLoadBalancerNodePorts":true,"loadBalancerClass":"x/y","healthCheckNodePort":31000,"ports":[{"port":80,"nodePort":30001}]}""",
        "ClusterIP 10.96.0.20/10.96.0.20 SingleStack IPv4 80")]
    [InlineData("to ExternalName: addresses and families", Cluster,
        """{"type":"ExternalName","externalName":"a.b","clusterIP":"10.96.0.20","clusterIPs":["10.96.0.20"],"ipFamilies":["IPv4"],"ipFamilyPolicy":"SingleStack","ports":[{"port":80}]}""",
        "ExternalName / 80")]
    public void Put_DropsWhatTheNewTypeHasNoUseFor(string because, string old, string now, string expected) =>
        Assert.True(Put(old, now) is (var got, "") && got == expected, $"{because}: {Put(old, now)}");

    [Theory]
    [InlineData(Cluster, """{"clusterIP":"10.96.0.21","clusterIPs":["10.96.0.21"],"ports":[{"port":80}]}""", "spec.clusterIPs[0]: Invalid value: []string{\"10.96.0.21\"}: may not change once set")]
    [InlineData(Cluster, """{"clusterIP":"10.96.0.21","clusterIPs":["10.96.0.20"],"ports":[{"port":80}]}""", "spec.clusterIPs[0]: Invalid value: []string{\"10.96.0.21\"}: may not change once set")]
    [InlineData(Cluster, """{"clusterIP":"10.96.0.21","ports":[{"port":80}]}""", "spec.clusterIPs: Invalid value: []string{\"10.96.0.20\"}: first value must match `clusterIP`")]
    [InlineData(Cluster, """{"clusterIP":"None","clusterIPs":["None"],"ports":[{"port":80}]}""", "spec.clusterIPs[0]: Invalid value: []string{\"None\"}: may not change once set")]
    [InlineData(Cluster, """{"ipFamilies":["IPv6"],"ports":[{"port":80}]}""", "spec.clusterIPs[0]: Invalid value: \"10.96.0.20\": expected an IPv6 value as indicated by `ipFamilies[0]`")]
    [InlineData(NodePort, """{"type":"ClusterIP","ports":[{"port":80,"nodePort":30009}]}""", "spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'")]
    [InlineData(Balancer, """{"type":"LoadBalancer","externalTrafficPolicy":"Local","loadBalancerClass":"x/z","ports":[{"port":80}]}""", "spec.loadBalancerClass: Invalid value: \"x/z\": may not change once set")]
    [InlineData(Balancer, """{"type":"LoadBalancer","externalTrafficPolicy":"Local","ports":[{"port":80}]}""", "spec.loadBalancerClass: Invalid value: \"null\": may not change once set")]
    [InlineData(Balancer, """{"type":"LoadBalancer","externalTrafficPolicy":"Local","loadBalancerClass":"x/y","healthCheckNodePort":31001,"ports":[{"port":80}]}""",
        "spec.healthCheckNodePort: Forbidden: field is immutable")]
    [InlineData(Balancer, """{"type":"ClusterIP","externalTrafficPolicy":"Cluster","ports":[{"port":80}]}""", "spec.externalTrafficPolicy: Invalid value: \"Cluster\": may only be set for externally-accessible services")]
    public void Put_Refuses(string old, string now, string said) => Assert.Equal(said, Put(old, now).Said);

    [Theory]
    [InlineData("NodePort ClusterIP ExternalName ClusterIP")]
    [InlineData("LoadBalancer NodePort ClusterIP LoadBalancer ExternalName NodePort")]
    [InlineData("ExternalName LoadBalancer ClusterIP")]
    public void Type_MayChangeAlone(string types)
    {
        var stored = Stored(Cluster);
        foreach (var type in types.Split(' '))
        {
            // As a patch does it: the object as it is, with another type.
            var wanted = ServiceDefaults.Apply(stored with { Spec = stored.Spec with { Type = type, ExternalName = type == "ExternalName" ? "a.example" : "" } });
            var (service, refused) = ServiceIPFamilies.Assign(ServiceStrategy.PrepareForUpdate(wanted, stored, status: false), stored, ["IPv4"]);
            Assert.Empty(refused);
            if (type != "ExternalName" && service.Spec.ClusterIPs.Count == 0)
                service = service with { Spec = service.Spec with { ClusterIP = "10.96.0.30", ClusterIPs = ["10.96.0.30"] } };
            if (service.Spec.NeedsNodePorts()) service = service with { Spec = service.Spec with { Ports = [service.Spec.Ports[0] with { NodePort = 30500 }] } };
            Assert.Equal("", Some.Said(ServiceValidation.Update(service, stored)));
            Assert.Equal("", Some.Said(ServiceValidation.Create(service)));
            stored = service;
        }
    }

    [Fact]
    public void Status_IsTakenAloneAndLeftAlone()
    {
        var old = Stored(Balancer);
        var status = new ServiceStatus { LoadBalancer = new() { Ingress = [new() { IP = "127.203.0.1", IPMode = "VIP" }] } };
        var wanted = old with { Spec = old.Spec with { Type = "ClusterIP" }, Status = status };

        var reported = ServiceStrategy.PrepareForUpdate(wanted, old, status: true);
        Assert.Same(old.Spec, reported.Spec);
        Assert.Equal("127.203.0.1", reported.Status.LoadBalancer.Ingress[0].IP);
        Assert.Empty(ServiceValidation.Update(reported, old));

        Assert.Same(old.Status, ServiceStrategy.PrepareForUpdate(old with { Status = status }, old, status: false).Status);
        Assert.Empty(ServiceStrategy.PrepareForUpdate(wanted, reported, status: false).Status.LoadBalancer.Ingress);
    }

    [Theory]
    [InlineData("""{"ip":"127.203.0.1","ipMode":"VIP"}""", "")]
    [InlineData("""{"hostname":"lb.example.com"}""", "")]
    [InlineData("""{"ip":"x","ipMode":"VIP"}""", "status.loadBalancer.ingress[0].ip: Invalid value: \"x\": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)")]
    [InlineData("""{"ip":"127.203.0.1","ipMode":"Both"}""", "status.loadBalancer.ingress[0].ipMode: Unsupported value: \"Both\": supported values: \"Proxy\", \"VIP\"")]
    [InlineData("""{"ip":"127.203.0.1"}""", "status.loadBalancer.ingress[0].ipMode: Required value: must be specified when `ip` is set")]
    [InlineData("""{"hostname":"1.2.3.4"}""", "status.loadBalancer.ingress[0].hostname: Invalid value: \"1.2.3.4\": must be a DNS name, not an IP address")]
    public void Status_IsChecked(string ingress, string said)
    {
        var old = Stored(Balancer);
        var reported = Some.Of(Kinds.Service, "{\"status\":{\"loadBalancer\":{\"ingress\":[" + ingress + "]}}}");
        Assert.Equal(said, Some.Said(ServiceValidation.Update(old with { Status = reported.Status }, old)));
    }

    private static (string Spec, string Said) Put(string old, string now)
    {
        var stored = Stored(old);
        var wanted = ServiceDefaults.Apply(Some.Of(Kinds.Service, $$"""{"metadata":{"name":"web","namespace":"shop"},"spec":{{now}}}"""));
        var (service, refused) = ServiceIPFamilies.Assign(ServiceStrategy.PrepareForUpdate(wanted, stored, status: false), stored, ["IPv4"]);
        return (Written(service.Spec), Some.Said(refused.Count > 0 ? refused : ServiceValidation.Update(service, stored)));
    }

    private static Service Stored(string spec)
    {
        var service = Some.Service(spec);
        return service with { Metadata = service.Metadata with { Uid = "u", ResourceVersion = "7" } };
    }

    private static string Written(ServiceSpec spec) => string.Join(' ', new[]
    {
        spec.Type, $"{spec.ClusterIP}/{string.Join(',', spec.ClusterIPs)}", spec.IPFamilyPolicy, string.Join(',', spec.IPFamilies), spec.ExternalTrafficPolicy,
        spec.HealthCheckNodePort == 0 ? "" : $"{spec.HealthCheckNodePort}",
        string.Join(',', spec.Ports.Select(port => port.NodePort == 0 ? $"{port.Port}" : $"{port.Port}:{port.NodePort}")), spec.LoadBalancerClass,
    }.Where(part => !string.IsNullOrEmpty(part)));
}
