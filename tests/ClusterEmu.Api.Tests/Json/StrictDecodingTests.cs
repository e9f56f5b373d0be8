using System.Text;

namespace ClusterEmu.Api.Tests;

public class StrictDecodingTests
{
    [Theory]
    [InlineData("""{"kind":"Service","apiVersion":"v1","metadata":{"name":"x","labels":{"a":"b"}},"spec":{"ports":[{"port":80}]}}""", "")]
    [InlineData("""{"spec":{"bogus":1}}""", """unknown field "spec.bogus" """)]
    [InlineData("""{"bogus":{"a":1}}""", """unknown field "bogus" """)]
    [InlineData("""{"spec":{"ports":[{"port":80},{"port":81,"Port":2}]}}""", """unknown field "spec.ports[1].Port" """)]
    [InlineData("""{"spec":{"ports":[],"ports":[]}}""", """duplicate field "spec.ports" """)]
    [InlineData("""{"metadata":{"labels":{"a":"b","a":"c"}}}""", """duplicate field "metadata.labels.a" """)]
    [InlineData("""{"spec":{"x":1,"x":2},"spec":{"y":1}}""", """unknown field "spec.x"|duplicate field "spec.x"|duplicate field "spec"|unknown field "spec.y" """)]
    [InlineData("""{"spec":{"Bogus":[{"a":1}],"type":"ClusterIP"}}""", """unknown field "spec.Bogus" """)]
    public void FieldsThatAreNotThereOrThereTwiceAreNamed(string body, string problems) =>
        Assert.Equal(problems.Trim(), string.Join('|', StrictDecoding.Check(Kinds.Service, Encoding.UTF8.GetBytes(body))));

    [Fact]
    public void TheRefusalIsTheServers()
    {
        var problems = StrictDecoding.Check(Kinds.Service, """{"spec":{"bogus":1,"other":2}}"""u8);
        Assert.Equal(
            """Service in version "v1" cannot be handled as a Service: strict decoding error: unknown field "spec.bogus", unknown field "spec.other" """.TrimEnd(),
            BodyDecoding.StrictRefusal(Kinds.Service, problems));
    }
}
