using System.Text.RegularExpressions;
using ClusterEmu.Cli.Roles;
using ClusterEmu.Hosting;

namespace ClusterEmu.Cli.Tests.Configuration;

/// <summary>hocon/reference.conf names every key that the program reads, no other, and explains each.</summary>
public sealed partial class ReferenceKeysTests
{
    private static readonly Config Reference = ClusterConfiguration.Load(RoleProcess.ReferenceText(), file: null);

    [Fact]
    public void EveryKeyThatIsReadIsThere()
    {
        var missing = ReadKeys().Except(ReferenceKeys(), StringComparer.Ordinal).ToList();
        Assert.True(missing.Count == 0, $"hocon/reference.conf lacks {string.Join(", ", missing)}. Add each with its default and a comment on unit, range and effect.");
    }

    [Fact]
    public void EveryKeyThatIsThereIsRead()
    {
        var unread = ReferenceKeys().Except(ReadKeys(), StringComparer.Ordinal).ToList();
        Assert.True(unread.Count == 0, $"nothing in src/ reads {string.Join(", ", unread)}. Take them out of hocon/reference.conf, or read them.");
    }

    [Fact]
    public void EveryKeyHasACommentOfItsOwn()
    {
        var lines = RoleProcess.ReferenceText().Split('\n');
        var bare = Enumerable.Range(0, lines.Length).Where(i => Key().IsMatch(lines[i]) && !(i > 0 && lines[i - 1].TrimStart().StartsWith('#'))).ToList();
        Assert.True(bare.Count == 0, $"hocon/reference.conf: no comment above {string.Join(", ", bare.Select(i => $"line {i + 1} ({lines[i].Trim()})"))}.");
        Assert.True(lines.Count(line => Key().IsMatch(line)) > 50, "the test sees the keys");
    }

    [Theory]
    [InlineData("cluster.conf")]
    [InlineData("control-plane.conf")]
    [InlineData("nodes.conf")]
    [InlineData("edge.conf")]
    public void TheRolesFilesSetKnownKeysOnly(string name)
    {
        var text = HoconFiles.Read(Path.Combine(Checkout.Hocon, name), _ => "1"); // Every variable set, so that no line is left out.
        Assert.Empty(ConfigurationKeys.Unknown(ClusterConfiguration.Parse(text, name), Reference));
    }

    /// <summary>Whole string literals that are keys; a constant Section counts as what it stands for.</summary>
    private static HashSet<string> ReadKeys()
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in Checkout.Sources())
        {
            var text = File.ReadAllText(file);
            if (SectionConstant().Match(text) is { Success: true } section) text = text.Replace("{Section}", section.Groups[1].Value, StringComparison.Ordinal);
            keys.UnionWith(KeyLiteral().Matches(text).Select(match => match.Groups[1].Value).Where(key => !IsSection(key)));
        }
        return keys;
    }

    private static bool IsSection(string path) => Reference.HasPath(path) && Reference.GetValue(path)!.IsObject();

    private static List<string> ReferenceKeys()
    {
        // What is unknown where nothing is known is every key there is.
        var all = ConfigurationKeys.Unknown(Reference, ConfigurationFactory.ParseString("akka {}"));
        return [.. all.Select(problem => Named().Match(problem).Groups[1].Value)];
    }

    [GeneratedRegex("""(?<=")(cluster-emu(?:\.[a-z0-9-]+)+)(?=")""")]
    private static partial Regex KeyLiteral();

    [GeneratedRegex("""const string Section = "(cluster-emu\.[a-z.-]+)";""")]
    private static partial Regex SectionConstant();

    [GeneratedRegex(@"^\s*[a-z0-9-]+\s*=")]
    private static partial Regex Key();

    [GeneratedRegex(@"there is no key (\S+)\. The nearest")]
    private static partial Regex Named();
}
