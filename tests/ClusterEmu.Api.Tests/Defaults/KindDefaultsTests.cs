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
    [InlineData("HorizontalPodAutoscaler", """{"spec":{}}""", "spec.minReplicas=1 spec.metrics.0.resource.target={\"type\":\"Utilization\",\"averageUtilization\":80} spec.behavior=")]
    [InlineData("HorizontalPodAutoscaler", """{"spec":{"behavior":{"scaleDown":{"selectPolicy":"Min"}}}}""", "spec.behavior.scaleUp.stabilizationWindowSeconds=0 spec.behavior.scaleUp.policies.0={\"type\":\"Pods\",\"value\":4,\"periodSeconds\":15} spec.behavior.scaleUp.policies.1.value=100 spec.behavior.scaleDown.stabilizationWindowSeconds= spec.behavior.scaleDown.selectPolicy=\"Min\" spec.behavior.scaleDown.policies.0.type=\"Percent\"")]
    [InlineData("IngressClass", """{"spec":{"controller":"a.b/c","parameters":{"kind":"P","name":"n"}}}""", "spec.parameters.scope=\"Cluster\"")]
    [InlineData("NetworkPolicy", """{"spec":{"ingress":[{"ports":[{"port":80}]}]}}""", "spec.policyTypes=[\"Ingress\"] spec.ingress.0.ports.0.protocol=\"TCP\" spec.podSelector={}")]
    [InlineData("NetworkPolicy", """{"spec":{"egress":[{}]}}""", "spec.policyTypes=[\"Ingress\",\"Egress\"]")]
    [InlineData("StorageClass", """{"provisioner":"p"}""", "reclaimPolicy=\"Delete\" volumeBindingMode=\"Immediate\" allowVolumeExpansion=")]
    [InlineData("CSIDriver", """{"spec":{}}""", "spec.attachRequired=true spec.podInfoOnMount=false spec.storageCapacity=false spec.fsGroupPolicy=\"ReadWriteOnceWithFSType\" spec.volumeLifecycleModes=[\"Persistent\"] spec.requiresRepublish=false spec.seLinuxMount=false")]
    [InlineData("RoleBinding", """{"roleRef":{"kind":"Role","name":"r"},"subjects":[{"kind":"User","name":"u"},{"kind":"ServiceAccount","name":"s"}]}""", "roleRef.apiGroup=\"rbac.authorization.k8s.io\" subjects.0.apiGroup=\"rbac.authorization.k8s.io\" subjects.1.apiGroup=")]
    [InlineData("PriorityClass", """{"value":1}""", "preemptionPolicy=\"PreemptLowerPriority\"")]
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
