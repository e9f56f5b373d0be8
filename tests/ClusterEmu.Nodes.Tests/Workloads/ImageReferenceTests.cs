namespace ClusterEmu.Nodes.Tests;

public sealed class ImageReferenceTests
{
    [Theory]
    [InlineData("nginx", "docker.io/library/nginx:latest", "nginx")]
    [InlineData("nginx:1.21", "docker.io/library/nginx:1.21", "nginx")]
    [InlineData("bitnami/redis", "docker.io/bitnami/redis:latest", "redis")]
    [InlineData("registry.k8s.io/e2e-test-images/agnhost:2.40", "registry.k8s.io/e2e-test-images/agnhost:2.40", "agnhost")]
    [InlineData("localhost:5000/web:v1", "localhost:5000/web:v1", "web")]
    [InlineData("localhost/web", "localhost/web:latest", "web")]
    [InlineData("index.docker.io/library/busybox", "docker.io/library/busybox:latest", "busybox")]
    [InlineData("coredns@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "docker.io/library/coredns@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "coredns")]
    public void TryParse_CompletesNames(string text, string full, string shortName)
    {
        Assert.True(ImageReference.TryParse(text, out var reference));
        Assert.Equal(full, reference.ToString());
        Assert.Equal(shortName, reference.ShortName);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Nginx")]
    [InlineData("nginx:")]
    [InlineData("nginx: 1.21")]
    [InlineData("/nginx")]
    [InlineData("a//b")]
    [InlineData("nginx:tag:tag")]
    [InlineData("nginx@sha256:12")]
    public void TryParse_RefusesWhatNoRuntimeTakes(string text) => Assert.False(ImageReference.TryParse(text, out _));

    [Theory]
    [InlineData("nginx:1.21", "")]
    [InlineData("example.com/whatever:v1", "")]
    [InlineData("nginx:does-not-exist", "ErrImagePull")]
    [InlineData("nonexistent/app", "ErrImagePull")]
    [InlineData("UPPER", "InvalidImageName")]
    public void Pull_FailsForNamesThatSaySo(string image, string reason) => Assert.Equal(reason, ImagePulls.Pull(image).Reason);

    [Fact]
    public void Pull_SpeaksAsKubeletAndRuntime()
    {
        var outcome = ImagePulls.Pull("web:does-not-exist");
        Assert.Equal("failed to pull and unpack image \"docker.io/library/web:does-not-exist\": failed to resolve reference "
            + "\"docker.io/library/web:does-not-exist\": docker.io/library/web:does-not-exist: not found", outcome.Message);
        Assert.StartsWith("Back-off pulling image \"web:does-not-exist\": ErrImagePull: failed to pull", ImagePulls.BackOffMessage("web:does-not-exist", outcome));
        Assert.Contains("couldn't parse image name \"UPPER\": invalid reference format", ImagePulls.Pull("UPPER").Message);
    }
}
