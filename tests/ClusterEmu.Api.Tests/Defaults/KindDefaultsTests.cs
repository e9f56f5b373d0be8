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
    [InlineData("StatefulSet", """{"spec":{"volumeClaimTemplates":[{"metadata":{"name":"d"},"spec":{}}]}}""", "spec.replicas=1 spec.podManagementPolicy=\"OrderedReady\" spec.revisionHistoryLimit=10 spec.updateStrategy={\"type\":\"RollingUpdate\",\"rollingUpdate\":{\"partition\":0}} spec.persistentVolumeClaimRetentionPolicy={\"whenDeleted\":\"Retain\",\"whenScaled\":\"Retain\"} spec.volumeClaimTemplates.0.spec.volumeMode=\"Filesystem\" spec.volumeClaimTemplates.0.status.phase=\"Pending\" spec.volumeClaimTemplates.0.kind=\"PersistentVolumeClaim\"")]
    [InlineData("StatefulSet", """{"spec":{"updateStrategy":{"type":"RollingUpdate"}}}""", "spec.updateStrategy={\"type\":\"RollingUpdate\"}")]
    [InlineData("StatefulSet", """{"spec":{"updateStrategy":{"type":"OnDelete"}}}""", "spec.updateStrategy={\"type\":\"OnDelete\"}")]
    [InlineData("DaemonSet", """{"spec":{}}""", "spec.revisionHistoryLimit=10 spec.updateStrategy={\"type\":\"RollingUpdate\",\"rollingUpdate\":{\"maxUnavailable\":1,\"maxSurge\":0}}")]
    [InlineData("DaemonSet", """{"spec":{"updateStrategy":{"type":"OnDelete"}}}""", "spec.updateStrategy={\"type\":\"OnDelete\"}")]
    [InlineData("ReplicationController", """{"spec":{"template":{"metadata":{"labels":{"a":"b"}}}}}""", "spec.replicas=1 spec.selector={\"a\":\"b\"} metadata.labels={\"a\":\"b\"} spec.template.spec.restartPolicy=\"Always\"")]
    [InlineData("ReplicationController", """{"metadata":{"labels":{"x":"y"}},"spec":{"selector":{"c":"d"},"template":{"metadata":{"labels":{"a":"b"}}}}}""", "spec.selector={\"c\":\"d\"} metadata.labels={\"x\":\"y\"}")]
    [InlineData("PodTemplate", """{"template":{"spec":{}}}""", "template.spec.dnsPolicy=\"ClusterFirst\"")]
    [InlineData("Job", """{"spec":{"template":{"metadata":{"labels":{"a":"b"}}}}}""", "spec.completions=1 spec.parallelism=1 spec.backoffLimit=6 spec.completionMode=\"NonIndexed\" spec.suspend=false spec.podReplacementPolicy=\"TerminatingOrFailed\" metadata.labels={\"a\":\"b\"} spec.ttlSecondsAfterFinished=")]
    [InlineData("Job", """{"spec":{"parallelism":3}}""", "spec.completions= spec.parallelism=3")]
    [InlineData("Job", """{"spec":{"completions":3,"backoffLimitPerIndex":1}}""", "spec.completions=3 spec.parallelism=1 spec.backoffLimit=2147483647")]
    [InlineData("Job", """{"spec":{"podFailurePolicy":{"rules":[{"action":"Ignore","onPodConditions":[{"type":"DisruptionTarget"}]}]}}}""", "spec.podReplacementPolicy=\"Failed\" spec.podFailurePolicy.rules.0.onPodConditions.0.status=\"True\"")]
    [InlineData("PersistentVolume", """{"spec":{"hostPath":{"path":"/a"},"rbd":{"monitors":["m"],"image":"i"},"iscsi":{},"azureDisk":{},"scaleIO":{}}}""", "spec.persistentVolumeReclaimPolicy=\"Retain\" spec.volumeMode=\"Filesystem\" spec.hostPath={\"path\":\"/a\",\"type\":\"\"} spec.rbd.pool=\"rbd\" spec.iscsi.iscsiInterface=\"default\" spec.azureDisk.kind=\"Shared\" spec.scaleIO.fsType=\"xfs\" status.phase=\"Pending\"")]
    [InlineData("PersistentVolumeClaim", """{"spec":{"resources":{"requests":{"storage":"0.0001"}}}}""", "spec.volumeMode=\"Filesystem\" spec.resources.requests.storage=\"1m\" status.phase=\"Pending\"")]
    [InlineData("LimitRange", """{"spec":{"limits":[{"type":"Container","max":{"cpu":"2","memory":"1Gi"},"min":{"cpu":"100m","ephemeral-storage":"1Gi"},"default":{"cpu":"1"}}]}}""", "spec.limits.0.default={\"cpu\":\"1\",\"memory\":\"1Gi\"} spec.limits.0.defaultRequest={\"cpu\":\"1\",\"ephemeral-storage\":\"1Gi\",\"memory\":\"1Gi\"}")]
    [InlineData("LimitRange", """{"spec":{"limits":[{"type":"Pod","max":{"cpu":"2"}}]}}""", "spec.limits.0.default= spec.limits.0.defaultRequest=")]
    [InlineData("ResourceQuota", """{"spec":{"hard":{"cpu":"0.0001"}}}""", "spec.hard.cpu=\"1m\"")]
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
        foreach (var kind in KindCatalog.Stored)
        {
            var empty = kind.Decode("{}"u8);
            Assert.True(kind.ValidateStoredCreate(kind.ToStorage(empty)).Count > 0, $"{kind.Kind}: an object without a name was accepted");
            Assert.Equal(0, kind.PrepareStoredForCreate(kind.ToStorage(kind.WithDefaults(empty))).Metadata.DeletionGracePeriodSeconds ?? 0);
        }
    }
}
