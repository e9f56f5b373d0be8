using System.Text;

namespace ClusterEmu.Api.Tests;

public class ServiceDefaultsTests
{
    [Theory]
    [InlineData("a plain Service", """{"ports":[{"port":80}]}""",
        """{"ports":[{"protocol":"TCP","port":80,"targetPort":80}],"type":"ClusterIP","sessionAffinity":"None","internalTrafficPolicy":"Cluster"}""")]
    [InlineData("what is given stays", """{"ports":[{"port":53,"protocol":"UDP","targetPort":"dns"}],"internalTrafficPolicy":"Local"}""",
        """{"ports":[{"protocol":"UDP","port":53,"targetPort":"dns"}],"type":"ClusterIP","sessionAffinity":"None","internalTrafficPolicy":"Local"}""")]
    [InlineData("an empty target port is none", """{"ports":[{"port":80,"targetPort":""}]}""",
        """{"ports":[{"protocol":"TCP","port":80,"targetPort":80}],"type":"ClusterIP","sessionAffinity":"None","internalTrafficPolicy":"Cluster"}""")]
    [InlineData("affinity lasts three hours", """{"sessionAffinity":"ClientIP"}""",
        """{"type":"ClusterIP","sessionAffinity":"ClientIP","sessionAffinityConfig":{"clientIP":{"timeoutSeconds":10800}},"internalTrafficPolicy":"Cluster"}""")]
    [InlineData("no affinity, no configuration of it", """{"sessionAffinityConfig":{"clientIP":{"timeoutSeconds":5}}}""",
        """{"type":"ClusterIP","sessionAffinity":"None","internalTrafficPolicy":"Cluster"}""")]
    [InlineData("a NodePort lets traffic go anywhere", """{"type":"NodePort"}""",
        """{"type":"NodePort","sessionAffinity":"None","externalTrafficPolicy":"Cluster","internalTrafficPolicy":"Cluster"}""")]
    [InlineData("so do external IPs", """{"externalIPs":["203.0.113.9"]}""",
        """{"type":"ClusterIP","externalIPs":["203.0.113.9"],"sessionAffinity":"None","externalTrafficPolicy":"Cluster","internalTrafficPolicy":"Cluster"}""")]
    [InlineData("a load balancer has node ports", """{"type":"LoadBalancer"}""",
        """{"type":"LoadBalancer","sessionAffinity":"None","externalTrafficPolicy":"Cluster","allocateLoadBalancerNodePorts":true,"internalTrafficPolicy":"Cluster"}""")]
    [InlineData("unless it says that it has none", """{"type":"LoadBalancer","allocateLoadBalancerNodePorts":false}""",
        """{"type":"LoadBalancer","sessionAffinity":"None","externalTrafficPolicy":"Cluster","allocateLoadBalancerNodePorts":false,"internalTrafficPolicy":"Cluster"}""")]
    [InlineData("an ExternalName has no traffic", """{"type":"ExternalName","externalName":"a.b"}""",
        """{"type":"ExternalName","sessionAffinity":"None","externalName":"a.b"}""")]
    public void Apply_FillsIn(string because, string given, string expected)
    {
        var spec = ServiceDefaults.Apply(Some.Of(Kinds.Service, $$"""{"spec":{{given}}}""")).Spec;
        var wanted = Some.Of(Kinds.Service, $$"""{"spec":{{expected}}}""").Spec;
        Assert.True(Encoding.UTF8.GetString(ApiJson.Encode(wanted)) == Encoding.UTF8.GetString(ApiJson.Encode(spec)),
            $"{because}: {Encoding.UTF8.GetString(ApiJson.Encode(spec))}");
    }

    [Fact]
    public void Apply_Twice_ChangesNothingMore()
    {
        var once = ServiceDefaults.Apply(Some.Of(Kinds.Service, """{"spec":{"type":"LoadBalancer","sessionAffinity":"ClientIP","ports":[{"port":80}]},"status":{"loadBalancer":{"ingress":[{"ip":"127.203.0.1"}]}}}"""));
        Assert.Equal("VIP", once.Status.LoadBalancer.Ingress[0].IPMode);
        Assert.Equal(Kinds.Service.Encode(once), Kinds.Service.Encode(ServiceDefaults.Apply(once)));
    }
}
