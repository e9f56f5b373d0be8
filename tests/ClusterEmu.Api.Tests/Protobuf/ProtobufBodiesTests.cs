using System.Text;
using static ClusterEmu.Api.Tests.ProtobufWriter;

namespace ClusterEmu.Api.Tests;

public class ProtobufBodiesTests
{
    private static readonly byte[] EmptyField = Bytes(99, []);

    public static TheoryData<string, byte[], string> Objects() => new()
    {
        { "nothing was sent", Body("v1", "Pod"), """{"kind":"Pod","apiVersion":"v1"}""" },
        { "unknown fields of every wire type are passed over", Body("v1", "ConfigMap", Number(90, 5), [.. Tag(91, 1), 1, 2, 3, 4, 5, 6, 7, 8], Text(92, "x"),
            [.. Tag(93, 5), 1, 2, 3, 4], [.. Tag(94, 3), .. Number(1, 1), .. Tag(2, 3), .. Tag(2, 4), .. Tag(94, 4)], Number(4, 1)),
            """{"kind":"ConfigMap","apiVersion":"v1","immutable":true}""" },
        { "a pointer to a zero value is a value", Body("v1", "ConfigMap", Number(4, 0)), """{"kind":"ConfigMap","apiVersion":"v1","immutable":false}""" },
        { "a pointer to an empty text too", Body("v1", "Service", Message(2, Text(21, ""), Text(3, ""))), """{"kind":"Service","apiVersion":"v1","spec":{"loadBalancerClass":""}}""" },
        { "zero values that are no pointers are left out", Body("apps/v1", "Deployment", Message(2, Number(1, 0), Number(5, 0), Number(7, 0))),
            """{"kind":"Deployment","apiVersion":"apps/v1","spec":{"replicas":0}}""" },
        { "empty messages stay", Body("v1", "Pod", Message(2, Message(1, Text(1, "v"), Message(2, Message(2))))),
            """{"kind":"Pod","apiVersion":"v1","spec":{"volumes":[{"name":"v","emptyDir":{}}]}}""" },
        { "empty items stay", Body("v1", "Pod", Message(1, Text(14, ""), Text(14, "b")), Message(2, Message(2))),
            """{"kind":"Pod","apiVersion":"v1","metadata":{"finalizers":["","b"]},"spec":{"containers":[{}]}}""" },
        { "a message sent twice is merged, of other values the last counts", Body("v1", "Pod", Message(1, Text(1, "a"), Text(3, "x")), Message(1, Text(1, "b"))),
            """{"kind":"Pod","apiVersion":"v1","metadata":{"name":"b","namespace":"x"}}""" },
        { "pairs may lack key or value", Body("v1", "Secret", Message(2, Text(1, "a")), Message(2, Bytes(2, [1])), Message(2, EmptyField, Text(1, "c"), Bytes(2, [0, 255]))),
            """{"kind":"Secret","apiVersion":"v1","data":{"a":"","":"AQ==","c":"AP8="}}""" },
        { "times are seconds", Body("v1", "Pod", Message(1, Message(8, Number(1, 1767323045), Number(2, 999)), Message(9, Number(1, -1)))),
            """{"kind":"Pod","apiVersion":"v1","metadata":{"creationTimestamp":"2026-01-02T03:04:05Z","deletionTimestamp":"1969-12-31T23:59:59Z"}}""" },
        { "empty times are none", Body("v1", "Pod", Message(1, Message(8), Message(9)), Message(3, Message(7, Number(1, -62135596800)))),
            """{"kind":"Pod","apiVersion":"v1","metadata":{},"status":{}}""" },
        { "micro times have six decimals", Body("coordination.k8s.io/v1", "Lease", Message(2, Message(4, Number(1, 1767323045), Number(2, 678_900_999)))),
            """{"kind":"Lease","apiVersion":"coordination.k8s.io/v1","spec":{"renewTime":"2026-01-02T03:04:05.678900Z"}}""" },
        { "a port may be a number or a name, and zero is one", Body("v1", "Service", Message(2,
            Message(1, Message(4, Number(1, 0), Number(2, 8080), Text(3, ""))), Message(1, Message(4, Number(1, 1), Number(2, 0), Text(3, "http"))), Message(1, Message(4)))),
            """{"kind":"Service","apiVersion":"v1","spec":{"ports":[{"targetPort":8080},{"targetPort":"http"},{"targetPort":0}]}}""" },
        { "quantities are texts", Body("v1", "Pod", Message(2, Message(2, Message(8, Message(1, Text(1, "cpu"), Message(2, Text(1, "500m"))), Message(1, Text(1, "memory")))))),
            """{"kind":"Pod","apiVersion":"v1","spec":{"containers":[{"resources":{"limits":{"cpu":"500m","memory":"0"}}}]}}""" },
        { "members of embedded messages stand in their place", Body("v1", "Pod", Message(2, Message(2,
            Message(10, Message(1, Message(2, Text(1, "/ready"), Message(2, Number(2, 80)))), Number(3, 2)), Message(19, Message(2, Message(1, Text(1, "env"))))))),
            """{"kind":"Pod","apiVersion":"v1","spec":{"containers":[{"livenessProbe":{"httpGet":{"path":"/ready","port":80},"timeoutSeconds":2},"envFrom":[{"configMapRef":{"name":"env"}}]}]}}""" },
        { "managed fields are JSON already", Body("v1", "Pod", Message(1, Message(17, Text(1, "m"), Message(7, Text(1, """{"f:spec":{".":{}}}"""))), Message(17, Message(7)))),
            """{"kind":"Pod","apiVersion":"v1","metadata":{"managedFields":[{"manager":"m","fieldsV1":{"f:spec":{".":{}}}},{}]}}""" },
        { "numbers have a sign and are cut to their width", Body("v1", "Pod", Message(1, Number(10, -5)), Message(2, Number(4, 1L << 40), Number(25, (1L << 32) - 7))),
            """{"kind":"Pod","apiVersion":"v1","metadata":{"deletionGracePeriodSeconds":-5},"spec":{"terminationGracePeriodSeconds":1099511627776,"priority":-7}}""" },
        { "lists of numbers may be packed", Body("v1", "Pod", Message(2, Message(14, Number(4, 1), Bytes(4, [2, 0x83, 1])))),
            """{"kind":"Pod","apiVersion":"v1","spec":{"securityContext":{"supplementalGroups":[1,2,131]}}}""" },
        { "text that is no UTF-8 is mended", Body("v1", "Namespace", Message(1, Bytes(1, [0x61, 0xFF]))), "{\"kind\":\"Namespace\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"a\uFFFD\"}}" },
        { "an eviction and its options", Body("policy/v1", "Eviction", Message(1, Text(1, "p")), Message(2, Number(1, 0))),
            """{"kind":"Eviction","apiVersion":"policy/v1","metadata":{"name":"p"},"deleteOptions":{"gracePeriodSeconds":0}}""" },
        { "options of any group", Body("apps/v1", "DeleteOptions", Text(4, "Orphan"), Message(2, Text(1, "u"))),
            """{"kind":"DeleteOptions","apiVersion":"apps/v1","propagationPolicy":"Orphan","preconditions":{"uid":"u"}}""" },
    };

