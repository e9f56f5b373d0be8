using System.Text;

namespace ClusterEmu.Api.Tests;

public class BodyDecodingTests
{
    [Theory]
    [InlineData("{bad json", "the object provided is unrecognized (must be of type Service): couldn't get version/kind; json parse error: invalid character 'b' looking for beginning of object key string ({bad json)")]
    [InlineData("", "the object provided is unrecognized (must be of type Service): couldn't get version/kind; json parse error: unexpected end of JSON input (<empty>)")]
    [InlineData("[]", """the object provided is unrecognized (must be of type Service): couldn't get version/kind; json parse error: json: cannot unmarshal array into Go value of type struct { APIVersion string "json:\"apiVersion,omitempty\""; Kind string "json:\"kind,omitempty\"" } (5b5d)""")]
    [InlineData("""{"kind":"Pod","apiVersion":"v1"}""", "Pod in version \"v1\" cannot be handled as a Service: converting (v1.Pod) to (core.Service): unknown conversion")]
    [InlineData("""{"kind":"Service","apiVersion":"v2"}""", "Service in version \"v2\" cannot be handled as a Service: no kind \"Service\" is registered for version \"v2\" in scheme \"pkg/api/legacyscheme/scheme.go:30\"")]
    [InlineData("""{"spec":{"ports":[{"port":"eighty"}]}}""", "Service in version \"v1\" cannot be handled as a Service: json: cannot unmarshal string into Go struct field ServicePort.spec.ports.port of type int32")]
    [InlineData("""{"spec":{"ports":{}}}""", "Service in version \"v1\" cannot be handled as a Service: json: cannot unmarshal object into Go struct field ServiceSpec.spec.ports of type []v1.ServicePort")]
    [InlineData("""{"spec":[]}""", "Service in version \"v1\" cannot be handled as a Service: json: cannot unmarshal array into Go struct field Service.spec of type v1.ServiceSpec")]
    [InlineData("""{"spec":{"type":5}}""", "Service in version \"v1\" cannot be handled as a Service: json: cannot unmarshal number into Go struct field ServiceSpec.spec.type of type v1.ServiceType")]
    [InlineData("""{"metadata":{"labels":{"a":1}}}""", "Service in version \"v1\" cannot be handled as a Service: json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string")]
    [InlineData("""{"spec":{"ports":[{"port":80.5}]}}""", "Service in version \"v1\" cannot be handled as a Service: json: cannot unmarshal number 80.5 into Go struct field ServicePort.spec.ports.port of type int32")]
    [InlineData("""{"spec":{"ports":[{"targetPort":true}]}}""", "Service in version \"v1\" cannot be handled as a Service: json: cannot unmarshal bool into Go value of type int32")]
    [InlineData("""{"metadata":{"creationTimestamp":"today"}}""", "Service in version \"v1\" cannot be handled as a Service: parsing time \"today\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"today\" as \"2006\"")]
    public void WrongBodiesAreRefusedInTheServersWords(string body, string message)
    {
        var refused = Assert.Throws<ObjectDecodingException>(() => BodyDecoding.Decode(Kinds.Service, Encoding.UTF8.GetBytes(body)));
        Assert.Equal(message, refused.Message);
    }

    [Theory]
    [InlineData("""{"metadata":{"name":"x"}}""")]
    [InlineData("""{"kind":"Service","metadata":{"name":"x"}}""")]
    [InlineData("""{"apiVersion":"v1","kind":"Service","metadata":{"name":"x","labels":null},"spec":null,"status":{"loadBalancer":null}}""")]
    public void KindAndVersionMayBeLeftOutAndNullMeansAbsent(string body)
    {
        var service = (Service)BodyDecoding.Decode(Kinds.Service, Encoding.UTF8.GetBytes(body));
        Assert.Equal("x", service.Metadata.Name);
        Assert.Empty(service.Spec.Ports);
        Assert.Empty(service.Metadata.Labels);
    }

    [Fact]
    public void ANullItemIsTheEmptyItem()
    {
        var pod = (Pod)BodyDecoding.Decode(Kinds.Pod, """{"spec":{"containers":[null,{"args":["a",null],"ports":[{"containerPort":null}]}]}}"""u8);
        Assert.Equal("", pod.Spec.Containers[0].Name);
        Assert.Equal(["a", ""], pod.Spec.Containers[1].Args);
        Assert.Equal(0, pod.Spec.Containers[1].Ports[0].Port);
    }

    [Fact]
    public void AWrongQuantityIsNamed()
    {
        var refused = Assert.Throws<ObjectDecodingException>(() => Kinds.Pod.Decode(
            """{"spec":{"containers":[{"resources":{"limits":{"cpu":"1x"}}}]}}"""u8));
        Assert.StartsWith("quantities must match the regular expression", refused.Message, StringComparison.Ordinal);
    }

    [ReferenceFact]
    public void TheRealServersRefusalsOfBrokenBodiesAreOurs()
    {
        foreach (var exchange in ReferenceFiles.Read("errors.json").AsArray())
        {
            var message = (string?)(exchange!["response"]!["body"] as System.Text.Json.Nodes.JsonObject)?["message"] ?? "";
            var body = exchange["request"]!["body"];
            if (!message.Contains("json parse error", StringComparison.Ordinal) && !message.Contains("unknown conversion", StringComparison.Ordinal)) continue;
            var bytes = body is System.Text.Json.Nodes.JsonValue raw ? Encoding.UTF8.GetBytes((string)raw!) : Encoding.UTF8.GetBytes(body!.ToJsonString());
            Assert.Equal(message, Assert.Throws<ObjectDecodingException>(() => BodyDecoding.Decode(Kinds.Service, bytes)).Message);
        }
    }
}
