using System.Text;
using System.Text.Json;

namespace ClusterEmu.Api;

/// <summary>Finds fields that a kind does not have, and fields that are given twice.</summary>
/// <remarks>The wording is that of sigs.k8s.io/json, which the API server uses for field validation (<c>fieldValidation=Strict</c> or <c>Warn</c>).</remarks>
public static class StrictDecoding
{
    internal const int MostProblems = 100;

    /// <summary>Every problem in the order of the text, each once: <c>unknown field "spec.bogus"</c>, <c>duplicate field "spec.ports"</c>.</summary>
    /// <param name="kind">The kind that the text claims to be.</param>
    /// <param name="json">Well-formed JSON; what is not well-formed ends the search.</param>
    public static IReadOnlyList<string> Check(KindInfo kind, ReadOnlySpan<byte> json) => kind.CheckFields(json);

    /// <summary>The message with which a request is refused for these problems.</summary>
    public static string Describe(IReadOnlyList<string> problems) => "strict decoding error: " + string.Join(", ", problems);

    internal static IReadOnlyList<string> Check(Type record, ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var walk = new Walk();
        try
        {
            if (reader.Read() && reader.TokenType == JsonTokenType.StartObject) walk.Record(ref reader, RecordSchema.Of(record));
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return walk.Problems; // Decoding reports the text itself.
        }
        return walk.Problems;
    }

    private sealed class Walk
    {
        private readonly List<string> _path = [];

        public List<string> Problems { get; } = [];

        public void Record(ref Utf8JsonReader reader, RecordSchema schema)
        {
            Span<bool> seen = stackalloc bool[schema.Fields.Count];
            HashSet<string>? unknown = null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var field = FindField(ref reader, schema);
                if (field is null)
                {
                    var name = reader.GetString()!;
                    Report((unknown ??= new(StringComparer.Ordinal)).Add(name) ? "unknown" : "duplicate", name);
                    reader.Read();
                    reader.Skip();
                    continue;
                }
                if (seen[field.Index]) Report("duplicate", field.JsonName);
                seen[field.Index] = true;
                reader.Read();
                _path.Add(_path.Count == 0 ? field.JsonName : "." + field.JsonName);
                Value(ref reader, field.Value);
                _path.RemoveAt(_path.Count - 1);
            }
        }

        private static FieldSchema? FindField(ref Utf8JsonReader reader, RecordSchema schema)
        {
            if (reader.HasValueSequence || reader.ValueIsEscaped || reader.ValueSpan.Length > 128) return schema.Find(reader.GetString()!);
            Span<char> name = stackalloc char[128];
            return Encoding.UTF8.TryGetChars(reader.ValueSpan, name, out var length) ? schema.Find(name[..length]) : null;
        }

        private void Value(ref Utf8JsonReader reader, ValueSchema schema)
        {
            if (schema.Shape is ValueShape.Record or ValueShape.RecordOrOther && reader.TokenType == JsonTokenType.StartObject) Record(ref reader, schema.Record);
            else if (schema.Shape == ValueShape.List && reader.TokenType == JsonTokenType.StartArray) List(ref reader, schema.Item!);
            else if (schema.Shape == ValueShape.Map && reader.TokenType == JsonTokenType.StartObject) Map(ref reader, schema.Item!);
            else reader.Skip();
        }

        private void List(ref Utf8JsonReader reader, ValueSchema item)
        {
            for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
            {
                _path.Add($"[{index}]");
                Value(ref reader, item);
                _path.RemoveAt(_path.Count - 1);
            }
        }

        private void Map(ref Utf8JsonReader reader, ValueSchema item)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var key = reader.GetString()!;
                if (!seen.Add(key)) Report("duplicate", key);
                reader.Read();
                _path.Add("." + key);
                Value(ref reader, item);
                _path.RemoveAt(_path.Count - 1);
            }
        }

        private void Report(string what, string name)
        {
            var path = string.Concat(_path);
            var problem = $"{what} field \"{(path.Length == 0 ? name : $"{path}.{name}")}\"";
            if (Problems.Count < MostProblems && !Problems.Contains(problem)) Problems.Add(problem);
        }
    }
}
