namespace ClusterEmu.Api.Tests;

public class PodDefaultsTests
{
    private const string Common = "\"restartPolicy\":\"Always\",\"terminationGracePeriodSeconds\":30,\"dnsPolicy\":\"ClusterFirst\",\"securityContext\":{},\"schedulerName\":\"default-scheduler\"";
    private const string Ends = "\"resources\":{},\"terminationMessagePath\":\"/dev/termination-log\",\"terminationMessagePolicy\":\"File\"";

    [Theory]
    [InlineData("nginx", "Always")]
    [InlineData("nginx:latest", "Always")]
    [InlineData("nginx:1.21", "IfNotPresent")]
    [InlineData("registry:5000/nginx", "Always")]
    [InlineData("registry:5000/nginx:1", "IfNotPresent")]
    [InlineData("nginx@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "IfNotPresent")]
    [InlineData("nginx:latest@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "Always")]
    public void Image_DecidesThePullPolicy(string image, string policy)
    {
        var pod = PodDefaults.Apply(new Pod { Spec = new() { Containers = [new() { Name = "c", Image = image }] } });
        Assert.Equal(policy, pod.Spec.Containers[0].ImagePullPolicy);
    }

    [Theory]
    [InlineData("ports and probes", """ "ports":[{"containerPort":80}],"readinessProbe":{"httpGet":{"port":80}},"livenessProbe":{"grpc":{"port":9},"periodSeconds":5} """,
        """ "ports":[{"containerPort":80,"protocol":"TCP"}],"readinessProbe":{"httpGet":{"path":"/","port":80,"scheme":"HTTP"},"timeoutSeconds":1,"periodSeconds":10,"successThreshold":1,"failureThreshold":3},"livenessProbe":{"grpc":{"port":9,"service":""},"timeoutSeconds":1,"periodSeconds":5,"successThreshold":1,"failureThreshold":3}, """)]
    [InlineData("hooks and variables", """ "lifecycle":{"preStop":{"httpGet":{"port":80}}},"env":[{"name":"A","valueFrom":{"fieldRef":{"fieldPath":"metadata.name"}}}] """,
        """ "lifecycle":{"preStop":{"httpGet":{"path":"/","port":80,"scheme":"HTTP"}}},"env":[{"name":"A","valueFrom":{"fieldRef":{"apiVersion":"v1","fieldPath":"metadata.name"}}}], """)]
    public void Container_IsCompleted(string because, string given, string completed)
    {
        var pod = PodDefaults.Apply(Some.Of(Kinds.Pod, "{\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i:1\"," + given + "}]}}"));
        Same(because, "{\"containers\":[{\"name\":\"c\",\"image\":\"i:1\"," + completed + Ends + ",\"imagePullPolicy\":\"IfNotPresent\"}]," + Common + ",\"enableServiceLinks\":true}", pod.Spec);
    }

    [Theory]
    [InlineData("""{"limits":{"cpu":"1","memory":"1Gi"}}""", """{"limits":{"cpu":"1","memory":"1Gi"},"requests":{"cpu":"1","memory":"1Gi"}}""")]
    [InlineData("""{"limits":{"cpu":"1"},"requests":{"cpu":"500m","memory":"1"}}""", """{"limits":{"cpu":"1"},"requests":{"cpu":"500m","memory":"1"}}""")]
    [InlineData("""{"requests":{"cpu":"0.1m"}}""", """{"requests":{"cpu":"1m"}}""")]
    public void Limits_AreRequestsToo(string given, string completed)
    {
        var pod = PodDefaults.Apply(Some.PodWith($"\"resources\":{given}"));
        JsonDifference.AssertSame(completed, System.Text.Encoding.UTF8.GetString(ApiJson.Encode(pod.Spec.Containers[0].Resources)));
    }

    [Theory]
    [InlineData("""{"name":"v"}""", """{"name":"v","emptyDir":{}}""")]
    [InlineData("""{"name":"v","hostPath":{"path":"/x"}}""", """{"name":"v","hostPath":{"path":"/x","type":""}}""")]
    [InlineData("""{"name":"v","secret":{"secretName":"s"}}""", """{"name":"v","secret":{"secretName":"s","defaultMode":420}}""")]
    [InlineData("""{"name":"v","configMap":{"name":"m","defaultMode":0}}""", """{"name":"v","configMap":{"name":"m","defaultMode":0}}""")]
    [InlineData("""{"name":"v","downwardAPI":{"items":[{"path":"p","fieldRef":{"fieldPath":"metadata.name"}}]}}""", """{"name":"v","downwardAPI":{"items":[{"path":"p","fieldRef":{"apiVersion":"v1","fieldPath":"metadata.name"}}],"defaultMode":420}}""")]
    [InlineData("""{"name":"v","projected":{"sources":[{"serviceAccountToken":{"path":"t"}}]}}""", """{"name":"v","projected":{"sources":[{"serviceAccountToken":{"expirationSeconds":3600,"path":"t"}}],"defaultMode":420}}""")]
    [InlineData("""{"name":"v","rbd":{"monitors":["m"],"image":"i"}}""", """{"name":"v","rbd":{"monitors":["m"],"image":"i","pool":"rbd","user":"admin","keyring":"/etc/ceph/keyring"}}""")]
    public void Volume_IsCompleted(string given, string completed)
    {
        var pod = PodDefaults.Apply(Some.Of(Kinds.Pod, "{\"spec\":{\"volumes\":[" + given + "]}}"));
        JsonDifference.AssertSame(completed, System.Text.Encoding.UTF8.GetString(ApiJson.Encode(pod.Spec.Volumes[0])));
    }

    [Fact]
    public void HostNetwork_MakesPortsHostPorts() =>
        Assert.Equal(80, Some.Pod("""{"hostNetwork":true,"containers":[{"name":"c","image":"i","ports":[{"containerPort":80}]}]}""").Spec.Containers[0].Ports[0].HostPort);

    [Fact]
    public void BothNamesOfTheServiceAccount_SayTheSame()
    {
        var pod = PodDefaults.Apply(new Pod { Spec = new() { ServiceAccount = "robot" } });
        Assert.Equal(("robot", "robot"), (pod.Spec.ServiceAccountName, pod.Spec.ServiceAccount));
    }

    [Fact]
    public void BothFieldsOfThePodsAddress_SayTheSame()
    {
        Assert.Equal("10.0.0.1", PodDefaults.Apply(new Pod { Status = new() { PodIP = "10.0.0.1" } }).Status.PodIPs[0].IP);
        Assert.Equal("10.0.0.2", PodDefaults.Apply(new Pod { Status = new() { PodIPs = [new() { IP = "10.0.0.2" }] } }).Status.PodIP);
        Assert.Equal("10.0.0.3", PodDefaults.Apply(new Pod { Status = new() { PodIP = "10.0.0.3", PodIPs = [new() { IP = "10.0.0.2" }] } }).Status.PodIPs.Single().IP);
    }

    [Fact]
    public void Apply_Twice_ChangesNothingMore()
    {
        var once = PodDefaults.Apply(Some.PodWith(""" "ports":[{"containerPort":80}],"readinessProbe":{"httpGet":{"port":80}},"resources":{"limits":{"cpu":"1"}} """));
        Assert.Equal(Kinds.Pod.Encode(once), Kinds.Pod.Encode(PodDefaults.Apply(once)));
    }

    private static void Same(string because, string wanted, PodSpec got)
    {
        var differences = new List<string>();
        JsonDifference.Find(System.Text.Json.Nodes.JsonNode.Parse(wanted), System.Text.Json.Nodes.JsonNode.Parse(ApiJson.Encode(got)), because, differences);
        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }
}
