using BenchmarkDotNet.Attributes;
using ClusterEmu.Api;

namespace ClusterEmu.Benchmarks;

/// <summary>What the API server does with every object it reads and writes.</summary>
[MemoryDiagnoser]
public class ObjectJsonBenchmarks
{
    private readonly Pod _pod = new()
    {
        Metadata = new ObjectMeta { Name = "web-6d4cf56db6-abcde", Namespace = "default", Labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["app"] = "web" } },
        Spec = new PodSpec
        {
            NodeName = "node-1",
            Containers = [new Container { Name = "web", Image = "nginx:1.21", Ports = [new ContainerPort { Port = 8080, Protocol = "TCP" }] }],
        },
        Status = new PodStatus { Phase = "Running", PodIP = "172.17.0.5" },
    };

    private byte[] _json = [];

    [GlobalSetup]
    public void Encode() => _json = Kinds.Pod.Encode(_pod);

    [Benchmark]
    public byte[] EncodePod() => Kinds.Pod.Encode(_pod);

    [Benchmark]
    public IKubeObject DecodePod() => Kinds.Pod.Decode(_json);
}
