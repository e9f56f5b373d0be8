using System.Text;
using System.Text.Json.Nodes;
using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.Client.Tests;
using ClusterEmu.ControlPlane.ApiServer;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.Tests;

/// <summary>Custom objects in the store: over restarts, and whatever becomes of their definition.</summary>
public sealed class CustomStorageTests
{
    [Fact]
    public async Task CustomObjects_SurviveARestart()
    {
        var directory = Directory.CreateTempSubdirectory("clusteremu-custom-").FullName;
        await using var live = new LiveSystem();
        var options = new ControlPlaneOptions { Serve = false, StateDirectory = directory, DnsReplicas = 0 };
        var (group, json) = CronTabs.Definition();
        await using (var first = await ControlPlaneProcess.StartAsync(options, live.System))
        {
            var hub = live.System.ActorOf(InformerHub.PropsFor(first.Client), "informers");
            var controllers = ControllerManager.Start(live.System, first.Client, hub, new ControllerOptions());
            await first.Client.SendAsync(ApiCall.Create(Kinds.CustomResourceDefinition.Decode(Encoding.UTF8.GetBytes(json))));
            await CronTabs.Until(() => Task.FromResult(first.Core.Served.Find(group, "v1", "crontabs") is not null), "the kind is served");
            var made = await first.Client.SendAsync(ApiCall.Create(first.Core.Served.Find(group, "v1", "crontabs")!.Decode(
                """{"metadata":{"name":"a","namespace":"default"},"spec":{"cronSpec":"* * * * */5"}}"""u8)));
            Assert.True(made.Ok, made.Failure?.Message);
            await controllers.GracefulStop(TimeSpan.FromSeconds(30));
            await hub.GracefulStop(TimeSpan.FromSeconds(30));
        }
        await using (var again = await ControlPlaneProcess.StartAsync(options, live.System))
        {
            var found = await again.Client.SendAsync(ApiCall.Get(again.Core.Served.Find(group, "v1", "crontabs")!, "default", "a"));
            Assert.Equal("""{"spec":{"cronSpec":"* * * * */5","image":"busybox"}}""", ((CustomObject)found.Object!).Content.GetRawText());
        }
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public void AJournal_MayHoldObjectsBeforeTheirDefinition()
    {
        var journal = new InMemoryJournal();
        using var store = new StoreFixture(Filled(journal), options => options with
        {
            OtherKind = static resource => CustomStorage.TryOf(resource, out var storage) ? storage : null,
            InitialDerived = ServerState.Empty,
            Fold = static (held, change) => ((ServerState)held).Apply(change),
        });
        store.Recovered();
        var kind = (CustomKind)((ServerState)store.Reader.Derived!).Custom.Served.Find("stable.example.com", "v1", "crontabs")!;
        var found = store.Reader.Current.Find(kind, "default", "a")!;
        Assert.Equal("stable.example.com/v1", kind.Show(found.Decode()).ApiVersion);
        Assert.Equal(kind.Storage, found.Kind);
    }

    [Fact]
    public void AJournal_WithAResourceOfNoKind_IsRefused()
    {
        var journal = new InMemoryJournal();
        journal.Append(new JournalBatch([new JournalEntry(2, StoreEventType.Created, "widgets", "{}"u8.ToArray())]), ActorRefs.Nobody);
        using var store = new StoreFixture(journal, options => options with { OtherKind = static resource => CustomStorage.TryOf(resource, out var storage) ? storage : null });
        Assert.Contains("widgets", store.Owner.Take<StoreBroken>().Message, StringComparison.Ordinal);
    }

    private static InMemoryJournal Filled(InMemoryJournal journal)
    {
        var definition = Kinds.CustomResourceDefinition.Decode(Encoding.UTF8.GetBytes("""
            {"metadata":{"name":"crontabs.stable.example.com","resourceVersion":"3"},"spec":{"group":"stable.example.com","scope":"Namespaced","names":{"plural":"crontabs","kind":"CronTab"},
             "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}]},
             "status":{"acceptedNames":{"plural":"crontabs","kind":"CronTab"},"conditions":[{"type":"Established","status":"True"}]}}
            """));
        var value = new JsonObject { ["apiVersion"] = "stable.example.com/v1alpha1", ["kind"] = "CronTab", ["metadata"] = new JsonObject { ["name"] = "a", ["namespace"] = "default", ["resourceVersion"] = "2" } };
        journal.Append(
            new JournalBatch(
            [
                new JournalEntry(2, StoreEventType.Created, "crontabs.stable.example.com", Encoding.UTF8.GetBytes(value.ToJsonString())),
                new JournalEntry(3, StoreEventType.Modified, "customresourcedefinitions.apiextensions.k8s.io", Kinds.CustomResourceDefinition.Encode(definition)),
            ]),
            ActorRefs.Nobody);
        return journal;
    }
}
