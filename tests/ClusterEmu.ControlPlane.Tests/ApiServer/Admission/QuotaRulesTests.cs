using System.Text;
using ClusterEmu.Api;
using ClusterEmu.ControlPlane.ApiServer;

namespace ClusterEmu.ControlPlane.Tests;

public sealed class QuotaRulesTests
{
    [Theory] // kind; hard; used; the new object; what is said
    [InlineData("Pod", """{"pods":"2"}""", """{"pods":"1"}""", """{"spec":{"containers":[{"name":"c"}]}}""", null)]
    [InlineData("Pod", """{"pods":"2"}""", """{"pods":"2"}""", """{"spec":{"containers":[{"name":"c"}]}}""", "exceeded quota: q, requested: pods=1, used: pods=2, limited: pods=2")]
    [InlineData("Pod", """{"count/pods":"1","pods":"9"}""", """{"count/pods":"1"}""", "{}", "exceeded quota: q, requested: count/pods=1, used: count/pods=1, limited: count/pods=1")]
    [InlineData("Pod", """{"requests.cpu":"1","limits.memory":"1Gi","pods":"5"}""", """{"requests.cpu":"800m","limits.memory":"512Mi"}""",
        """{"spec":{"containers":[{"name":"c","resources":{"requests":{"cpu":"300m"},"limits":{"memory":"1Gi"}}}]}}""",
        "exceeded quota: q, requested: limits.memory=1Gi,requests.cpu=300m, used: limits.memory=512Mi,requests.cpu=800m, limited: limits.memory=1Gi,requests.cpu=1")]
    [InlineData("Pod", """{"cpu":"1","limits.memory":"1Gi"}""", "{}", """{"spec":{"containers":[{"name":"b"},{"name":"a"}],"initContainers":[{"name":"i","resources":{"requests":{"cpu":"1"}}}]}}""",
        "failed quota: q: must specify cpu for: a,b; limits.memory for: a,b,i")]
    [InlineData("Pod", """{"requests.example.com/gpu":"1"}""", """{"requests.example.com/gpu":"1"}""",
        """{"spec":{"containers":[{"name":"c","resources":{"requests":{"example.com/gpu":"1"}}}]}}""",
        "exceeded quota: q, requested: requests.example.com/gpu=1, used: requests.example.com/gpu=1, limited: requests.example.com/gpu=1")]
    [InlineData("Deployment", """{"count/deployments.apps":"1"}""", """{"count/deployments.apps":"1"}""", "{}",
        "exceeded quota: q, requested: count/deployments.apps=1, used: count/deployments.apps=1, limited: count/deployments.apps=1")]
    [InlineData("Deployment", """{"pods":"1"}""", """{"pods":"1"}""", "{}", null)]
    [InlineData("ConfigMap", """{"configmaps":"1"}""", """{"configmaps":"1"}""", "{}", "exceeded quota: q, requested: configmaps=1, used: configmaps=1, limited: configmaps=1")]
    [InlineData("Service", """{"services.nodeports":"1","services.loadbalancers":"0"}""", "{}", """{"spec":{"type":"LoadBalancer","ports":[{"port":1},{"port":2}]}}""",
        "exceeded quota: q, requested: services.loadbalancers=1,services.nodeports=2, used: services.loadbalancers=0,services.nodeports=0, limited: services.loadbalancers=0,services.nodeports=1")]
    [InlineData("Service", """{"services.nodeports":"0"}""", "{}", """{"spec":{"type":"LoadBalancer","allocateLoadBalancerNodePorts":false,"ports":[{"port":1}]}}""", null)]
    [InlineData("PersistentVolumeClaim", """{"requests.storage":"1Gi","gold.storageclass.storage.k8s.io/persistentvolumeclaims":"0"}""", "{}",
        """{"spec":{"storageClassName":"gold","resources":{"requests":{"storage":"2Gi"}}}}""",
        "exceeded quota: q, requested: gold.storageclass.storage.k8s.io/persistentvolumeclaims=1,requests.storage=2Gi, "
        + "used: gold.storageclass.storage.k8s.io/persistentvolumeclaims=0,requests.storage=0, limited: gold.storageclass.storage.k8s.io/persistentvolumeclaims=0,requests.storage=1Gi")]
    [InlineData("Event", """{"count/events":"0"}""", "{}", "{}", null)]
    public void NewObjects(string kind, string hard, string used, string value, string? said)
    {
        var info = KindCatalog.All.First(each => each.Kind == kind);
        Assert.Equal(said, QuotaRules.Refusal([QuotaOf(hard, used)], info, info.Decode(Encoding.UTF8.GetBytes(value)), null));
    }

