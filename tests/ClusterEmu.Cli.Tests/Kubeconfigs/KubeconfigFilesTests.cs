using ClusterEmu.Cli.Kubeconfigs;

namespace ClusterEmu.Cli.Tests.Kubeconfigs;

public sealed class KubeconfigFilesTests : IDisposable
{
    private const string Other = """
        apiVersion: v1
        kind: Config
        clusters:
        - name: kind-dev
          cluster:
            server: https://127.0.0.1:40000
        users:
        - name: kind-dev
          user:
            exec:
              command: login
              args: ["--yes"]
        contexts:
        - name: kind-dev
          context:
            cluster: kind-dev
            user: kind-dev
            namespace: team
        current-context: kind-dev
        """;

    private static readonly KubeconfigEntry Entry = new("clusteremu-x", "https://127.0.0.1:1234", "CA", "CERT", "KEY");
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory] // case                       KUBECONFIG                  existing   expected
    [InlineData("unset: the home's", null, "", "home/.kube/config")]
    [InlineData("one file, though it is not there", "a", "", "a")]
    [InlineData("a list: the first that exists", "a:b:c", "b", "b")]
    [InlineData("a list of which none exists: the last", "a:b", "", "b")]
    public void Target_FollowsKubeconfig(string because, string? variable, string existing, string expected)
    {
        if (existing.Length > 0) _folder.File(existing, "");
        var list = variable is null ? null : string.Join(Path.PathSeparator, variable.Split(':').Select(name => _folder.File(name)));
        var target = KubeconfigFiles.Target(list, _folder.File("home"));
        Assert.True(_folder.File(expected) == target, $"{because}: wanted {expected}, got {target}");
    }

    [Fact]
    public async Task MergeThenRemove_LeavesOthersAsTheyWere()
    {
        var file = _folder.File("config", Other);
        var before = KubeconfigDocument.Parse(Other, file).ToString();

        var former = await KubeconfigFiles.MergeAsync(file, Entry, CancellationToken.None);

        Assert.Equal("kind-dev", former);
        var merged = KubeconfigDocument.Parse(await File.ReadAllTextAsync(file), file);
        Assert.Equal("clusteremu-x", merged.CurrentContext);
        Assert.True(merged.HasContext("kind-dev"));
        await KubeconfigFiles.RemoveAsync(file, Entry.Name, [former!], null, CancellationToken.None);
        Assert.Equal(before, await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task Remove_KeepsAContextThatTheUserChoseMeanwhile()
    {
        var file = _folder.File("config", Other);
        var former = await KubeconfigFiles.MergeAsync(file, Entry, CancellationToken.None);
        var document = KubeconfigDocument.Parse(await File.ReadAllTextAsync(file), file);
        document.Add(Entry with { Name = "third" });
        await File.WriteAllTextAsync(file, document.ToString());

        await KubeconfigFiles.RemoveAsync(file, Entry.Name, [former!], null, CancellationToken.None);

        var left = KubeconfigDocument.Parse(await File.ReadAllTextAsync(file), file);
        Assert.Equal("third", left.CurrentContext);
        Assert.False(left.HasContext("clusteremu-x"));
    }

    [Theory] // case              former contexts, latest first   in another file   expected
    [InlineData("one that is in the same file", "kind-dev", "", "kind-dev")]
    [InlineData("one that another file of the list has", "mine", "mine", "mine")]
    [InlineData("another cluster's that is gone: the one before it", "clusteremu-a,kind-dev", "", "kind-dev")]
    [InlineData("one that is gone", "gone", "", "")]
    public async Task Remove_MakesTheFirstFormerContextCurrentThatIsThere(string because, string former, string elsewhere, string expected)
    {
        var file = _folder.File("config", Other);
        var other = _folder.File("other", $"apiVersion: v1\nkind: Config\ncontexts:\n- name: \"{elsewhere}\"\n  context: {{cluster: c, user: u}}\n");
        await KubeconfigFiles.MergeAsync(file, Entry, CancellationToken.None);
        await KubeconfigFiles.RemoveAsync(file, Entry.Name, former.Split(','), file + Path.PathSeparator + other, CancellationToken.None);
        var left = KubeconfigDocument.Parse(await File.ReadAllTextAsync(file), file).CurrentContext;
        Assert.True(expected == left, $"{because}: wanted '{expected}', got '{left}'");
    }

    [Fact]
    public async Task Merge_SaysWhatWouldDoWhereItMayNotWrite()
    {
        var folder = Directory.CreateDirectory(_folder.File("taken")).FullName;
        foreach (var path in (string[])[folder, Path.Combine(_folder.File("file", ""), "below")])
        {
            var failure = await Assert.ThrowsAsync<CommandFailure>(() => KubeconfigFiles.MergeAsync(path, Entry, CancellationToken.None));
            Assert.Contains("--kubeconfig FILE", failure.Message, StringComparison.Ordinal);
        }
        Assert.Empty(Directory.GetFiles(_folder.Path, "*.new"));
    }

    [Fact]
    public async Task Merge_KeepsTheModeOfTheUsersFile()
    {
        var file = _folder.File("config", Other);
        if (OperatingSystem.IsWindows()) return;
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        await KubeconfigFiles.MergeAsync(file, Entry, CancellationToken.None);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task Merge_MakesTheFileReadableByItsOwnerOnly()
    {
        var file = _folder.File("sub/config");
        await KubeconfigFiles.MergeAsync(file, Entry, CancellationToken.None);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.False(File.Exists(file + ".lock"));
    }

    [Fact]
    public async Task Merge_OfTwoClustersAtOnceLosesNeither()
    {
        var file = _folder.File("config");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => KubeconfigFiles.MergeAsync(file, Entry with { Name = $"c{i}" }, CancellationToken.None)));
        var document = KubeconfigDocument.Parse(await File.ReadAllTextAsync(file), file);
        Assert.All(Enumerable.Range(0, 8), i => Assert.True(document.HasContext($"c{i}")));
    }

    [Theory]
    [InlineData("clusters: [", "no valid kubeconfig")]
    [InlineData("just text", "its top level is no map")]
    public async Task Merge_RefusesWhatIsNoKubeconfigAndLeavesIt(string text, string message)
    {
        var file = _folder.File("config", text);
        var failure = await Assert.ThrowsAsync<CommandFailure>(() => KubeconfigFiles.MergeAsync(file, Entry, CancellationToken.None));
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllTextAsync(file));
    }
}
