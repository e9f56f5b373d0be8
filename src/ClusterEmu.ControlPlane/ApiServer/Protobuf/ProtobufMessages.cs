using System.Globalization;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>What a field's bytes mean.</summary>
internal enum ProtobufType
{
    String,
    Bytes,
    Bool,
    Integer,
    Time,
    MicroTime,
    IntOrString,
    Quantity,
    RawJson,
    Message,
}

/// <param name="Number">On the wire.</param>
/// <param name="JsonName">Null for a message whose fields stand one level up.</param>
/// <param name="Type">Of the value, of a list's items, or of a map's values.</param>
/// <param name="Message">The message's name where the type is one.</param>
/// <param name="IsList">It may occur several times.</param>
/// <param name="IsMap">It is a map from strings.</param>
internal sealed record ProtobufField(int Number, string? JsonName, ProtobufType Type, string Message, bool IsList, bool IsMap);

/// <summary>The messages that request bodies are made of (messages.txt beside this file).</summary>
internal static class ProtobufMessages
{
    private static readonly Lazy<Dictionary<string, IReadOnlyList<ProtobufField>>> All = new(Read);

    /// <summary>The fields of a message in the order of their declaration; null if it is unknown.</summary>
    public static IReadOnlyList<ProtobufField>? Find(string message) => All.Value.GetValueOrDefault(message);

    /// <summary>The message of a kind: <c>apps/v1</c> and <c>Deployment</c> give <c>apps.Deployment</c>.</summary>
    public static string NameOf(string apiVersion, string kind)
    {
        if (kind == "DeleteOptions") return "meta.DeleteOptions";
        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        var group = slash < 0 ? "core" : apiVersion[..slash].Split('.')[0];
        return $"{group}.{kind}";
    }

    private static Dictionary<string, IReadOnlyList<ProtobufField>> Read()
    {
        var messages = new Dictionary<string, IReadOnlyList<ProtobufField>>(StringComparer.Ordinal);
        using var stream = typeof(ProtobufMessages).Assembly.GetManifestResourceStream("ClusterEmu.ControlPlane.ProtobufMessages")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#')) continue;
            var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            messages.Add(parts[0], [.. parts.Skip(1).Select(Field)]);
        }
        return messages;
    }

    private static ProtobufField Field(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var name = text[(equals + 1)..colon];
        var type = text[(colon + 1)..];
        var (isList, isMap) = (type[0] == '[', type[0] == '{');
        if (isList || isMap) type = type[1..];
        return new ProtobufField(
            int.Parse(text.AsSpan(0, equals), NumberStyles.None, CultureInfo.InvariantCulture), name == "-" ? null : name, TypeOf(type), type, isList, isMap);
    }

    private static ProtobufType TypeOf(string type) => type switch
    {
        "s" => ProtobufType.String,
        "b" => ProtobufType.Bytes,
        "B" => ProtobufType.Bool,
        "i" => ProtobufType.Integer,
        "T" => ProtobufType.Time,
        "U" => ProtobufType.MicroTime,
        "I" => ProtobufType.IntOrString,
        "Q" => ProtobufType.Quantity,
        "F" => ProtobufType.RawJson,
        _ => ProtobufType.Message,
    };
}
