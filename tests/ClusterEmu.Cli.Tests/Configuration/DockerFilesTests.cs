using System.Globalization;
using System.Text.RegularExpressions;
using ClusterEmu.Cli.Commands;

namespace ClusterEmu.Cli.Tests.Configuration;

/// <summary>The files in docker/ and hocon/ name only what there is. No container engine is needed to know that.</summary>
public sealed partial class DockerFilesTests
{
    private static readonly string ComposePath = Path.Combine(Checkout.Root, "docker", "compose.yaml");
    private static readonly IReadOnlyList<ComposeService> Services = ComposeFile.Read(ComposePath);
    private static readonly IReadOnlyList<ComposeService> Processes = [.. Services.Where(service => service.Name != "keys")];
    private static readonly ComposeService Keys = Services.Single(service => service.Name == "keys");

    [Fact]
    public void Dockerfile_CopiesAndPublishesWhatThereIs()
    {
        var (context, dockerfile) = ComposeFile.Build(ComposePath);
        var root = Path.GetFullPath(context, Path.GetDirectoryName(ComposePath)!);
        Assert.Equal(Checkout.Root, root);
        var lines = File.ReadAllLines(Path.Combine(root, dockerfile));
        var sources = lines.Where(line => line.StartsWith("COPY ", StringComparison.Ordinal) && !line.Contains("--from", StringComparison.Ordinal)).SelectMany(line => line.Split(' ')[1..^1]).ToList();
        Assert.Equal([".", "hocon/"], sources);
        Assert.All(sources, source => Assert.True(Path.Exists(Path.Combine(root, source)), source));
        Assert.Equal(["**/bin/", "**/obj/", ".git/", "artifacts/", "TestResults/"], File.ReadAllLines(Path.Combine(root, ".dockerignore")));
        var project = PublishedProject().Match(string.Join('\n', lines)).Groups[1].Value;
        Assert.Contains("<AssemblyName>clusteremu</AssemblyName>", File.ReadAllText(Path.Combine(root, project)), StringComparison.Ordinal);
        Assert.Contains("ENTRYPOINT [\"/app/clusteremu\"]", lines);
        Assert.Contains(lines, line => line.StartsWith("COPY hocon/ /etc/clusteremu", StringComparison.Ordinal));
    }

    [Fact]
    public void Compose_StartsEveryRole() => Assert.Equal(
        ["control-plane control-plane", "nodes-1 nodes", "nodes-2 nodes", "edge edge"],
        Processes.Select(service => $"{service.Name} {service.Command[1]}"));

    [Fact]
    public void Compose_CommandsAreTheProgramsOwn()
    {
        Assert.All(Services, service => AssertParses(service.Command));
        var spoken = SpokenCommand().Match(File.ReadAllText(ComposePath)).Groups[1].Value;
        Assert.StartsWith("kubeconfig --dir /pki --server https://", spoken, StringComparison.Ordinal);
        AssertParses(spoken.Split(' '));
    }

    [Fact]
    public void Compose_NamesConfigurationsThatReadItsVariables()
    {
        foreach (var service in Processes)
        {
            Assert.Contains($"/etc/clusteremu/{service.ConfigFile}", service.Command);
            var read = Checkout.WithIncludes(service.ConfigFile!).SelectMany(Checkout.Variables);
            Assert.Empty(service.Environment.Keys.Except(read, StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Compose_PathsAreVolumes() => Assert.All(Processes, service => Assert.All(
        service.Environment.Values.Where(value => value.StartsWith('/')), path => Assert.Contains(path, service.Mounts)));

    [Fact]
    public void Compose_ProcessesFindEachOther()
    {
        var controlPlane = Processes[0].Environment;
        Assert.Equal(Processes.Select(service => service.Name), After("--host"));
        Assert.Equal(Processes.Select(service => service.Name), After("--process"));
        Assert.All(Processes, service => Assert.Equal(service.Name, service.Environment["CLUSTEREMU_HOST"]));
        Assert.All(Processes.Skip(1), service =>
        {
            Assert.Equal(service.Name, service.Environment["CLUSTEREMU_PROCESS"]);
            Assert.Equal($"https://control-plane:{controlPlane["CLUSTEREMU_API_PORT"]}", service.Environment["CLUSTEREMU_API_SERVER"]);
        });
        Assert.Contains($"127.0.0.1:6443:{controlPlane["CLUSTEREMU_API_PORT"]}", Processes[0].Ports);

        static IEnumerable<string> After(string option) => Keys.Command.Zip(Keys.Command.Skip(1)).Where(pair => pair.First == option).Select(pair => pair.Second);
    }

    [Fact]
    public void Compose_DealsAllNodesOnce()
    {
        var numbers = Processes.Where(service => service.Command[1] == "nodes").SelectMany(service => Enumerable.Range(Number(service, "CLUSTEREMU_FIRST_NODE"), Number(service, "CLUSTEREMU_NODE_COUNT")));
        Assert.All(Processes, service => Assert.Equal(Enumerable.Range(1, Number(service, "CLUSTEREMU_NODES")), numbers));
    }

    [Fact]
    public void EveryVariableIsExplainedInTheFileThatReadsIt()
    {
        foreach (var file in Directory.GetFiles(Checkout.Hocon, "*.conf").Where(file => Path.GetFileName(file) != "reference.conf"))
        {
            var text = File.ReadAllText(file);
            var explained = Explained().Matches(text).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal);
            Assert.Equal(Checkout.Variables(text), explained);
        }
    }

    private static void AssertParses(IReadOnlyList<string> command) =>
        Assert.True(CommandTree.Create().Parse(command) is { Errors.Count: 0 }, $"clusteremu {string.Join(' ', command)}: {string.Join("; ", CommandTree.Create().Parse(command).Errors)}");

    private static int Number(ComposeService service, string variable) => int.Parse(service.Environment[variable], CultureInfo.InvariantCulture);

    [GeneratedRegex(@"dotnet publish (\S+\.csproj)")]
    private static partial Regex PublishedProject();

    [GeneratedRegex(@"run --rm -T keys (.+?) > ")]
    private static partial Regex SpokenCommand();

    [GeneratedRegex(@"(?m)^#   (CLUSTEREMU_[A-Z_]+)  *\S+ ")]
    private static partial Regex Explained();
}
