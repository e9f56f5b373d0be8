using System.Globalization;
using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.Client.Tests;

namespace ClusterEmu.ControlPlane.Tests;

/// <summary>What controllers clear away, also where the first attempt fails.</summary>
public sealed class LeftoverTests
{
    [Fact]
    public async Task EndpointsOfADeletedServiceGoThoughTheFirstDeletesFail()
    {
        await using var cluster = new SmallCluster();
        var service = cluster.Client.Put(Make.Service());
        await LiveSystem.Until(() => cluster.Client.Find<Endpoints>("default", "web-svc") is not null, "Endpoints");
        var failures = 3;
        cluster.Client.Refuse(call => call.Verb == ApiVerb.Delete && call.Kind == Kinds.Endpoints && Interlocked.Decrement(ref failures) >= 0 ? 500 : 0);
        cluster.Client.Remove(service);
        await LiveSystem.Until(() => cluster.Client.Find<Endpoints>("default", "web-svc") is null, "no Endpoints");
    }

    [Fact]
    public async Task EndpointsWrittenByHandStayThoughTheyNeverHadAService()
    {
        await using var cluster = new SmallCluster();
        await LiveSystem.Until(() => cluster.Client.All<Node>().All(node => node.Spec.PodCIDR.Length > 0), "the controllers to run");
        cluster.Client.Put(new Endpoints { Metadata = new ObjectMeta { Namespace = "default", Name = "mine" } });
        cluster.Client.Put(Make.Service());
        await LiveSystem.Until(() => cluster.Client.Find<Endpoints>("default", "web-svc") is not null, "Endpoints");
        Assert.NotNull(cluster.Client.Find<Endpoints>("default", "mine"));
    }

    [Fact]
    public async Task SurplusPodsGoThoughTheFirstDeletesFail()
    {
        await using var cluster = new SmallCluster(new ControllerOptions { TerminatedPodThreshold = 2 });
        var failures = 3;
        cluster.Client.Refuse(call => call.Verb == ApiVerb.Delete && call.Kind == Kinds.Pod && Interlocked.Decrement(ref failures) >= 0 ? 500 : 0);
        for (var i = 0; i < 4; i++)
        {
            var pod = Make.Pod(string.Create(CultureInfo.InvariantCulture, $"p{i}@node-1"), ip: "172.17.0.9");
            cluster.Client.Put(pod with
            {
                Metadata = pod.Metadata with { CreationTimestamp = Make.Noon.AddSeconds(i) },
                Status = pod.Status with { Phase = "Succeeded" },
            });
        }
        await LiveSystem.Until(() => cluster.Pods.Count == 2, "two Pods");
        Assert.Equal(["p2", "p3"], cluster.Pods.Select(pod => pod.Metadata.Name));
    }
}
