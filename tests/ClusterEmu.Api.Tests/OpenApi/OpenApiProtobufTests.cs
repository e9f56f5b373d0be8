using System.Text;
using System.Text.Json.Nodes;

namespace ClusterEmu.Api.Tests;

/// <summary>Field numbers are those of google/gnostic, openapiv2/OpenAPIv2.proto.</summary>
public class OpenApiProtobufTests
{
    private static readonly OpenApiDocuments Documents = new(KindCatalog.BuiltIn);
    private static readonly JsonObject Json = JsonNode.Parse(Documents.V2())!.AsObject();
    private static readonly byte[] Document = Documents.V2Protobuf();

    [Fact]
    public void EveryDefinitionAndPathIsThere()
    {
        Assert.Equal("2.0", Text(Document, 1));
        Assert.Equal(Json["definitions"]!.AsObject().Select(pair => pair.Key), Named(Inner(Document, 9), 1).Select(pair => pair.Name));
        Assert.Equal(Json["paths"]!.AsObject().Select(pair => pair.Key), Named(Inner(Document, 8), 2).Select(pair => pair.Name));
    }

    /// <summary>What kubectl validates the items of a List by.</summary>
    [Fact]
    public void DefinitionsSayWhatTheJsonSays()
    {
        foreach (var (name, schema) in Named(Inner(Document, 9), 1)) SameSchema(name, Json["definitions"]![name]!.AsObject(), schema);
    }

    /// <summary>What kubectl looks for to see whether the server validates fields.</summary>
    [Fact]
    public void PatchesNameTheirKindAndTheirParameters()
    {
        var path = Named(Inner(Document, 8), 2).Single(pair => pair.Name == "/api/v1/namespaces/{namespace}/services/{name}").Value;
        Assert.Equal(["name", "namespace"], Fields(path, 9).Select(item => Text(Inner(Inner(Inner(item, 1), 2), 4), 4)));
        var patch = Inner(path, 8);
        Assert.Equal(["core_v1"], Texts(patch, 1));
        Assert.Contains("application/strategic-merge-patch+json", Texts(patch, 7));
        var parameters = Fields(patch, 8).Select(item => Inner(item, 1)).ToList();
        Assert.Equal("body", Text(Inner(parameters[0], 1), 3));
        Assert.Equal(["dryRun", "fieldManager", "fieldValidation", "force"], parameters.Skip(1).Select(parameter => Text(Inner(Inner(parameter, 2), 3), 4)));
        Assert.Equal("200", Named(Inner(patch, 9), 1).Single().Name);
        var kind = Named(patch, 13).Single(pair => pair.Name == "x-kubernetes-group-version-kind").Value;
        JsonDifference.AssertSame("""{"group":"","kind":"Service","version":"v1"}""", Text(kind, 2));
    }

    private static void SameSchema(string at, JsonObject json, byte[] schema)
    {
        foreach (var (name, value) in json)
        {
            var where = $"{at}.{name}";
            switch (name)
            {
                case "$ref": Same(where, (string)value!, Text(schema, 1)); break;
                case "format": Same(where, (string)value!, Text(schema, 2)); break;
                case "description": Same(where, (string)value!, Text(schema, 4)); break;
                case "default": JsonDifference.AssertSame(value!.ToJsonString(), Text(Inner(schema, 5), 2)); break;
                case "required": Same(where, string.Join(',', value!.AsArray().Select(item => (string)item!)), string.Join(',', Texts(schema, 19))); break;
                case "additionalProperties": SameSchema(where, value!.AsObject(), Inner(Inner(schema, 21), 1)); break;
                case "type": Same(where, (string)value!, Text(Inner(schema, 22), 1)); break;
                case "items": SameSchema(where, value!.AsObject(), Inner(Inner(schema, 23), 1)); break;
                case "properties":
                    var fields = Named(Inner(schema, 25), 1).ToList();
                    Same(where, string.Join(',', value!.AsObject().Select(pair => pair.Key)), string.Join(',', fields.Select(pair => pair.Name)));
                    foreach (var (field, inner) in fields) SameSchema($"{where}.{field}", value[field]!.AsObject(), inner);
                    break;
                default:
                    Assert.True(name.StartsWith("x-", StringComparison.Ordinal), $"{where} is not compared: add it here, and to OpenApiProtobuf");
                    JsonDifference.AssertSame(value!.ToJsonString(), Text(Named(schema, 31).Single(pair => pair.Name == name).Value, 2));
                    break;
            }
        }
    }

    private static void Same(string where, string wanted, string got) => Assert.True(wanted == got, $"{where}: wanted '{wanted}', got '{got}'");

    private static string Text(byte[] message, int number) => Texts(message, number).SingleOrDefault() ?? "";

    private static IEnumerable<string> Texts(byte[] message, int number) => Fields(message, number).Select(Encoding.UTF8.GetString);

    private static byte[] Inner(byte[] message, int number) => Assert.Single(Fields(message, number));

    private static IEnumerable<(string Name, byte[] Value)> Named(byte[] message, int number) => Fields(message, number).Select(pair => (Text(pair, 1), Inner(pair, 2)));

    private static IReadOnlyList<byte[]> Fields(byte[] message, int number)
    {
        var found = new List<byte[]>();
        var reader = new ProtobufReader(message);
        while (!reader.AtEnd)
        {
            var (field, wire) = reader.ReadTag("test");
            if (field == number && wire == WireType.Length) found.Add(reader.ReadBytes().ToArray());
            else reader.Skip(wire);
        }
        return found;
    }
}
