using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ClusterEmu.Api;

/// <summary>One document of a manifest.</summary>
/// <param name="Line">Where it starts in the file, counted from 1.</param>
/// <param name="Json">The document as JSON.</param>
public sealed record ManifestDocument(int Line, byte[] Json);

/// <summary>A manifest that cannot be read. The message names line and column.</summary>
public sealed class ManifestException(string problem, long line, long column) : Exception($"yaml: line {line}, column {column}: {problem}")
{
    /// <summary>Counted from 1.</summary>
    public long Line { get; } = line;

    /// <summary>Counted from 1.</summary>
    public long Column { get; } = column;
}

/// <summary>Reads manifests as kubectl does: YAML with the scalars of YAML 1.1, or JSON; several documents in a file.</summary>
public static class YamlManifests
{
    /// <summary>Every document that is not empty, in order.</summary>
    /// <exception cref="ManifestException">The text is no YAML, or a map has a key twice.</exception>
    public static IReadOnlyList<ManifestDocument> ToJson(string text)
    {
        if (text.AsSpan().TrimStart().StartsWith("{") && TryJson(text) is { } documents) return documents;
        var found = new List<ManifestDocument>();
        var parser = new Parser(new StringReader(text));
        try
        {
            parser.Consume<StreamStart>();
            while (parser.Accept<DocumentStart>(out _))
            {
                parser.Consume<DocumentStart>();
                var line = parser.Current is { } first ? (int)first.Start.Line : 1;
                var root = new YamlReader(parser).Read();
                parser.Consume<DocumentEnd>();
                if (root is not null) found.Add(new ManifestDocument(line, Bytes(root, line)));
            }
        }
        catch (YamlException refused)
        {
            throw Locate(refused, text.Split('\n'));
        }
        return found;
    }

    /// <summary>The one document of a request body in YAML.</summary>
    /// <exception cref="ObjectDecodingException">The text is no YAML, or has several documents or none.</exception>
    public static byte[] BodyToJson(ReadOnlySpan<byte> yaml)
    {
        try
        {
            var documents = ToJson(Encoding.UTF8.GetString(yaml));
            return documents.Count == 1
                ? documents[0].Json
                : throw new ObjectDecodingException($"error converting YAML to JSON: the body has {documents.Count} documents; send exactly one");
        }
        catch (ManifestException refused)
        {
            throw new ObjectDecodingException("error converting YAML to JSON: " + refused.Message);
        }
    }

    private static List<ManifestDocument>? TryJson(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var found = new List<ManifestDocument>();
        try
        {
            var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { AllowMultipleValues = true });
            while (reader.Read())
            {
                var start = (int)reader.TokenStartIndex;
                var line = 1 + bytes.AsSpan(0, start).Count((byte)'\n');
                reader.Skip();
                found.Add(new ManifestDocument(line, bytes[start..(int)reader.BytesConsumed]));
            }
            return found;
        }
        catch (JsonException)
        {
            return null; // YAML's flow style starts with a brace too.
        }
    }

    private static byte[] Bytes(JsonNode root, int line)
    {
        try
        {
            return JsonSerializer.SerializeToUtf8Bytes(root, ApiJson.TypeInfo<JsonNode>());
        }
        catch (JsonException)
        {
            throw new ManifestException("aliases nest this document too deep", line, 1);
        }
    }

    private static ManifestException Locate(YamlException refused, string[] lines)
    {
        if (refused.Message.Contains("tab", StringComparison.Ordinal))
        {
            var line = Array.FindIndex(lines, (int)refused.Start.Line - 1, text => text.TrimStart(' ').StartsWith('\t'));
            if (line >= 0) return new ManifestException("a tab indents this line; indent with spaces", line + 1, lines[line].IndexOf('\t') + 1);
        }
        return refused.Start.Line > lines.Length
            ? new ManifestException(refused.Message, lines.Length, lines[^1].Length + 1)
            : new ManifestException(refused.Message, refused.Start.Line, refused.Start.Column);
    }
}
