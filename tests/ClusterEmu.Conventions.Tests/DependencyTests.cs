using System.Xml.Linq;

namespace ClusterEmu.Conventions.Tests;

/// <summary>Dependencies point one way (docs/architecture.md).</summary>
public sealed class DependencyTests
{
    /// <summary>Each project with those it may reference. Transitive ones need no mention.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Actors"] = [],
        ["Actors.TestKit"] = ["Actors"],
        ["Api"] = [],
        ["Network"] = ["Api"],
        ["Hosting"] = ["Actors"],
        ["Client"] = ["Actors", "Api", "Network", "Hosting"],
        ["Fabric"] = ["Actors", "Network", "Hosting", "Client"],
        ["ControlPlane"] = ["Actors", "Client", "Fabric"],
        ["Nodes"] = ["Actors", "Client", "Fabric"],
        ["Edge"] = ["Actors", "Client", "Fabric"],
        ["Testing"] = ["Actors", "ControlPlane", "Nodes", "Edge"],
        ["Simulation"] = ["Actors", "ControlPlane", "Nodes", "Edge"],
        ["Cli"] = ["Actors", "Testing", "Simulation"],
    };

    [Fact]
    public void References_PointDownwards()
    {
        foreach (var project in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories))
        {
            var name = Path.GetFileNameWithoutExtension(project)["ClusterEmu.".Length..];
            Assert.True(Allowed.ContainsKey(name), $"{Repository.Relative(project)} is new: give it a row in {nameof(DependencyTests)}, and a line in docs/architecture.md.");
            var referenced = XDocument.Load(project).Descendants("ProjectReference")
                .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/'))["ClusterEmu.".Length..]);
            foreach (var target in referenced)
            {
                Assert.True(
                    Allowed[name].Contains(target),
                    $"{Repository.Relative(project)} references {target}, but {name} may use {(Allowed[name].Length == 0 ? "no project" : string.Join(", ", Allowed[name]))} only. Move the code down to where both can reach it, or pass it in.");
            }
        }
    }

    [Fact]
    public void OnlyTheTestKit_KnowsXunit()
    {
        foreach (var project in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories))
        {
            var knows = XDocument.Load(project).Descendants("PackageReference").Any(reference => reference.Attribute("Include")!.Value.StartsWith("xunit", StringComparison.Ordinal));
            Assert.True(!knows || project.Contains("ClusterEmu.Actors.TestKit", StringComparison.Ordinal), $"{Repository.Relative(project)} references xunit. Only ClusterEmu.Actors.TestKit may: move the code to a test project.");
        }
    }

    [Fact]
    public void Versions_ArePinnedCentrally()
    {
        foreach (var project in Directory.EnumerateFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories))
        {
            var own = XDocument.Load(project).Descendants("PackageReference").FirstOrDefault(reference => reference.Attribute("Version") is not null || reference.Attribute("VersionOverride") is not null);
            Assert.True(own is null, $"{Repository.Relative(project)} gives {own?.Attribute("Include")?.Value} a version of its own. Put it into Directory.Packages.props.");
        }
        foreach (var version in XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props")).Descendants("PackageVersion"))
        {
            var text = version.Attribute("Version")!.Value;
            Assert.True(!text.Contains('*', StringComparison.Ordinal) && !text.Contains('[', StringComparison.Ordinal), $"Directory.Packages.props lets {version.Attribute("Include")!.Value} float ({text}). Pin one version.");
        }
    }
}
