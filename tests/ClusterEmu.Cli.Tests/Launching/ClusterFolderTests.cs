using ClusterEmu.Cli.Launching;

namespace ClusterEmu.Cli.Tests.Launching;

public sealed class ClusterFolderTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Lock_RefusesASecondHolder()
    {
        var folder = ClusterFolder.Of("x", _temporary.Path);
        folder.Prepare();
        using (folder.Lock())
        {
            var failure = Assert.Throws<CommandFailure>(() => folder.Lock().Dispose());
            Assert.Contains("is running already", failure.Message, StringComparison.Ordinal);
        }
        folder.Lock().Dispose();
    }

    [Fact]
    public void Prepare_SaysWhatWouldDoWhereItMayNotWrite()
    {
        var file = _temporary.File("file", "");
        var failure = Assert.Throws<CommandFailure>(() => ClusterFolder.Of("x", Path.Combine(file, "below")).Prepare());
        Assert.Contains("--state-dir", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Running_IsNotFooledByAReusedPid()
    {
        var folder = ClusterFolder.Of("x", _temporary.Path);
        folder.Prepare();
        folder.Write(new ClusterRecord { Name = "x", LauncherPid = Environment.ProcessId, LauncherStart = "another start" });
        Assert.Throws<CommandFailure>(() => folder.Running());
        folder.Write(new ClusterRecord { Name = "x", LauncherPid = Environment.ProcessId, LauncherStart = ProcessIdentity.StartOf(Environment.ProcessId)! });
        Assert.Equal("x", folder.Running().Name);
    }
}