    [Theory]
    [MemberData(nameof(Objects))]
    public void ObjectsBecomeTheirJson(string because, byte[] body, string json)
    {
        var got = Encoding.UTF8.GetString(ProtobufBodies.ToJson(body));
        Assert.True(json == got, $"{because}: got {got}");
    }

    public static TheoryData<byte[], string> Broken() => new()
    {
        { [], "the object provided is unrecognized (must be of type Pod): empty data (<empty>)" },
        { "{}"u8.ToArray(), "the object provided is unrecognized (must be of type Pod): provided data does not appear to be a protobuf message, expected prefix [107 56 115 0] ({})" },
        { "k8s\0"u8.ToArray(), "the object provided is unrecognized (must be of type Pod): empty body (6b387300)" },
        { [.. "k8s\0"u8, 0x0A, 5], "the object provided is unrecognized (must be of type Pod): unexpected EOF (6b3873000a05)" },
        { Body("v1", "Pod", [0x0A, 1]), "Pod in version \"v1\" cannot be handled as a Pod: unexpected EOF" },
        { Body("v1", "Pod", [0x0A]), "Pod in version \"v1\" cannot be handled as a Pod: unexpected EOF" },
        { Body("v1", "Pod", [0x0A, .. Varint(ulong.MaxValue)]), "Pod in version \"v1\" cannot be handled as a Pod: proto: negative length found during unmarshaling" },
        { Body("v1", "Pod", [0x0A, .. Varint(long.MaxValue)]), "Pod in version \"v1\" cannot be handled as a Pod: unexpected EOF" },
        { Body("v1", "Pod", Enumerable.Repeat((byte)0x80, 11).ToArray()), "Pod in version \"v1\" cannot be handled as a Pod: proto: integer overflow" },
        { Body("v1", "Pod", Number(1, 3)), "Pod in version \"v1\" cannot be handled as a Pod: proto: wrong wireType = 0 for field ObjectMeta" },
        { Body("v1", "Pod", Message(1, Number(5, 3))), "Pod in version \"v1\" cannot be handled as a Pod: proto: wrong wireType = 0 for field UID" },
        { Body("v1", "Pod", Message(1, Number(11, 3))), "Pod in version \"v1\" cannot be handled as a Pod: proto: wrong wireType = 0 for field Labels" },
        { Body("v1", "Pod", [0x0C]), "Pod in version \"v1\" cannot be handled as a Pod: proto: Pod: wiretype end group for non-group" },
        { Body("v1", "Pod", [0x00, 0x00]), "Pod in version \"v1\" cannot be handled as a Pod: proto: Pod: illegal tag 0 (wire type 0)" },
        { Body("v1", "Pod", Tag(60, 7)), "Pod in version \"v1\" cannot be handled as a Pod: proto: illegal wireType 7" },
        { Body("v1", "Pod", Tag(60, 3)), "Pod in version \"v1\" cannot be handled as a Pod: unexpected EOF" },
        { Body("v1", "Pod", Message(1, Message(8, Number(1, long.MaxValue)))), $"Pod in version \"v1\" cannot be handled as a Pod: Time.MarshalJSON: year outside of range [1,9999]: {long.MaxValue} seconds" },
        { Body("v1", "Pod", Message(1, Message(17, Message(7, Text(1, "{bad"))))), "Pod in version \"v1\" cannot be handled as a Pod: invalid character 'b' looking for beginning of object key string" },
        { Body("v1", "Node", Message(1, Text(1, "x"))), "Node in version \"v1\" cannot be handled as a Pod: converting (v1.Node) to (core.Pod): unknown conversion" },
        { Body("batch/v2", "Job", [0xFF]), "Job in version \"v2\" cannot be handled as a Pod: no kind \"Job\" is registered for version \"batch/v2\" in scheme \"pkg/api/legacyscheme/scheme.go:30\"" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void WrongBodiesAreRefusedInTheServersWords(byte[] body, string message)
    {
        var refused = Assert.Throws<ObjectDecodingException>(() => BodyDecoding.Decode(Kinds.Pod, ProtobufBodies.ToJson(body, Kinds.Pod)));
        Assert.Equal(message, refused.Message);
    }

    [Theory]
    [InlineData("v1", "", "Object 'Kind' is missing in 'runtime.TypeMeta{APIVersion:\"v1\", Kind:\"\"}'")]
    [InlineData("", "Pod", "Object 'apiVersion' is missing in 'runtime.TypeMeta{APIVersion:\"\", Kind:\"Pod\"}'")]
    [InlineData("v1", "Job", "no kind \"Job\" is registered for version \"v1\" in scheme \"pkg/api/legacyscheme/scheme.go:30\"")]
    public void WithoutAWantedKindTheBodyMustSayOne(string apiVersion, string kind, string message) =>
        Assert.Equal(message, Assert.Throws<ObjectDecodingException>(() => ProtobufBodies.ToJson(Body(apiVersion, kind))).Message);

    [Fact]
    public void ABodyThatDoesNotSayItsKindIsOfTheWantedOne() =>
        Assert.Equal(
            """{"kind":"Deployment","apiVersion":"apps/v1","metadata":{"name":"x"}}""",
            Encoding.UTF8.GetString(ProtobufBodies.ToJson(Body("", "", Message(1, Text(1, "x"))), Kinds.Deployment)));

    [Fact]
    public void DeepAndLargeBodiesAreRefused()
    {
        var deep = new string('[', 60) + new string(']', 60);
        var fields = Message(1, Message(17, Message(7, Text(1, deep))));
        Assert.Throws<ObjectDecodingException>(() => ProtobufBodies.ToJson(Body("v1", "Pod", fields), Kinds.Pod));
        var large = Assert.Throws<ObjectDecodingException>(() => ProtobufBodies.ToJson(Body("v1", "ConfigMap", new byte[ProtobufBodies.MaxBytes])));
        Assert.EndsWith("but at most 3145728 are read; send a smaller object", large.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ManyEmptyItemsAreReadWithoutFuss()
    {
        const int count = 200_000;
        var containers = Enumerable.Repeat<byte[]>([0x12, 0x00], count).ToArray();
        var json = ProtobufBodies.ToJson(Body("v1", "Pod", Message(2, containers)));
        Assert.Equal(count, Encoding.UTF8.GetString(json).Split("{}").Length - 1);
    }
}
