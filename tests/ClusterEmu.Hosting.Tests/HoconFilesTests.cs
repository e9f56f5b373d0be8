namespace ClusterEmu.Hosting.Tests;

public sealed class HoconFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("clusteremu-hocon-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory] // case                                     text                                    port
    [InlineData("a set variable replaces", "port = 1\nport = ${?PORT}", "7", 7)]
    [InlineData("an unset one leaves the earlier value", "port = 1\nport = ${?PORT}", null, 1)]
    [InlineData("comments are left alone", "port = 1 # ${PORT}\n# port = ${PORT}", "7", 1)]
    public void Variables_ComeFromTheEnvironment(string because, string text, string? value, int expected)
    {
        var expanded = HoconFiles.Expand(text, _folder, name => name == "PORT" ? value : null);
        var port = ConfigurationFactory.ParseString(expanded).GetInt("port");
        Assert.True(expected == port, $"{because}: wanted {expected}, got {port}");
    }

    [Fact]
    public void Variables_ThatAreRequiredAndUnsetAreAnError()
    {
        var failure = Assert.Throws<HoconFileException>(() => HoconFiles.Expand("a = 1\nport = ${PORT}", _folder, _ => null));
        Assert.Contains("line 2", failure.Message, StringComparison.Ordinal);
        Assert.Contains("${?PORT}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Variables_WithQuotesStayOneValue()
    {
        var expanded = HoconFiles.Expand("name = ${?NAME}", _folder, _ => "a \"b\" \\ {c}");
        Assert.Equal("a \"b\" \\ {c}", ConfigurationFactory.ParseString(expanded).GetString("name"));
    }

    [Fact]
    public void Includes_AreRelativeToTheirFile()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "sub"));
        File.WriteAllText(Path.Combine(_folder, "sub", "b.conf"), "b = 2\ninclude \"c.conf\"\n");
        File.WriteAllText(Path.Combine(_folder, "sub", "c.conf"), "c = 3\n");
        File.WriteAllText(Path.Combine(_folder, "a.conf"), "include \"sub/b.conf\"\na = 1\nc = 4\n");
        var config = ConfigurationFactory.ParseString(HoconFiles.Read(Path.Combine(_folder, "a.conf")));
        Assert.Equal((1, 2, 4), (config.GetInt("a"), config.GetInt("b"), config.GetInt("c")));
    }

    [Theory]
    [InlineData("include \"self.conf\"", "includes itself")]
    [InlineData("include \"missing.conf\"", "cannot be read")]
    public void Includes_ThatCannotWorkAreAnError(string text, string message)
    {
        var file = Path.Combine(_folder, "self.conf");
        File.WriteAllText(file, text);
        Assert.Contains(message, Assert.Throws<HoconFileException>(() => HoconFiles.Read(file)).Message, StringComparison.Ordinal);
    }
}
