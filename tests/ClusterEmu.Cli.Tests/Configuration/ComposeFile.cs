using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace ClusterEmu.Cli.Tests.Configuration;

/// <summary>One container of the compose file.</summary>
/// <param name="Name">Of the service, which is its host name for the others.</param>
/// <param name="Command">Arguments of the image's entry point.</param>
/// <param name="Environment">Variables, with merged maps resolved.</param>
/// <param name="Mounts">Paths in the container that are volumes.</param>
/// <param name="Ports">As written, such as <c>127.0.0.1:6443:6443</c>.</param>
public sealed record ComposeService(
    string Name, IReadOnlyList<string> Command, IReadOnlyDictionary<string, string> Environment, IReadOnlyList<string> Mounts, IReadOnlyList<string> Ports)
{
    /// <summary>The file after <c>--config</c>, without its folder; null if the command names none.</summary>
    public string? ConfigFile => Command.SkipWhile(word => word != "--config").Skip(1).FirstOrDefault() is { } path ? Path.GetFileName(path) : null;
}

/// <summary>What docker/compose.yaml says, as far as tests need it.</summary>
public static class ComposeFile
{
    public static IReadOnlyList<ComposeService> Read(string path)
    {
        using var reader = new StreamReader(path);
        var root = new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(new MergingParser(new Parser(reader)));
        return [.. Map(root["services"]).Select(pair => Service((string)pair.Key, Map(pair.Value)))];
    }

    /// <summary>The build of the service that has one: context and Dockerfile, as written.</summary>
    public static (string Context, string Dockerfile) Build(string path)
    {
        using var reader = new StreamReader(path);
        var root = new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(new MergingParser(new Parser(reader)));
        var build = Map(Map(root["services"]).Values.Select(Map).Single(service => service.ContainsKey("build"))["build"]);
        return ((string)build["context"], (string)build["dockerfile"]);
    }

    private static ComposeService Service(string name, Dictionary<object, object> service) => new(
        name,
        List(service.GetValueOrDefault("command")),
        service.GetValueOrDefault("environment") is { } environment ? Map(environment).ToDictionary(pair => (string)pair.Key, pair => (string)pair.Value, StringComparer.Ordinal) : [],
        [.. List(service.GetValueOrDefault("volumes")).Select(volume => volume.Split(':')[1])],
        List(service.GetValueOrDefault("ports")));

    private static Dictionary<object, object> Map(object value) => (Dictionary<object, object>)value;

    private static List<string> List(object? value) => value is List<object> list ? [.. list.Cast<string>()] : [];
}
