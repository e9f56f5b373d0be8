using ClusterEmu.Api;
using static ClusterEmu.Nodes.Tests.WorkloadSamples;

namespace ClusterEmu.Nodes.Tests;

/// <summary>Pods and Services that several tables share.</summary>
internal static class PodSamples
{
    public static Pod Pod(string name = "web-1", Container[]? containers = null, string restartPolicy = "Always") => new()
    {
        Metadata = new ObjectMeta { Name = name, Namespace = "default", Uid = $"uid-{name}", Labels = new Dictionary<string, string> { ["app"] = "web" } },
        Spec = new PodSpec { NodeName = "node-1", RestartPolicy = restartPolicy, Containers = containers ?? [Container()], ServiceAccountName = "default" },
    };

    public static Container Container(string name = "web", string image = "agnhost:2.40", params string[] args) =>
        new() { Name = name, Image = image, Args = args.Length == 0 ? ["netexec"] : args };

    public static Service Service(string name, string ip, string ns = "default", params (string Name, int Port, string Protocol)[] ports) => new()
    {
        Metadata = new ObjectMeta { Name = name, Namespace = ns },
        Spec = new ServiceSpec { ClusterIP = ip, Ports = [.. ports.Select(port => new ServicePort { Name = port.Name, Port = port.Port, Protocol = port.Protocol })] },
    };

    public static ContainerRun Run(string name = "web", ContainerPhase phase = ContainerPhase.Running, bool ready = true, bool init = false, int? exit = null)
    {
        var fresh = new ContainerRun { Spec = Container(name), Init = init };
        if (phase == ContainerPhase.Waiting) return fresh;
        var running = fresh.Start("containerd://1", new ContainerPlan(), Facts with { Container = name }) with { Ready = ready };
        return exit is { } code ? running with { Phase = ContainerPhase.Ended, Ready = false, Ended = End(code) } : running with { Phase = phase };
    }

    public static ContainerStateTerminated End(int code, int seconds = 1) => new()
    {
        ExitCode = code,
        Reason = code == 0 ? "Completed" : "Error",
        StartedAt = Start,
        FinishedAt = Start + TimeSpan.FromSeconds(seconds),
    };
}