    [Theory] // only what is more is asked for
    [InlineData("Service", """{"services":"1","services.nodeports":"1"}""", """{"services":"1"}""", """{"spec":{"type":"NodePort","ports":[{"port":1},{"port":2}]}}""", """{"spec":{"type":"ClusterIP"}}""",
        "exceeded quota: q, requested: services.nodeports=2, used: services.nodeports=0, limited: services.nodeports=1")]
    [InlineData("PersistentVolumeClaim", """{"requests.storage":"3Gi"}""", """{"requests.storage":"2Gi"}""", """{"spec":{"resources":{"requests":{"storage":"3Gi"}}}}""", """{"spec":{"resources":{"requests":{"storage":"2Gi"}}}}""", null)]
    [InlineData("PersistentVolumeClaim", """{"requests.storage":"3Gi"}""", """{"requests.storage":"3Gi"}""", """{"spec":{"resources":{"requests":{"storage":"3Gi"}}}}""", """{"spec":{"resources":{"requests":{"storage":"2Gi"}}}}""",
        "exceeded quota: q, requested: requests.storage=1Gi, used: requests.storage=3Gi, limited: requests.storage=3Gi")]
    public void Changes(string kind, string hard, string used, string value, string old, string? said)
    {
        var info = KindCatalog.All.First(each => each.Kind == kind);
        var (wanted, before) = (info.Decode(Encoding.UTF8.GetBytes(value)), info.Decode(Encoding.UTF8.GetBytes(old)));
        Assert.True(QuotaRules.Concerns(info, wanted, before));
        Assert.Equal(said, QuotaRules.Refusal([QuotaOf(hard, used)], info, wanted, before));
    }

    [Theory] // scopes, or a selector; the Pod's spec; whether it counts
    [InlineData("\"scopes\":[\"Terminating\"]", """{"activeDeadlineSeconds":5}""", true)]
    [InlineData("\"scopes\":[\"Terminating\"]", "{}", false)]
    [InlineData("\"scopes\":[\"NotTerminating\"]", "{}", true)]
    [InlineData("\"scopes\":[\"BestEffort\"]", """{"containers":[{"name":"c"}]}""", true)]
    [InlineData("\"scopes\":[\"NotBestEffort\"]", """{"containers":[{"name":"c","resources":{"requests":{"cpu":"1"}}}]}""", true)]
    [InlineData("\"scopes\":[\"BestEffort\",\"Terminating\"]", """{"containers":[{"name":"c"}]}""", false)]
    [InlineData("\"scopeSelector\":{\"matchExpressions\":[{\"scopeName\":\"PriorityClass\",\"operator\":\"In\",\"values\":[\"high\"]}]}", """{"priorityClassName":"high"}""", true)]
    [InlineData("\"scopeSelector\":{\"matchExpressions\":[{\"scopeName\":\"PriorityClass\",\"operator\":\"NotIn\",\"values\":[\"high\"]}]}", """{"priorityClassName":"high"}""", false)]
    [InlineData("\"scopeSelector\":{\"matchExpressions\":[{\"scopeName\":\"PriorityClass\",\"operator\":\"DoesNotExist\"}]}", "{}", true)]
    [InlineData("\"scopes\":[\"CrossNamespacePodAffinity\"]", """{"affinity":{"podAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":[{"topologyKey":"a","namespaces":["b"]}]}}}""", true)]
    [InlineData("\"scopes\":[\"CrossNamespacePodAffinity\"]", """{"affinity":{"podAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":[{"topologyKey":"a"}]}}}""", false)]
    public void Scopes(string scopes, string spec, bool counts)
    {
        var quota = (ResourceQuota)Kinds.ResourceQuota.Decode(Encoding.UTF8.GetBytes("{\"spec\":{\"hard\":{\"pods\":\"0\"}," + scopes + "}}"));
        var pod = (Pod)Kinds.Pod.Decode(Encoding.UTF8.GetBytes($$"""{"spec":{{spec}}}"""));
        Assert.Equal(counts, QuotaScopes.Match(quota.Spec, pod));
        Assert.False(QuotaScopes.Match(quota.Spec, new ConfigMap()));
    }

    [Fact]
    public void WhatHasEnded_IsOnlyCountedAsAnObject()
    {
        var pod = (Pod)Kinds.Pod.Decode("""{"spec":{"containers":[{"name":"c","resources":{"requests":{"cpu":"1"}}}]},"status":{"phase":"Succeeded"}}"""u8);
        Assert.Equal(["count/pods"], QuotaUsage.Of(Kinds.Pod, pod).Keys);
        Assert.Equal(["count/pods", "cpu", "pods", "requests.cpu"], QuotaUsage.Of(Kinds.Pod, pod with { Status = new() { Phase = "Running" } }).Keys.Order(StringComparer.Ordinal));
    }

    private static ResourceQuota QuotaOf(string hard, string used) =>
        (ResourceQuota)Kinds.ResourceQuota.Decode(Encoding.UTF8.GetBytes($$$"""{"metadata":{"name":"q"},"spec":{"hard":{{{hard}}}},"status":{"hard":{{{hard}}},"used":{{{used}}}}}"""));
}
