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
