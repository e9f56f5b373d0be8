using System.Globalization;
using System.Text;
using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.Hosting;

namespace ClusterEmu.Simulation;

/// <summary>What a client of <see cref="Writers"/> does next. Depends on its random stream and the answers alone.</summary>
internal sealed class RandomWrites(RandomStream random, WriterOptions options, string writer)
{
    public static readonly IReadOnlyList<KindInfo> Kinds = [Api.Kinds.ConfigMap, Api.Kinds.Service, Api.Kinds.Deployment];

    private static readonly object ToUpdate = new();
    private long _number;
    private long _states;

    /// <summary>A time between 1 and a bound.</summary>
    public int Draw(int bound) => 1 + random.Next(bound);

    public ApiCall Next()
    {
        var kind = Kinds[random.Next(8) switch { < 5 => 0, < 7 => 1, _ => 2 }];
        var name = string.Create(CultureInfo.InvariantCulture, $"w-{random.Next(options.Names)}");
        _number++;
        return random.Next(13) switch
        {
            < 4 => ApiCall.Create(Fresh(kind, name)),
            < 7 => ApiCall.Get(kind, options.Namespace, name, ToUpdate),
            < 9 => ApiCall.MergePatch(kind, options.Namespace, name, Encoding.UTF8.GetBytes(
                string.Create(CultureInfo.InvariantCulture, $"{{\"metadata\":{{\"annotations\":{{\"{writer}\":\"{_number}\"}},\"labels\":{{\"color\":\"{(random.Next(2) == 0 ? "red" : "blue")}\"}}}}}}"))),
            < 11 => ApiCall.Delete(kind, options.Namespace, name, new DeleteOptions { PropagationPolicy = random.Next(3) == 0 ? "Foreground" : "Background" }),
            11 => ApiCall.Get(kind, options.Namespace, name),
            _ => ApiCall.List(kind, options.Namespace) with { Limit = random.Next(2) == 0 ? null : 3 },
        };
    }

    /// <summary>What follows from an answer; null if nothing.</summary>
    public ApiCall? After(ApiReply reply)
    {
        if (reply is { Ok: true, Call.Verb: ApiVerb.List, Continue: { } more }) return reply.Call with { Continue = more };
        if (!reply.Ok || reply.Object is null || !ReferenceEquals(reply.Call.Tag, ToUpdate)) return null;
        return ApiCall.Update(Changed(reply.Object));
    }

    private IKubeObject Fresh(KindInfo kind, string name)
    {
        var meta = new ObjectMeta { Name = name, Namespace = options.Namespace, Labels = Labels(name) };
        if (kind == Api.Kinds.ConfigMap) return new ConfigMap { Metadata = meta, Data = Data() };
        if (kind == Api.Kinds.Service)
        {
            return new Service
            {
                Metadata = meta,
                Spec = new ServiceSpec { Type = ServiceType(), Selector = Labels(name), Ports = [new ServicePort { Port = 80 }] },
            };
        }
        return new Deployment
        {
            Metadata = meta,
            Spec = new DeploymentSpec
            {
                Replicas = random.Next(3),
                Selector = new LabelSelector { MatchLabels = Labels(name) },
                Template = new PodTemplateSpec
                {
                    Metadata = new ObjectMeta { Labels = Labels(name) },
                    Spec = new PodSpec { TerminationGracePeriodSeconds = 1, Containers = [new Container { Name = "main", Image = "registry.k8s.io/pause:3.10" }] },
                },
            },
        };
    }

    private IKubeObject Changed(IKubeObject value) => value switch
    {
        ConfigMap map => map with { Data = Data() },
        Service service => service with { Spec = service.Spec with { Type = ServiceType(), Ports = [.. service.Spec.Ports.Select(port => port with { NodePort = 0 })] } },
        Deployment deployment => deployment with { Spec = deployment.Spec with { Replicas = random.Next(3) } },
        _ => value,
    };

    private string ServiceType() => random.Next(4) switch { 0 => "LoadBalancer", 1 => "NodePort", _ => "ClusterIP" };

    /// <summary>No two writes say the same, so that each state tells whose it is.</summary>
    private Dictionary<string, string> Data() =>
        new(StringComparer.Ordinal) { ["by"] = writer, ["number"] = (++_states).ToString(CultureInfo.InvariantCulture) };

    private static Dictionary<string, string> Labels(string name) => new(StringComparer.Ordinal) { ["app"] = name };
}
