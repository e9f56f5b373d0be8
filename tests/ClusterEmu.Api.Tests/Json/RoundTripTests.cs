using System.Text;

namespace ClusterEmu.Api.Tests;

public class RoundTripTests
{
    [Theory] // What Kubernetes writes even when empty is written; what it leaves out is left out; names and order are its own.
    [InlineData("Service", "{}", """{"kind":"Service","apiVersion":"v1","metadata":{},"spec":{},"status":{"loadBalancer":{}}}""")]
    [InlineData("Namespace", "{}", """{"kind":"Namespace","apiVersion":"v1","metadata":{},"spec":{},"status":{}}""")]
    [InlineData("Pod", "{}", """{"kind":"Pod","apiVersion":"v1","metadata":{},"spec":{"containers":null},"status":{}}""")]
    [InlineData("EndpointSlice", "{}", """{"kind":"EndpointSlice","apiVersion":"discovery.k8s.io/v1","metadata":{},"addressType":"","endpoints":null,"ports":null}""")]
    [InlineData("Lease", """{"spec":{"holderIdentity":"","renewTime":"2026-01-02T03:04:05.6789Z","leaseTransitions":0}}""", """{"kind":"Lease","apiVersion":"coordination.k8s.io/v1","metadata":{},"spec":{"holderIdentity":"","renewTime":"2026-01-02T03:04:05.678900Z","leaseTransitions":0}}""")]
    [InlineData("ConfigMap", """{"binaryData":{"b":"AAE="},"data":{"z":"1","A":"2","a":""},"immutable":false}""", """{"kind":"ConfigMap","apiVersion":"v1","metadata":{},"immutable":false,"data":{"A":"2","a":"","z":"1"},"binaryData":{"b":"AAE="}}""")]
    [InlineData("ConfigMap", """{"metadata":{"name":"x","creationTimestamp":"2026-01-02T05:04:05+02:00","generation":0},"unknown":{"a":[1]}}""", """{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"x","creationTimestamp":"2026-01-02T03:04:05Z"}}""")]
    [InlineData("Service", """{"spec":{"ports":[{"name":"a","protocol":"TCP","port":80,"targetPort":"http","nodePort":30080}],"ipFamilies":["IPv4"],"ipFamilyPolicy":"SingleStack","allocateLoadBalancerNodePorts":false,"clusterIPs":["None"],"topologyKeys":["*"]}}""", """{"kind":"Service","apiVersion":"v1","metadata":{},"spec":{"ports":[{"name":"a","protocol":"TCP","port":80,"targetPort":"http","nodePort":30080}],"clusterIPs":["None"],"ipFamilies":["IPv4"],"ipFamilyPolicy":"SingleStack","allocateLoadBalancerNodePorts":false,"topologyKeys":["*"]},"status":{"loadBalancer":{}}}""")]
    [InlineData("Node", """{"status":{"daemonEndpoints":{"kubeletEndpoint":{"Port":10250}},"allocatable":{"memory":"1024Ki","cpu":"0.5"}}}""", """{"kind":"Node","apiVersion":"v1","metadata":{},"spec":{},"status":{"allocatable":{"cpu":"500m","memory":"1Mi"},"daemonEndpoints":{"kubeletEndpoint":{"Port":10250}},"nodeInfo":{"machineID":"","systemUUID":"","bootID":"","kernelVersion":"","osImage":"","containerRuntimeVersion":"","kubeletVersion":"","kubeProxyVersion":"","operatingSystem":"","architecture":""}}}""")]
    public void ObjectsAreWrittenAsKubernetesWritesThem(string kind, string read, string written)
    {
        var info = KindCatalog.Stored.Single(known => known.Kind == kind);
        var once = Encoding.UTF8.GetString(info.Encode(info.Decode(Encoding.UTF8.GetBytes(read))));
        Assert.Equal(written, once);
        Assert.Equal(written, Encoding.UTF8.GetString(info.Encode(info.Decode(Encoding.UTF8.GetBytes(once)))));
    }

    [Fact]
    public void OtherRecordsAreWrittenAlike()
    {
        var table = new Table
        {
            ColumnDefinitions = [new TableColumnDefinition { Name = "Name", Type = "string", Format = "name" }],
            Rows = [new TableRow { Cells = ["web", 3, true, (string?)null], Object = "{\"a\":1}"u8.ToArray() }],
        };
        Assert.Equal(
            """{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{},"columnDefinitions":[{"name":"Name","type":"string","format":"name","description":"","priority":0}],"rows":[{"cells":["web",3,true,null],"object":{"a":1}}]}""",
            Encoding.UTF8.GetString(ApiJson.Encode(table)));
        var status = new Status { Outcome = "Failure", Message = "é <b>", Reason = "NotFound", Code = 404, Details = new StatusDetails { Name = "x", Kind = "services" } };
        Assert.Equal(
            """{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"é <b>","reason":"NotFound","details":{"name":"x","kind":"services"},"code":404}""",
            Encoding.UTF8.GetString(ApiJson.Encode(status)));
        Assert.Equal("Failure", ApiJson.Decode<Status>(ApiJson.Encode(status)).Outcome);
        var options = ApiJson.Decode<DeleteOptions>("""{"kind":"DeleteOptions","apiVersion":"v1","gracePeriodSeconds":0,"preconditions":{"uid":"u"},"propagationPolicy":"Orphan"}"""u8);
        Assert.Equal((0, "u", "Orphan"), (options.GracePeriodSeconds, options.Preconditions?.Uid, options.PropagationPolicy));
    }

    /// <summary>Whatever a body is, it decodes or is refused in the one way that the server expects; strict checking never throws.</summary>
    [Fact]
    public void BrokenBodiesAreRefusedAndNothingElse()
    {
        const string sound = """{"kind":"Pod","apiVersion":"v1","metadata":{"name":"wéb","labels":{"a":"b"},"creationTimestamp":null},"spec":{"containers":[{"name":"c","ports":[{"containerPort":80}],"resources":{"limits":{"cpu":"1","memory":"1Gi"}},"env":[null]}],"volumes":[{"name":"v","secret":{"items":[{"key":"k"}]}}]},"status":{"startTime":"2026-01-02T03:04:05Z"}}""";
        var pieces = new[] { "", "\"", "\\", "{", "}", "[", "]", ",", ":", "null", "0", "-", "1.5", "99999999999", "true", "\"\\ud800\"", "\u0001", "x", "[null]", "{\"a\":null}" };
        var bytes = Encoding.UTF8.GetBytes(sound);
        for (var at = 0; at < bytes.Length; at++)
        {
            foreach (var piece in pieces)
            {
                var cut = (at * 7 + piece.Length) % 5;
                byte[] body = [.. bytes[..at], .. Encoding.UTF8.GetBytes(piece), .. bytes[Math.Min(bytes.Length, at + cut)..]];
                StrictDecoding.Check(Kinds.Pod, body);
                var refused = Record.Exception(() => BodyDecoding.Decode(Kinds.Pod, body));
                Assert.True(refused is null or ObjectDecodingException, $"{Encoding.UTF8.GetString(body)}\n{refused}");
            }
        }
    }

    [Fact]
    public void DeepBodiesAreRefused()
    {
        var body = Encoding.UTF8.GetBytes("{\"metadata\":{\"managedFields\":" + new string('[', 20_000));
        Assert.IsType<ObjectDecodingException>(Record.Exception(() => BodyDecoding.Decode(Kinds.Pod, body)));
    }
}
