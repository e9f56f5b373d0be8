using System.Text;
using ClusterEmu.Api;
using ClusterEmu.ControlPlane.ApiServer;

namespace ClusterEmu.ControlPlane.Tests;

/// <summary>Rows as kubectl get shows them; those behind the bar only with -o wide.</summary>
public sealed class KindTablesTests
{
    private const string Template = "\"template\":{\"metadata\":{\"labels\":{\"app\":\"web\"}},\"spec\":{\"nodeSelector\":{\"disk\":\"ssd\"},\"containers\":[{\"name\":\"a\",\"image\":\"x:1\"},{\"name\":\"b\",\"image\":\"y\"}]}}";
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("StatefulSet", "{\"spec\":{\"replicas\":3," + Template + "},\"status\":{\"readyReplicas\":2}}", "o ; 2/3 ; 10m | a,b ; x:1,y")]
    [InlineData("DaemonSet", "{\"spec\":{\"selector\":{\"matchLabels\":{\"app\":\"web\"}}," + Template + "},\"status\":{\"desiredNumberScheduled\":5,\"currentNumberScheduled\":4,\"numberReady\":3,\"updatedNumberScheduled\":2,\"numberAvailable\":1}}",
        "o ; 5 ; 4 ; 3 ; 2 ; 1 ; disk=ssd ; 10m | a,b ; x:1,y ; app=web")]
    [InlineData("ControllerRevision", "{\"metadata\":{\"ownerReferences\":[{\"apiVersion\":\"apps/v1\",\"kind\":\"StatefulSet\",\"name\":\"web\",\"controller\":true}]},\"revision\":2}", "o ; statefulset.apps/web ; 2 ; 10m")]
    [InlineData("ControllerRevision", "{}", "o ; <none> ; 0 ; 10m")]
    [InlineData("ReplicationController", "{\"spec\":{\"replicas\":3,\"selector\":{\"app\":\"web\"}," + Template + "},\"status\":{\"replicas\":2,\"readyReplicas\":1}}", "o ; 3 ; 2 ; 1 ; 10m | a,b ; x:1,y ; app=web")]
    [InlineData("PodTemplate", "{" + Template + "}", "o ; a,b ; x:1,y ; app=web")]
    [InlineData("Job", "{\"spec\":{\"completions\":3," + Template + "},\"status\":{\"succeeded\":1,\"startTime\":\"2026-01-01T11:58:30Z\"}}", "o ; Running ; 1/3 ; 90s ; 10m | a,b ; x:1,y ; <none>")]
    [InlineData("Job", "{\"spec\":{\"parallelism\":2},\"status\":{\"conditions\":[{\"type\":\"Complete\",\"status\":\"True\"}],\"succeeded\":1,\"startTime\":\"2026-01-01T11:00:00Z\",\"completionTime\":\"2026-01-01T11:00:05Z\"}}",
        "o ; Complete ; 1/1 of 2 ; 5s ; 10m |  ;  ; <none>")]
    [InlineData("Job", "{\"spec\":{\"parallelism\":1},\"status\":{\"conditions\":[{\"type\":\"Suspended\",\"status\":\"True\"},{\"type\":\"Failed\",\"status\":\"False\"}]}}", "o ; Suspended ; 0/1 ;  ; 10m |  ;  ; <none>")]
    [InlineData("CronJob", "{\"spec\":{\"schedule\":\"@daily\",\"suspend\":false,\"timeZone\":\"Etc/UTC\",\"jobTemplate\":{\"spec\":{" + Template + "}}},\"status\":{\"active\":[{}],\"lastScheduleTime\":\"2026-01-01T11:59:00Z\"}}",
        "o ; @daily ; Etc/UTC ; False ; 1 ; 60s ; 10m | a,b ; x:1,y ; <none>")]
    [InlineData("CronJob", "{\"spec\":{\"schedule\":\"@daily\"}}", "o ; @daily ; <none> ; <unset> ; 0 ; <none> ; 10m |  ;  ; <none>")]
    [InlineData("PersistentVolume", "{\"spec\":{\"capacity\":{\"storage\":\"1Gi\"},\"accessModes\":[\"ReadOnlyMany\",\"ReadWriteOnce\"],\"persistentVolumeReclaimPolicy\":\"Retain\",\"claimRef\":{\"namespace\":\"n\",\"name\":\"c\"},\"storageClassName\":\"slow\",\"volumeMode\":\"Block\"},\"status\":{\"phase\":\"Bound\"}}",
        "o ; 1Gi ; RWO,ROX ; Retain ; Bound ; n/c ; slow ; <unset> ;  ; 10m | Block")]
    [InlineData("PersistentVolumeClaim", "{\"spec\":{\"volumeName\":\"v\",\"storageClassName\":\"slow\"},\"status\":{\"phase\":\"Bound\",\"capacity\":{\"storage\":\"2Gi\"},\"accessModes\":[\"ReadWriteMany\"]}}",
        "o ; Bound ; v ; 2Gi ; RWX ; slow ; <unset> ; 10m | <unset>")]
    [InlineData("PersistentVolumeClaim", "{\"status\":{\"phase\":\"Pending\",\"capacity\":{\"storage\":\"2Gi\"}}}", "o ; Pending ;  ;  ;  ;  ; <unset> ; 10m | <unset>")]
    [InlineData("ResourceQuota", "{\"status\":{\"hard\":{\"pods\":\"5\",\"cpu\":\"2\",\"limits.cpu\":\"4\"},\"used\":{\"pods\":\"1\",\"limits.cpu\":\"500m\"}}}", "o ; 10m ; cpu: 0/2, pods: 1/5 ; limits.cpu: 500m/4")]
    [InlineData("LimitRange", "{}", "o ; 2026-01-01T11:50:00Z")]
    [InlineData("ComponentStatus", "{\"conditions\":[{\"type\":\"Healthy\",\"status\":\"True\",\"message\":\"ok\"}]}", "o ; Healthy ; ok ; ")]
    public void Rows(string kind, string json, string expected)
    {
        var info = KindCatalog.All.First(each => each.Kind == kind);
        var value = info.Decode(Encoding.UTF8.GetBytes(json));
        value = value.WithMetadata(value.Metadata with { Name = "o", CreationTimestamp = Now.AddMinutes(-10) });
        var table = TableCatalog.Of(info);
        var cells = table.Cells(value, Now);
        var split = table.Definitions.TakeWhile(column => column.Priority == 0).Count();
        var shown = string.Join(" ; ", cells.Take(split));
        Assert.Equal(expected, split == cells.Count ? shown : $"{shown} | {string.Join(" ; ", cells.Skip(split))}");
        Assert.Equal(cells, TableCatalog.Of(Kinds.BetaCronJob) is { } beta && kind == "CronJob" ? beta.Cells(Kinds.BetaCronJob.Show(value), Now) : cells);
    }
}
