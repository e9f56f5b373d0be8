using static ClusterEmu.Nodes.Tests.WorkloadSamples;

namespace ClusterEmu.Nodes.Tests;

public sealed class ShellScriptTests
{
    [Theory] // script, ends after seconds (-1: never), code
    [InlineData("exit 3", 0, 3)]
    [InlineData("sleep 5; exit 1", 5, 1)]
    [InlineData("sleep 5 && false || exit 7", 5, 7)]
    [InlineData("true || exit 7; sleep 1m", 60, 0)]
    [InlineData("echo starting; while true; do sleep 1; done", -1, 0)]
    [InlineData("nosuchprogram", 0, 127)]
    [InlineData("exec sleep 9 # comment; exit 4", 9, 0)]
    [InlineData("test -f /a || exit 5", 0, 5)]
    [InlineData("touch /a; test -f /a || exit 5", 0, 0)]
    [InlineData("echo 'a; exit 9' \"b && exit 8\"", 0, 0)]
    public void Plan_FollowsTheScript(string script, int ends, int code)
    {
        var plan = Script(script);
        Assert.Equal(ends < 0 ? null : TimeSpan.FromSeconds(ends), plan.ExitsAfter);
        Assert.Equal(code, plan.ExitCode);
    }

    [Theory] // Kubernetes' own example of an exec liveness probe.
    [InlineData(0, true)]
    [InlineData(29, true)]
    [InlineData(31, false)]
    public void Plan_KnowsWhichFilesExistWhen(int seconds, bool exists)
    {
        var plan = Script("touch /tmp/healthy; sleep 30; rm -f /tmp/healthy; sleep 600");
        Assert.Equal(TimeSpan.FromSeconds(630), plan.ExitsAfter);
        var at = TimeSpan.FromSeconds(seconds);
        Assert.Equal(exists ? 0 : 1, ExecCheck.Run(["cat", "/tmp/healthy"], path => plan.FileAt(path, at) is not null));
    }

    [Fact]
    public void Httpd_ServesWhatTheScriptWrote()
    {
        var plan = Script("mkdir /www; echo \"I am $(hostname) ${GREETING}\" > /www/index.html && httpd -f -p 8080 -h /www");
        Assert.Equal("I am web-1 \n", Answer(plan, 8080, Ask("/")).Body);
        Assert.Equal(404, Answer(plan, 8080, Ask("/other")).Code);
        Assert.Equal(501, Answer(plan, 8080, Ask("/", "POST")).Code);
    }

    [Theory]
    [InlineData("true", 0)]
    [InlineData("false", 1)]
    [InlineData("cat /there", 0)]
    [InlineData("cat /missing", 1)]
    [InlineData("test -f /missing", 1)]
    [InlineData("test ! -f /missing", 0)]
    [InlineData("[ -e /there ]", 0)]
    [InlineData("[ a = b ]", 1)]
    [InlineData("exit 4", 4)]
    [InlineData("mysqladmin ping", null)]
    public void ExecCheck_KnowsTheUsualChecks(string line, int? code) => Assert.Equal(code, ExecCheck.Run(line.Split(' '), path => path == "/there"));

    [Theory]
    [InlineData("test -f /missing && exit 3", 1)]
    [InlineData("test -f /there && exit 3", 3)]
    [InlineData("cat /missing || true", 0)]
    public void ExecCheck_RunsShellLines(string script, int code) => Assert.Equal(code, ExecCheck.Run(["sh", "-c", script], path => path == "/there"));
}
