using static ClusterEmu.Nodes.Tests.WorkloadSamples;

namespace ClusterEmu.Nodes.Tests;

public sealed class ImageCatalogTests
{
    [Theory] // image, arguments, env, declared ports, what listens
    [InlineData("nginx", "", "", "", "80/Http")]
    [InlineData("nginx:1.21", "", "", "8080/tcp", "80/Http")]
    [InlineData("nginx", "!sleep 10", "", "", "")]
    [InlineData("busybox", "", "", "80/tcp", "")]
    [InlineData("busybox", "sleep 3600", "", "", "")]
    [InlineData("busybox", "!httpd -f -p 8080", "", "", "8080/Http")]
    [InlineData("busybox", "nc -lk -p 9000", "", "", "9000/Raw")]
    [InlineData("registry.k8s.io/e2e-test-images/agnhost:2.40", "", "", "", "")]
    [InlineData("agnhost", "netexec", "", "", "8080/Http 8081/Datagrams")]
    [InlineData("agnhost", "netexec --http-port=80 --udp-port -1", "", "", "80/Http")]
    [InlineData("agnhost", "netexec --http-port 9090 --udp-port=9090", "", "", "9090/Http 9090/Datagrams")]
    [InlineData("agnhost", "netexec --tls-cert-file=/localhost.crt --udp-port=-1", "", "", "8080/Https")]
    [InlineData("agnhost", "serve-hostname", "", "", "9376/Http")]
    [InlineData("agnhost", "serve-hostname --port=80", "", "", "80/Http")]
    [InlineData("agnhost", "serve-hostname --http=false --tcp --udp", "", "", "9376/Raw 9376/Datagrams")]
    [InlineData("agnhost", "porter", "SERVE_PORT_8080=web,SERVE_TLS_PORT_8443=tls,SERVE_UDP_PORT_53=dns,OTHER=1", "", "53/Datagrams 8080/Http 8443/Https")]
    [InlineData("agnhost", "pause", "", "80/tcp", "")]
    [InlineData("pause:3.9", "", "", "", "")]
    [InlineData("registry.k8s.io/coredns/coredns:v1.11.3", "-conf /etc/coredns/Corefile", "", "", "53/Dns 53/Dns 8080/Http 8181/Http 9153/Http")]
    [InlineData("postgres:16", "", "", "5432/tcp", "5432/Http")]
    [InlineData("example.com/shop:v2", "", "", "8080/tcp,8443/tcp,9000/tcp/https-admin,53/udp", "8080/Http 8443/Https 9000/Https 53/Datagrams")]
    [InlineData("example.com/shop:v2", "!/app/serve --fast", "", "8080/tcp", "8080/Http")]
    public void Plan_OpensThePortsOfTheImage(string image, string args, string env, string ports, string expected) =>
        Assert.Equal(expected, WorkloadSamples.Ports(Plan(image, args, env, ports)));

    [Theory] // image, arguments, ends after seconds (-1: never), code, seconds from SIGTERM to the end (-1: ignores it)
    [InlineData("nginx", "", -1, 0, 0)]
    [InlineData("busybox", "", 0, 0, -2)]
    [InlineData("busybox", "sleep 30", 30, 0, -1)]
    [InlineData("busybox", "sleep 1h", 3600, 0, -1)]
    [InlineData("busybox", "!sleep infinity", -1, 0, -1)]
    [InlineData("busybox", "false", 0, 1, 0)]
    [InlineData("agnhost", "pause", -1, 0, 0)]
    [InlineData("agnhost", "nonsense", 0, 1, 0)]
    [InlineData("agnhost", "serve-hostname --http --udp", 0, 1, 0)]
    [InlineData("agnhost", "serve-hostname", -1, 0, 60)]
    [InlineData("coredns", "", -1, 0, 5)]
    public void Plan_KnowsWhenTheProgramEnds(string image, string args, int ends, int code, int stops)
    {
        var plan = Plan(image, args);
        Assert.Equal(ends < 0 ? null : TimeSpan.FromSeconds(ends), plan.ExitsAfter);
        Assert.Equal(code, plan.ExitCode);
        if (stops != -2) Assert.Equal(stops < 0 ? null : TimeSpan.FromSeconds(stops), plan.StopsWithin);
    }

    [Theory]
    [InlineData("busybox", "nosuchprogram", "exec: \"nosuchprogram\": executable file not found in $PATH: unknown")]
    [InlineData("pause", "!sleep 10", "exec: \"sleep\": executable file not found in $PATH: unknown")]
    [InlineData("nginx", "!/bin/nothing", "exec: \"/bin/nothing\": stat /bin/nothing: no such file or directory: unknown")]
    public void Plan_RefusesAProgramThatIsNotInTheImage(string image, string args, string end) => Assert.EndsWith(end, Plan(image, args).StartError);

    [Fact]
    public void UnknownImage_NamesPodImageAndPort()
    {
        var answer = Answer(Plan("postgres:16", "", "", "5432/tcp"), 5432, Ask("/x"));
        Assert.Equal(200, answer.Code);
        Assert.Contains("Pod: default/web-1\n", answer.Body);
        Assert.Contains("Port: 5432\n", answer.Body);
    }
}
