using System.Globalization;

namespace ClusterEmu.Api;

/// <summary>The messages of Kubernetes' protobuf encoding, read from the texts in <c>Messages/</c>.</summary>
/// <remarks>
/// A message is a line <c>Name: number name type; …</c>, carried on by lines that begin with a blank. Types are <c>string</c>,
/// <c>bytes</c>, <c>bool</c>, <c>int32</c>, <c>int64</c> and messages; <c>T?</c> is a pointer in Go, <c>[T]</c> a list, <c>{T}</c> a map
/// from texts. The name <c>-</c> marks a message whose members stand in place of it. Source of the facts: the <c>generated.proto</c> and
/// <c>types.go</c> of k8s.io/api and k8s.io/apimachinery.
/// </remarks>
internal static class ProtobufTable
{
    private static readonly Lazy<IReadOnlyDictionary<string, ProtobufMessage>> Known = new(() => Parse(ReadTexts()));

    public static IReadOnlyCollection<ProtobufMessage> All => [.. Known.Value.Values];

    /// <exception cref="KeyNotFoundException">The texts have no such message.</exception>
    public static ProtobufMessage Get(string name) => Known.Value[name];

    /// <summary>The message of a record: that of its own name, or, where two versions look alike, that of the kind.</summary>
    /// <exception cref="KeyNotFoundException">The texts have neither.</exception>
    public static ProtobufMessage Of(Type record) => Find(record.Name) ?? Get(RecordSchema.GoNameOf(record));

    public static ProtobufMessage? Find(string name) => Known.Value.GetValueOrDefault(name);

    /// <exception cref="FormatException">A line cannot be read, or names an unknown message.</exception>
    internal static IReadOnlyDictionary<string, ProtobufMessage> Parse(string text)
    {
        var entries = text.ReplaceLineEndings("\n").Replace("\n ", " ", StringComparison.Ordinal).Split('\n')
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.IndexOf(':') is > 0 and var colon
                ? (Name: line[..colon], Fields: line[(colon + 1)..])
                : throw new FormatException($"\"{line}\" names no message. Write: Name: 1 field type; 2 field type"))
            .ToArray();
        var messages = entries.ToDictionary(entry => entry.Name, entry => new ProtobufMessage(entry.Name), StringComparer.Ordinal);
        foreach (var (name, fields) in entries)
        {
            messages[name].Complete(
                [.. fields.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(field => Field(name, field, messages))]);
        }
        return messages;
    }

    private static ProtobufField Field(string owner, string text, Dictionary<string, ProtobufMessage> messages)
    {
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != 3 || !int.TryParse(parts[0], CultureInfo.InvariantCulture, out var number))
            throw new FormatException($"{owner}: \"{text}\" is no field. Write: number name type");
        var (rule, item) = (parts[2][0], parts[2][^1]) switch
        {
            ('[', ']') => (ProtobufRule.List, parts[2][1..^1]),
            ('{', '}') => (ProtobufRule.Map, parts[2][1..^1]),
            (_, '?') => (ProtobufRule.Pointer, parts[2][..^1]),
            _ => (ProtobufRule.Value, parts[2]),
        };
        var type = item switch
        {
            "string" => ProtobufType.String,
            "bytes" => ProtobufType.Bytes,
            "bool" => ProtobufType.Bool,
            "int32" => ProtobufType.Int32,
            "int64" => ProtobufType.Int64,
            _ => ProtobufType.Message,
        };
        ProtobufMessage? message = null;
        if (type == ProtobufType.Message && !messages.TryGetValue(item, out message))
            throw new FormatException($"{owner}.{parts[1]} is a {item}, which no line describes.");
        return new ProtobufField(number, parts[1] == "-" ? "" : parts[1], type, rule, message);
    }

    private static string ReadTexts()
    {
        var assembly = typeof(ProtobufTable).Assembly;
        return string.Join('\n', assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("protobuf/", StringComparison.Ordinal))
            .Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                return reader.ReadToEnd();
            }));
    }
}
