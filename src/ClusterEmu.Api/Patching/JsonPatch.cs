using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClusterEmu.Api;

/// <summary>JSON patch (RFC 6902): operations in order, all or none.</summary>
public static class JsonPatch
{
    private const int MostOperations = 10_000;

    /// <param name="target">The object's JSON.</param>
    /// <param name="patch">The patch, a list of operations.</param>
    /// <exception cref="PatchException">The patch cannot be read (400), has too many operations (413) or does not apply (422).</exception>
    public static byte[] Apply(ReadOnlySpan<byte> target, ReadOnlySpan<byte> patch)
    {
        var read = PatchText.Read(patch, "");
        if (read is not JsonArray operations)
            throw PatchException.BadRequest($"json: cannot unmarshal {PatchText.NameOf(read)} into Go value of type jsonpatch.Patch");
        if (operations.Count > MostOperations)
            throw PatchException.TooLarge($"The allowed maximum operations in a JSON patch is {MostOperations}, got {operations.Count}");
        JsonNode document = PatchText.ReadObject(target);
        foreach (var operation in operations)
        {
            if (operation is not JsonObject members)
                throw PatchException.BadRequest($"json: cannot unmarshal {PatchText.NameOf(operation)} into Go value of type jsonpatch.Operation");
            Apply(document, members);
        }
        return PatchText.Write(document);
    }

    private static void Apply(JsonNode document, JsonObject operation)
    {
        var place = JsonPointer.Find(document, Text(operation, "path"));
        switch (Text(operation, "op"))
        {
            case "add":
                place.Add(Value(operation));
                break;
            case "replace":
                place.Replace(Value(operation));
                break;
            case "remove":
                place.Remove();
                break;
            case "test":
                if (!JsonNode.DeepEquals(place.Exists ? place.Get() : null, operation["value"])) throw PatchException.Unprocessable();
                break;
            case "copy":
                place.Add(JsonPointer.Find(document, Text(operation, "from")).Get()?.DeepClone());
                break;
            case "move":
                var source = JsonPointer.Find(document, Text(operation, "from"));
                var moved = source.Get()?.DeepClone();
                source.Remove();
                JsonPointer.Find(document, Text(operation, "path")).Add(moved);
                break;
            default:
                throw PatchException.Unprocessable();
        }
    }

    private static string Text(JsonObject operation, string name) =>
        operation[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : throw PatchException.Unprocessable();

    private static JsonNode? Value(JsonObject operation) =>
        operation.TryGetPropertyValue("value", out var value) ? value?.DeepClone() : throw PatchException.Unprocessable();
}
