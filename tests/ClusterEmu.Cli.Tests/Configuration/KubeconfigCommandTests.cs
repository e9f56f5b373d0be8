using ClusterEmu.Cli.Commands;
using ClusterEmu.Cli.Kubeconfigs;
using ClusterEmu.Hosting;

namespace ClusterEmu.Cli.Tests.Configuration;

public sealed class KubeconfigCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TheFileLeadsToTheServerWithTheClustersKeys()
    {
        var pki = ClusterPki.Ensure(_folder.File("pki"), [], []);
        var file = _folder.File("kubeconfig");
        Assert.Equal(0, await CommandTree.RunAsync(["kubeconfig", "--dir", pki.Path, "--server", "https://localhost:6443/", "--name", "far", "--output", file]));
        var expected = KubeconfigDocument.Empty();
        expected.Add(new KubeconfigEntry("clusteremu-far", "https://localhost:6443", pki.AuthorityPem, pki.CertificatePem("admin"), pki.KeyPem("admin")));
        Assert.Equal(expected.ToString(), await File.ReadAllTextAsync(file));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Theory] // server; exit code
    [InlineData("localhost:6443", 2)]
    [InlineData("http://localhost:6443", 2)]
    [InlineData("https://localhost:6443", 1)] // No keys there.
    public async Task WhatCannotWorkIsRefused(string server, int exitCode) =>
        Assert.Equal(exitCode, await CommandTree.RunAsync(["kubeconfig", "--dir", _folder.File("nothing"), "--server", server, "--output", _folder.File("kubeconfig")]));
}
