using System.Text;
using System.Text.Json.Nodes;
using ClusterEmu.Api;
using ClusterEmu.ControlPlane.ApiServer;

namespace ClusterEmu.ControlPlane.Tests;

public sealed class ProtobufBodyTests
{
    [Fact]
    public void AService_ComesOutAsItsJson()
    {
        var meta = Message((1, "s"), (11, Message((1, "app"), (2, "web"))), (8, Message((1, 1700000000L))));
        var port = Message((1, "http"), (2, "TCP"), (3, 80L), (4, Message((1, 1L), (2, 0L), (3, "web"))), (5, 0L));
        var other = Message((3, 81L), (4, Message((1, 0L), (2, 8080L), (3, ""))));
        var spec = Message((1, port), (1, other), (2, Message((1, "app"), (2, "web"))), (4, "NodePort"), (13, 1L));
        var json = ProtobufBody.ToJson(Body("v1", "Service", Message((1, meta), (2, spec))));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(
            """
            {"kind":"Service","apiVersion":"v1",
             "metadata":{"name":"s","creationTimestamp":"2023-11-14T22:13:20Z","labels":{"app":"web"}},
             "spec":{"ports":[{"name":"http","protocol":"TCP","port":80,"targetPort":"web","nodePort":0},{"port":81,"targetPort":8080}],
                     "selector":{"app":"web"},"type":"NodePort","publishNotReadyAddresses":true}}
            """), JsonNode.Parse(json)), Encoding.UTF8.GetString(json));
        Assert.Equal("web", ((Service)Kinds.Service.Decode(json)).Spec.Ports[0].TargetPort.Text);
    }

    [Fact]
    public void EmbeddedFields_StandOneLevelUp_AndQuantitiesAreTexts()
    {
        var volume = Message((1, "v"), (2, Message((2, Message((2, Message((1, "1Gi"))))))));
        var limits = Message((1, "cpu"), (2, Message((1, "500m"))));
        var container = Message((1, "c"), (8, Message((1, limits))));
        var json = JsonNode.Parse(ProtobufBody.ToJson(Body("v1", "Pod", Message((2, Message((1, volume), (2, container)))))))!;
        Assert.Equal("1Gi", (string?)json["spec"]!["volumes"]![0]!["emptyDir"]!["sizeLimit"]);
        Assert.Equal("500m", (string?)json["spec"]!["containers"]![0]!["resources"]!["limits"]!["cpu"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("k8s\0\u000a")]
    [InlineData("k8s\0\u000a\u007f")]
    [InlineData("k8s\0")]
    public void WhatIsNoBody_IsRefused(string text) =>
        Assert.Throws<ObjectDecodingException>(() => ProtobufBody.ToJson(Encoding.UTF8.GetBytes(text)));

    private static byte[] Body(string apiVersion, string kind, byte[] raw) =>
        [.. "k8s\0"u8, .. Message((1, Message((1, apiVersion), (2, kind))), (2, raw))];

    private static byte[] Message(params (int Number, object Value)[] fields)
    {
        var bytes = new List<byte>();
        foreach (var (number, value) in fields)
        {
            if (value is long whole)
            {
                Varint(bytes, (ulong)number << 3);
                Varint(bytes, (ulong)whole);
                continue;
            }
            var content = value as byte[] ?? Encoding.UTF8.GetBytes((string)value);
            Varint(bytes, ((ulong)number << 3) | 2);
            Varint(bytes, (ulong)content.Length);
            bytes.AddRange(content);
        }
        return [.. bytes];
    }

    private static void Varint(List<byte> bytes, ulong value)
    {
        for (; value >= 0x80; value >>= 7) bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
    }
}
