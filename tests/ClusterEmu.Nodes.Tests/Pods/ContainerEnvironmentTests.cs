using System.Text;
using ClusterEmu.Api;
using static ClusterEmu.Nodes.Tests.PodSamples;

namespace ClusterEmu.Nodes.Tests;

public sealed class ContainerEnvironmentTests
{
    private static readonly ConfigMap Settings = new()
    {
        Metadata = new ObjectMeta { Name = "settings", Namespace = "default" },
        Data = new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" },
    };

    private static readonly Secret Keys = new()
    {
        Metadata = new ObjectMeta { Name = "keys", Namespace = "default" },
        Data = new Dictionary<string, byte[]> { ["token"] = Encoding.UTF8.GetBytes("s3cret") },
    };

    private static EnvironmentResult Resolve(Container container) => ContainerEnvironment.Resolve(new EnvironmentInputs
    {
        Pod = Pod(),
        Container = container,
        PodIP = "172.17.0.2",
        HostIP = "172.18.0.2",
        ServiceVariables = [new("DB_SERVICE_HOST", "10.96.0.9"), new("DB_SERVICE_PORT", "5432")],
        Configs = new Dictionary<ConfigSource, IKubeObject> { [new("ConfigMap", "settings")] = Settings, [new("Secret", "keys")] = Keys },
    });

    private static EnvVar From(string name, EnvVarSource source) => new() { Name = name, ValueFrom = source };

    private static EnvVarSource Field(string path) => new() { FieldRef = new ObjectFieldSelector { FieldPath = path } };

    [Fact]
    public void Resolve_TakesValuesFromEverywhere()
    {
        var result = Resolve(Container() with
        {
            EnvFrom = [new EnvFromSource { Prefix = "S_", ConfigMapRef = new ConfigMapEnvSource { Name = "settings" } }],
            Env =
            [
                new EnvVar { Name = "URL", Value = "postgres://$(DB_SERVICE_HOST):$(DB_SERVICE_PORT)/$(NONE)/$$(URL)" },
                new EnvVar { Name = "DB_SERVICE_PORT", Value = "1" },
                From("POD", Field("metadata.name")),
                From("IP", Field("status.podIP")),
                From("NODE_IP", Field("status.hostIP")),
                From("APP", Field("metadata.labels['app']")),
                From("TOKEN", new EnvVarSource { SecretKeyRef = new SecretKeySelector { Name = "keys", Key = "token" } }),
                From("LEFT_OUT", new EnvVarSource { ConfigMapKeyRef = new ConfigMapKeySelector { Name = "nope", Key = "k", Optional = true } }),
                new EnvVar { Name = "AGAIN", Value = "$(POD)-$(S_a)" },
            ],
        });
        Assert.Null(result.Error);
        Assert.Equal(
            "DB_SERVICE_HOST=10.96.0.9 S_a=1 S_b=2 URL=postgres://10.96.0.9:5432/$(NONE)/$(URL) DB_SERVICE_PORT=1 POD=web-1 IP=172.17.0.2 "
            + "NODE_IP=172.18.0.2 APP=web TOKEN=s3cret AGAIN=web-1-1",
            string.Join(' ', result.Variables.Select(pair => $"{pair.Key}={pair.Value}")));
    }

    [Fact]
    public void Resolve_SaysWhatIsMissing()
    {
        Assert.Equal("configmap \"nope\" not found",
            Resolve(Container() with { EnvFrom = [new EnvFromSource { ConfigMapRef = new ConfigMapEnvSource { Name = "nope" } }] }).Error);
        Assert.Equal("secret \"nope\" not found",
            Resolve(Container() with { Env = [From("A", new EnvVarSource { SecretKeyRef = new SecretKeySelector { Name = "nope", Key = "k" } })] }).Error);
        Assert.Equal("couldn't find key k in ConfigMap default/settings",
            Resolve(Container() with { Env = [From("A", new EnvVarSource { ConfigMapKeyRef = new ConfigMapKeySelector { Name = "settings", Key = "k" } })] }).Error);
    }

    [Fact]
    public void SourcesOf_NamesEachSourceOnce()
    {
        var sources = ContainerEnvironment.SourcesOf(Container() with
        {
            EnvFrom = [new EnvFromSource { SecretRef = new SecretEnvSource { Name = "keys" } }],
            Env = [From("A", new EnvVarSource { SecretKeyRef = new SecretKeySelector { Name = "keys", Key = "token" } }), From("B", Field("metadata.uid"))],
        });
        Assert.Equal([new ConfigSource("Secret", "keys")], sources);
    }

    [Theory]
    [InlineData("limits.cpu", "1", "2")]
    [InlineData("limits.cpu", "1m", "1500")]
    [InlineData("requests.memory", "1Mi", "64")]
    [InlineData("limits.memory", "1", "0")]
    public void Resource_RoundsUpToDivisors(string resource, string divisor, string expected)
    {
        var container = Container() with
        {
            Resources = new ResourceRequirements
            {
                Limits = new Dictionary<string, Quantity> { ["cpu"] = Quantity.Parse("1500m") },
                Requests = new Dictionary<string, Quantity> { ["memory"] = Quantity.Parse("64Mi") },
            },
        };
        Assert.Equal(expected, PodFields.Resource(Pod(), container, new ResourceFieldSelector { Resource = resource, Divisor = Quantity.Parse(divisor) }));
    }
}
