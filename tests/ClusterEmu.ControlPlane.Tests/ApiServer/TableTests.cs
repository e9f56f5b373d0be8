using ClusterEmu.Api;
using ClusterEmu.ControlPlane.ApiServer;

namespace ClusterEmu.ControlPlane.Tests;

public sealed class TableTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(119, "119s")]
    [InlineData(120, "2m")]
    [InlineData(190, "3m10s")]
    [InlineData(600, "10m")]
    [InlineData(10799, "179m")]
    [InlineData(10800, "3h")]
    [InlineData(12000, "3h20m")]
    [InlineData(28800, "8h")]
    [InlineData(172800, "2d")]
    [InlineData(180000, "2d2h")]
    [InlineData(691200, "8d")]
    [InlineData(63072000, "2y")]
    [InlineData(63172000, "2y1d")]
    [InlineData(-5, "<invalid>")]
    public void Ages_ReadAsKubectlShowsThem(int seconds, string expected) => Assert.Equal(expected, HumanDuration.Of(TimeSpan.FromSeconds(seconds)));

    [Theory] // phase; container states (r running and ready, s running, w:Reason, t:Reason, e exit 3); deleting; ready column and status
    [InlineData("Pending", "", false, "0/0 Pending")]
    [InlineData("Pending", "w:ContainerCreating", false, "0/1 ContainerCreating")]
    [InlineData("Running", "r r", false, "2/2 Running")]
    [InlineData("Running", "r s", false, "1/2 Running")]
    [InlineData("Running", "r w:CrashLoopBackOff", false, "1/2 CrashLoopBackOff")]
    [InlineData("Running", "t:Completed r", false, "1/2 NotReady")]
    [InlineData("Succeeded", "t:Completed", false, "0/1 Completed")]
    [InlineData("Failed", "e", false, "0/1 ExitCode:3")]
    [InlineData("Running", "r", true, "1/1 Terminating")]
    [InlineData("Succeeded", "t:Completed", true, "0/1 Completed")]
    public void APodsStatus_IsWorkedOutFromItsContainers(string phase, string states, bool deleting, string expected)
    {
        var containers = states.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var pod = new Pod
        {
            Metadata = new ObjectMeta { Name = "p", CreationTimestamp = Now, DeletionTimestamp = deleting ? Now : null },
            Spec = new PodSpec { Containers = [.. containers.Select((_, i) => new Container { Name = "c" + i })] },
            Status = new PodStatus { Phase = phase, ContainerStatuses = [.. containers.Select(State)] },
        };
        var cells = TableCatalog.Of(Kinds.Pod).Cells(pod, Now);
        Assert.Equal(expected, $"{cells[1]} {cells[2]}");
    }

    [Fact]
    public void Restarts_SayWhenTheLastWas()
    {
        var status = new ContainerStatus
        {
            RestartCount = 2,
            Ready = true,
            State = new ContainerState { Running = new ContainerStateRunning() },
            LastState = new ContainerState { Terminated = new ContainerStateTerminated { FinishedAt = Now.AddMinutes(-5) } },
        };
        var pod = new Pod { Metadata = new ObjectMeta { Name = "p" }, Status = new PodStatus { Phase = "Running", ContainerStatuses = [status] } };
        Assert.Equal("2 (5m ago)", TableCatalog.Of(Kinds.Pod).Cells(pod, Now)[3].ToString());
    }

    [Fact]
    public void EveryKind_HasAsManyCellsAsColumns()
    {
        foreach (var kind in KindCatalog.All)
        {
            var empty = kind.Decode("{}"u8);
            var table = TableCatalog.Of(kind);
            Assert.Equal(table.Definitions.Count, table.Cells(empty, Now).Count);
        }
    }

    [Theory] // kind; an object; the cells that are worked out, without name and age
    [InlineData("PodDisruptionBudget", """{"spec":{"maxUnavailable":"25%"},"status":{"disruptionsAllowed":2}}""", "N/A 25% 2")]
    [InlineData("Ingress", """{"spec":{"rules":[{"host":"a"},{"host":"b"},{"host":"c"},{"host":"d"},{"host":"e"}],"tls":[{}]},"status":{"loadBalancer":{"ingress":[{"ip":"10.0.0.2"},{"hostname":"x"},{"ip":"10.0.0.2"}]}}}""",
        "<none> a,b,c + 2 more... 10.0.0.2,x 80, 443")]
    [InlineData("Ingress", """{"spec":{"ingressClassName":"n","rules":[{}]}}""", "n *  80")]
    [InlineData("IngressClass", """{"spec":{"controller":"a.b/c","parameters":{"apiGroup":"g.io","kind":"P","name":"x"}}}""", "a.b/c P.g.io/x")]
    [InlineData("NetworkPolicy", """{"spec":{"podSelector":{}}}""", "<none>")]
    [InlineData("HorizontalPodAutoscaler", """{"spec":{"scaleTargetRef":{"kind":"D","name":"d"},"maxReplicas":3,"metrics":[{"type":"Resource","resource":{"name":"cpu","target":{"averageUtilization":80}}},{"type":"External","external":{"target":{"averageValue":"5"}}},{"type":"Pods","pods":{"target":{"averageValue":"5"}}}]},"status":{"currentReplicas":2,"currentMetrics":[{"type":"Resource","resource":{"name":"cpu","current":{"averageUtilization":12}}}]}}""",
        "D/d cpu: 12%/80%, <unknown>/5 (avg) + 1 more... <unset> 3 2")]
    [InlineData("StorageClass", """{"provisioner":"p","allowVolumeExpansion":true}""", "p Delete Immediate true")]
    [InlineData("CSIDriver", """{"spec":{"attachRequired":false,"tokenRequests":[{"audience":"a"},{"audience":"b"}],"volumeLifecycleModes":["Persistent","Ephemeral"]}}""", "false false false a,b false Persistent,Ephemeral")]
    [InlineData("VolumeAttachment", """{"spec":{"attacher":"x","nodeName":"n","source":{"persistentVolumeName":"pv"}},"status":{"attached":true}}""", "x pv n true")]
    [InlineData("CSINode", """{"spec":{"drivers":[{},{}]}}""", "2")]
    [InlineData("CSIStorageCapacity", """{"storageClassName":"s"}""", "s <unset>")]
    [InlineData("RoleBinding", """{"roleRef":{"kind":"Role","name":"r"},"subjects":[{"kind":"User","name":"u"},{"kind":"User","name":"v"},{"kind":"Group","name":"g"},{"kind":"ServiceAccount","name":"s","namespace":"n"}]}""", "Role/r u, v g n/s")]
    [InlineData("PriorityClass", """{"value":5,"globalDefault":true,"preemptionPolicy":"Never"}""", "5 true Never")]
    [InlineData("RuntimeClass", """{"handler":"h"}""", "h")]
    [InlineData("CertificateSigningRequest", """{"spec":{"signerName":"a.b/c","username":"u","expirationSeconds":7200},"status":{"certificate":"YQ==","conditions":[{"type":"Approved"},{"type":"Failed"}]}}""", "a.b/c u 120m Approved,Failed,Issued")]
    [InlineData("CertificateSigningRequest", """{"spec":{"signerName":"a.b/c","username":"u"},"status":{"conditions":[{"type":"Denied"},{"type":"Approved"}]}}""", "a.b/c u <none> Denied")]
    public void NewerKinds_HaveKubernetesColumns(string kind, string json, string expected)
    {
        var known = KindCatalog.Stored.Single(each => each.Kind == kind);
        var columns = TableCatalog.Of(known);
        var cells = columns.Cells(known.Decode(System.Text.Encoding.UTF8.GetBytes(json)), Now);
        Assert.Equal(expected, string.Join(' ', cells.Where((_, i) => columns.Definitions[i].Name is not ("Name" or "Age"))));
    }

    private static ContainerStatus State(string state)
    {
        var reason = state.Length > 2 ? state[2..] : "";
        return new ContainerStatus
        {
            Ready = state == "r",
            State = state[0] switch
            {
                'w' => new ContainerState { Waiting = new ContainerStateWaiting { Reason = reason } },
                't' => new ContainerState { Terminated = new ContainerStateTerminated { Reason = reason } },
                'e' => new ContainerState { Terminated = new ContainerStateTerminated { ExitCode = 3 } },
                _ => new ContainerState { Running = new ContainerStateRunning() },
            },
        };
    }
}
