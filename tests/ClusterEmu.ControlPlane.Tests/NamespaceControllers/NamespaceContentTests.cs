using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.Client.Tests;

namespace ClusterEmu.ControlPlane.Tests;

public sealed class NamespaceContentTests
{
    private static readonly Namespace Ending = new()
    {
        Metadata = new ObjectMeta { Name = "shop", DeletionTimestamp = Make.Noon },
        Spec = new NamespaceSpec { Finalizers = ["kubernetes"] },
        Status = new NamespaceStatus { Phase = "Terminating" },
    };

    [Fact]
    public void AnEmptyNamespaceIsLetGo()
    {
        var call = Assert.Single(NamespaceContent.Plan(Ending, [], Make.Noon).Calls);
        Assert.Equal((ApiVerb.Update, "finalize"), (call.Verb, call.Subresource));
        Assert.Empty(((Namespace)call.Body!).Spec.Finalizers);
    }

    [Fact]
    public void WhatIsLeftIsDeletedAndTold()
    {
        KindLeft[] left =
        [
            KindLeft.Of(Kinds.Pod, [Make.Pod("a"), Make.Pod("b")]),
            KindLeft.Of(Kinds.Deployment, []),
            KindLeft.Of(Kinds.ConfigMap, [Some.Map("c") with { Metadata = Make.Meta("c") with { Finalizers = ["example.com/hold"] } }]),
        ];
        var plan = NamespaceContent.Plan(Ending, left, Make.Noon);
        Assert.Equal(["configmaps", "pods"], plan.Calls.Where(call => call.Verb == ApiVerb.DeleteCollection).Select(call => call.Kind.Plural));
        var status = ((Namespace)plan.Calls.Single(call => call.Subresource == "status").Body!).Status;
        Assert.Equal("Some resources are remaining: configmaps has 1 resource instances, pods has 2 resource instances",
            status.Conditions.Single(condition => condition.Type == "NamespaceContentRemaining").Message);
        Assert.Equal("Some content in the namespace has finalizers remaining: example.com/hold in 1 resource instances",
            status.Conditions.Single(condition => condition.Type == "NamespaceFinalizersRemaining").Message);
        Assert.NotNull(plan.LookAgainAfter);
        var again = NamespaceContent.Plan(Ending with { Status = status }, left, Make.Noon.AddSeconds(9));
        Assert.DoesNotContain(again.Calls, call => call.Subresource == "status");
    }

    [Fact]
    public void EveryNamespaceHasADefaultAccountAndTheCa()
    {
        var living = new Namespace { Metadata = new ObjectMeta { Name = "shop" } };
        var calls = NamespaceDefaults.Plan(living, null, null, "PEM").Calls;
        Assert.Equal(["serviceaccounts/default", "configmaps/kube-root-ca.crt"], calls.Select(call => $"{call.Kind.Plural}/{call.Body!.Metadata.Name}"));
        var map = (ConfigMap)calls[1].Body!;
        Assert.Empty(NamespaceDefaults.Plan(living, new ServiceAccount(), map, "PEM").Calls);
        Assert.Equal("NEW", ((ConfigMap)NamespaceDefaults.Plan(living, new ServiceAccount(), map, "NEW").Calls.Single().Body!).Data["ca.crt"]);
        Assert.Empty(NamespaceDefaults.Plan(Ending, null, null, "PEM").Calls);
    }
}
