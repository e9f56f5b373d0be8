using System.Buffers;
using System.Collections;
using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace ClusterEmu.Api;

/// <summary>JSON as Kubernetes writes it: empty fields are left out unless marked <see cref="AlwaysWrittenAttribute"/>, maps are sorted.</summary>
public static class ApiJson
{
    /// <summary>For all records of this project, at any depth.</summary>
    public static readonly JsonSerializerOptions Options = MakeOptions();

    [ThreadStatic]
    private static Utf8JsonWriter? s_writer;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? s_buffer;

    public static JsonTypeInfo<T> TypeInfo<T>() => Known<T>.Info;

    /// <summary>The canonical JSON of a record.</summary>
    public static byte[] Encode<T>(T value) => Encode(value, TypeInfo<T>());

    /// <summary>Decodes a record. Unknown fields are ignored.</summary>
    /// <exception cref="ObjectDecodingException">The text is no JSON, or a value has the wrong type.</exception>
    public static T Decode<T>(ReadOnlySpan<byte> json) where T : class => Decode(json, TypeInfo<T>());

    internal static byte[] Encode<T>(T value, JsonTypeInfo<T> info)
    {
        var buffer = s_buffer ??= new ArrayBufferWriter<byte>(4096);
        var writer = s_writer ??= new Utf8JsonWriter(Stream.Null, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        (s_buffer, s_writer) = (null, null); // A converter that encodes in its turn gets a pair of its own.
        buffer.ResetWrittenCount();
        writer.Reset(buffer);
        JsonSerializer.Serialize(writer, value, info);
        writer.Flush();
        var bytes = buffer.WrittenSpan.ToArray();
        if (buffer.Capacity <= 1 << 20) (s_buffer, s_writer) = (buffer, writer);
        return bytes;
    }

    internal static T Decode<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> info) where T : class
    {
        try
        {
            if (NullItems.AreIn(json)) json = NullItems.Replace(RecordSchema.Of(typeof(T)), json);
            if (JsonSerializer.Deserialize(json, info) is { } value) return value;
        }
        catch (Exception refused) when (refused is JsonException or FormatException or InvalidOperationException)
        {
            if (LoneSurrogates.Replace(json) is { } mended) return Decode(mended, info);
            if (!Utf8.IsValid(json)) return Decode(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(json)), info); // Go too reads such bytes as U+FFFD.
            throw new ObjectDecodingException(GoJsonSyntax.FindProblem(json) ?? FindTypeError<T>(json) ?? refused.Message);
        }
        return JsonSerializer.Deserialize("{}"u8, info)!; // Go leaves the object as it was.
    }

    private static string? FindTypeError<T>(ReadOnlySpan<byte> json)
    {
        using var document = JsonDocument.Parse(json.ToArray());
        return GoTypeErrors.Find(RecordSchema.Of(typeof(T)), document.RootElement);
    }

    /// <summary>Asked for with every object, and dear to look up.</summary>
    private static class Known<T>
    {
        public static readonly JsonTypeInfo<T> Info = (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));
    }

    private static JsonSerializerOptions MakeOptions()
    {
        var options = new JsonSerializerOptions(ApiJsonContext.Default.Options)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = ApiJsonContext.Default.WithAddedModifier(LeaveOutWhatIsEmpty),
        };
        options.MakeReadOnly();
        return options;
    }

    private static void LeaveOutWhatIsEmpty(JsonTypeInfo info)
    {
        if (info.Kind != JsonTypeInfoKind.Object) return;
        foreach (var property in info.Properties)
        {
            var type = property.PropertyType;
            if (property.AttributeProvider is MemberInfo member && member.IsDefined(typeof(AlwaysWrittenAttribute), inherit: false))
            {
                property.ShouldSerialize = static (_, _) => true;
                if (IsCollection(type)) WriteNullIfEmpty(property);
            }
            else if (type == typeof(ManagedFields))
                property.ShouldSerialize = static (_, value) => value is ManagedFields { IsEmpty: false };
            else if (type == typeof(string) && !property.IsGetNullable)
                property.ShouldSerialize = static (_, value) => value is string { Length: > 0 };
            else if (IsCollection(type))
                property.ShouldSerialize = static (_, value) => !IsEmpty(value);
            else if (type == typeof(IntOrString) || type == typeof(Quantity) || type == typeof(ReadOnlyMemory<byte>))
                property.ShouldSerialize = static (_, _) => true;
        }
    }

    private static bool IsCollection(Type type) => type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type);

    /// <summary>Go writes a list that was never set as null, not as [].</summary>
    private static void WriteNullIfEmpty(JsonPropertyInfo property)
    {
        if (property.Get is { } get) property.Get = target => get(target) is { } value && !IsEmpty(value) ? value : null;
    }

    private static bool IsEmpty(object? value) => value switch
    {
        null => true,
        ICollection collection => collection.Count == 0,
        IEnumerable items => !items.Cast<object?>().Any(),
        _ => false,
    };
}
