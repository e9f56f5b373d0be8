using System.Text;

namespace ClusterEmu.Api.Tests;

/// <summary>The defaults of the smaller kinds.</summary>
public class KindDefaultsTests
{
    [Theory]
    [InlineData("Deployment", """{"spec":{}}""", "spec.replicas=1 spec.revisionHistoryLimit=10 spec.progressDeadlineSeconds=600 spec.strategy={\"type\":\"RollingUpdate\",\"rollingUpdate\":{\"maxUnavailable\":\"25%\",\"maxSurge\":\"25%\"}}")]
    [InlineData("Deployment", """{"spec":{"replicas":0,"strategy":{"rollingUpdate":{"maxSurge":1}}}}""", "spec.replicas=0 spec.strategy={\"type\":\"RollingUpdate\",\"rollingUpdate\":{\"maxUnavailable\":\"25%\",\"maxSurge\":1}}")]
    [InlineData("Deployment", """{"spec":{"strategy":{"type":"Recreate"}}}""", "spec.strategy={\"type\":\"Recreate\"}")]
    [InlineData("Deployment", """{"spec":{"template":{"spec":{}}}}""", "spec.template.spec.restartPolicy=\"Always\" spec.template.spec.terminationGracePeriodSeconds=30 spec.template.spec.enableServiceLinks=")]
    [InlineData("ReplicaSet", """{"spec":{}}""", "spec.replicas=1 spec.template.spec.dnsPolicy=\"ClusterFirst\"")]
    [InlineData("Endpoints", """{"subsets":[{"addresses":[{"ip":"10.0.0.1"}],"ports":[{"port":80}]}]}""", "subsets.0.ports.0={\"port\":80,\"protocol\":\"TCP\"}")]
    [InlineData("EndpointSlice", """{"addressType":"IPv4","endpoints":[],"ports":[{"port":80}]}""", "ports.0={\"name\":\"\",\"protocol\":\"TCP\",\"port\":80}")]
    [InlineData("Namespace", """{"metadata":{"name":"shop","labels":{"a":"b"}}}""", "metadata.labels={\"a\":\"b\",\"kubernetes.io/metadata.name\":\"shop\"} status.phase=\"Active\"")]
    [InlineData("Node", """{"spec":{"podCIDR":"10.0.0.0/24"},"status":{"capacity":{"cpu":"2"}}}""", "spec.podCIDRs=[\"10.0.0.0/24\"] status.allocatable={\"cpu\":\"2\"}")]
    [InlineData("Node", """{"spec":{"podCIDRs":["10.0.0.0/24"]},"status":{"capacity":{"cpu":"2"},"allocatable":{"cpu":"1"}}}""", "spec.podCIDR=\"10.0.0.0/24\" status.allocatable={\"cpu\":\"1\"}")]
    [InlineData("Secret", """{"data":{"a":"MQ==","b":"Mg=="},"stringData":{"b":"x"}}""", "type=\"Opaque\" data={\"a\":\"MQ==\",\"b\":\"eA==\"} stringData=")]
    [InlineData("ConfigMap", """{"data":{"a":"b"}}""", "data={\"a\":\"b\"}")]
    public void WithDefaults_Completes(string kind, string given, string expected)
    {
        var info = KindCatalog.Stored.Single(each => each.Kind == kind);
        var once = info.WithDefaults(info.Decode(Encoding.UTF8.GetBytes(given)));
        var json = System.Text.Json.Nodes.JsonNode.Parse(info.Encode(once));
        foreach (var each in expected.Split(' '))
        {
            var (path, value) = (each[..each.IndexOf('=', StringComparison.Ordinal)], each[(each.IndexOf('=', StringComparison.Ordinal) + 1)..]);
            var found = path.Split('.').Aggregate(json, (node, part) => int.TryParse(part, out var index) ? node?[index] : node?[part]);
            Assert.Equal(value, found?.ToJsonString() ?? "");
        }
        Assert.Equal(info.Encode(once), info.Encode(info.WithDefaults(once)));
    }

    [Fact]
    public void EveryKind_HasItsRules()
    {
        foreach (var kind in KindCatalog.All)
        {
            var empty = kind.Decode("{}"u8);
            Assert.True(kind.ValidateStoredCreate(kind.ToStorage(empty)).Count > 0, $"{kind.Kind}: an object without a name was accepted");
            Assert.Equal(0, kind.PrepareStoredForCreate(kind.ToStorage(kind.WithDefaults(empty))).Metadata.DeletionGracePeriodSeconds ?? 0);
        }
    }
}
