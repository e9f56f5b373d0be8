using System.Text;
using ClusterEmu.Api;
using ClusterEmu.ControlPlane.ApiServer;

namespace ClusterEmu.ControlPlane.Tests;

public sealed class LimitRulesTests
{
    [Theory] // the limits; the containers' resources, init containers after a bar; what is said
    [InlineData("""{"type":"Container","max":{"cpu":"1"}}""", """{"limits":{"cpu":"1"}}""", "")]
    [InlineData("""{"type":"Container","max":{"cpu":"1"}}""", """{"limits":{"cpu":"2"}}""", "maximum cpu usage per Container is 1, but limit is 2")]
    [InlineData("""{"type":"Container","max":{"cpu":"1"}}""", "{}", "maximum cpu usage per Container is 1.  No limit is specified")]
    [InlineData("""{"type":"Container","max":{"memory":"1Gi"}}""", """{"limits":{"memory":"1Gi"},"requests":{"memory":"2Gi"}}""", "maximum memory usage per Container is 1Gi, but request is 2Gi")]
    [InlineData("""{"type":"Container","min":{"cpu":"100m"}}""", "{}", "minimum cpu usage per Container is 100m.  No request is specified")]
    [InlineData("""{"type":"Container","min":{"cpu":"100m"}}""", """{"requests":{"cpu":"50m"}}""", "minimum cpu usage per Container is 100m, but request is 50m")]
    [InlineData("""{"type":"Container","min":{"cpu":"100m"}}""", """{"requests":{"cpu":"100m"},"limits":{"cpu":"50m"}}""", "minimum cpu usage per Container is 100m, but limit is 50m")]
    [InlineData("""{"type":"Container","maxLimitRequestRatio":{"cpu":"2"}}""", """{"requests":{"cpu":"100m"},"limits":{"cpu":"250m"}}""", "cpu max limit to request ratio per Container is 2, but provided ratio is 2.500000")]
    [InlineData("""{"type":"Container","maxLimitRequestRatio":{"cpu":"2"}}""", """{"requests":{"cpu":"100m"},"limits":{"cpu":"200m"}}""", "")]
    [InlineData("""{"type":"Container","maxLimitRequestRatio":{"cpu":"2"}}""", """{"limits":{"cpu":"1"}}""", "cpu max limit to request ratio per Container is 2, but no request is specified or request is 0")]
    [InlineData("""{"type":"Container","maxLimitRequestRatio":{"cpu":"2"}}""", """{"requests":{"cpu":"1"}}""", "cpu max limit to request ratio per Container is 2, but no limit is specified or limit is 0")]
    [InlineData("""{"type":"Container","max":{"cpu":"1"}}""", """{"limits":{"cpu":"1"}}|{"limits":{"cpu":"3"}}""", "maximum cpu usage per Container is 1, but limit is 3")]
    [InlineData("""{"type":"Pod","max":{"cpu":"1"}}""", """{"limits":{"cpu":"600m"}},{"limits":{"cpu":"600m"}}""", "maximum cpu usage per Pod is 1, but limit is 1200m")]
    [InlineData("""{"type":"Pod","max":{"cpu":"1"}}""", """{"limits":{"cpu":"500m"}},{"limits":{"cpu":"500m"}}|{"limits":{"cpu":"900m"}}""", "")]
    [InlineData("""{"type":"Pod","max":{"cpu":"1"}}""", """{"limits":{"cpu":"500m"}}|{"limits":{"cpu":"1500m"}}""", "maximum cpu usage per Pod is 1, but limit is 1500m")]
    [InlineData("""{"type":"Container","max":{"cpu":"1","memory":"1Gi"}}""", """{"limits":{"cpu":"2","memory":"2Gi"}},{"limits":{"cpu":"2","memory":"1Gi"}}""",
        "maximum cpu usage per Container is 1, but limit is 2 | maximum memory usage per Container is 1Gi, but limit is 2Gi")]
    [InlineData("""{"type":"PersistentVolumeClaim","max":{"storage":"1Gi"}}""", "{}", "")]
    public void Pods(string limits, string resources, string said) => Assert.Equal(said, string.Join(" | ", LimitRules.Problems(PodOf(resources), RangeOf(limits))));

    [Theory]
    [InlineData("""{"type":"PersistentVolumeClaim","min":{"storage":"1Gi"},"max":{"storage":"2Gi"}}""", "1Gi", "")]
    [InlineData("""{"type":"PersistentVolumeClaim","min":{"storage":"1Gi"},"max":{"storage":"2Gi"}}""", "512Mi", "minimum storage usage per PersistentVolumeClaim is 1Gi, but request is 512Mi")]
    [InlineData("""{"type":"PersistentVolumeClaim","min":{"storage":"1Gi"},"max":{"storage":"2Gi"}}""", "3Gi", "maximum storage usage per PersistentVolumeClaim is 2Gi, but request is 3Gi")]
    [InlineData("""{"type":"Container","max":{"storage":"2Gi"}}""", "3Gi", "")]
    public void Claims(string limits, string storage, string said)
    {
        var claim = (PersistentVolumeClaim)Kinds.PersistentVolumeClaim.Decode(Encoding.UTF8.GetBytes("{\"spec\":{\"resources\":{\"requests\":{\"storage\":\"" + storage + "\"}}}}"));
        Assert.Equal(said, string.Join(" | ", LimitRules.Problems(claim, RangeOf(limits))));
    }

    [Fact]
    public void Defaults_AreFilledIn_AndNoted()
    {
        var range = RangeOf("""{"type":"Container","default":{"cpu":"1","memory":"1Gi"},"defaultRequest":{"cpu":"500m"}}""");
        var pod = LimitRules.WithDefaults(PodOf("""{"limits":{"cpu":"2"}}|{}"""), range);
        Assert.Equal("cpu=2 memory=1Gi / cpu=500m", Show(pod.Spec.Containers[0].Resources));
        Assert.Equal("cpu=1 memory=1Gi / cpu=500m", Show(pod.Spec.InitContainers[0].Resources));
        Assert.Equal(
            "LimitRanger plugin set: cpu request for container c0; memory limit for container c0; cpu request for init container i0; cpu, memory limit for init container i0",
            pod.Metadata.Annotations["kubernetes.io/limit-ranger"]);
        Assert.Same(pod, LimitRules.WithDefaults(pod, range));
    }

    private static string Show(ResourceRequirements resources) => $"{Show(resources.Limits)} / {Show(resources.Requests)}";

    private static string Show(IReadOnlyDictionary<string, Quantity> amounts) =>
        string.Join(' ', amounts.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}={entry.Value}"));

    private static LimitRange RangeOf(string item) => (LimitRange)Kinds.LimitRange.Decode(Encoding.UTF8.GetBytes($$$"""{"spec":{"limits":[{{{item}}}]}}"""));

    private static Pod PodOf(string resources)
    {
        var parts = resources.Split('|');
        var (containers, init) = (parts[0], parts.Length > 1 ? parts[1] : "");
        return (Pod)Kinds.Pod.Decode(Encoding.UTF8.GetBytes($$$"""{"spec":{"containers":[{{{Containers("c", containers)}}}],"initContainers":[{{{Containers("i", init)}}}]}}"""));
    }

    private static string Containers(string name, string resources) => resources.Length == 0
        ? ""
        : string.Join(',', resources.Replace("},{\"", "};{\"", StringComparison.Ordinal).Split(';').Select((each, i) => $$"""{"name":"{{name}}{{i}}","resources":{{each}}}"""));
}
