namespace ClusterEmu.Hosting.Tests;

public sealed class ClusterConfigurationTests : IDisposable
{
    private const string Reference = "cluster-emu.fabric { port = 0, listen = on }";
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void WithoutAFile_TheReferenceCounts() => Assert.Equal(0, ClusterConfiguration.Load(Reference, file: null).GetInt("cluster-emu.fabric.port", 9));

    [Fact]
    public void AFile_CountsOverTheReference()
    {
        File.WriteAllText(_file, "cluster-emu.fabric.port = 7");
        var config = ClusterConfiguration.Load(Reference, _file);
        Assert.Equal((7, true), (config.GetInt("cluster-emu.fabric.port"), config.GetBoolean("cluster-emu.fabric.listen")));
    }

    [Theory] // the file's text; what the refusal says beside the file's name
    [InlineData("cluster-emu.fabric { prot = 7\n lisen = off }", "there is no key cluster-emu.fabric.lisen.")]
    [InlineData("cluster-emu.fabric { prot = 7\n lisen = off }", "there is no key cluster-emu.fabric.prot.")]
    [InlineData("cluster-emu.fabric {", "is no valid HOCON")]
    [InlineData("cluster-emu.fabric.port = ${CLUSTEREMU_TEST_NEVER_SET}", "needs the environment variable CLUSTEREMU_TEST_NEVER_SET")]
    public void AFileThatCannotBeUsed_IsRefusedByName(string text, string expected)
    {
        File.WriteAllText(_file, text);
        var failure = Assert.Throws<HoconFileException>(() => ClusterConfiguration.Load(Reference, _file));
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.Contains(_file, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileThatIsNotThere_IsRefused() =>
        Assert.Contains("cannot be read", Assert.Throws<HoconFileException>(() => ClusterConfiguration.Load(Reference, _file + ".missing")).Message, StringComparison.Ordinal);
}
