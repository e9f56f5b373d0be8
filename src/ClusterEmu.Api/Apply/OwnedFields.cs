using System.Text;
using System.Text.Json;

namespace ClusterEmu.Api;

/// <summary>One manager's entry while ownership is worked out. Its fields are read only when they are asked for.</summary>
internal sealed class OwnedFields
{
    private readonly ReadOnlyMemory<byte> _raw;
    private FieldSet? _fields;

    public OwnedFields(FieldManager manager, FieldSet fields, DateTimeOffset? time)
    {
        Manager = manager;
        _fields = fields;
        Time = time;
    }

    private OwnedFields(FieldManager manager, ReadOnlyMemory<byte> raw, DateTimeOffset? time)
    {
        Manager = manager;
        _raw = raw;
        Time = time;
    }

    public FieldManager Manager { get; }
    public DateTimeOffset? Time { get; }

    /// <exception cref="FormatException">They are no FieldsV1.</exception>
    public FieldSet Fields => _fields ??= _raw.IsEmpty ? FieldSet.Empty : FieldSetJson.Decode(_raw.Span);

    public OwnedFields With(FieldSet fields) => ReferenceEquals(fields, _fields) ? this : new OwnedFields(Manager, fields, Time);

    public OwnedFields At(DateTimeOffset time) => time == Time ? this : Copy(time);

    /// <summary>The entry with a time, and with this manager in place of its own.</summary>
    public OwnedFields As(FieldManager manager) => new(manager, Fields, Time);

    /// <summary>False if it surely has none of these fields. Looks at the text only.</summary>
    public bool MayHave(FieldSet fields)
    {
        if (_fields is not null || fields.IsEmpty) return !fields.IsEmpty;
        foreach (ref readonly var node in fields.Nodes)
            if (Mentions(node.Element) && (node.IsMember || AnyMentioned(node.Children))) return true;
        return false;
    }

    /// <summary>Reads the entries of an object. Those that come twice count once, the last of them.</summary>
    /// <exception cref="FormatException">They are no managed fields.</exception>
    public static List<OwnedFields> Read(ManagedFields managed)
    {
        var entries = new List<OwnedFields>();
        if (managed.IsEmpty) return entries;
        var reader = new Utf8JsonReader(managed.Json.Span);
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                var entry = ReadEntry(ref reader, managed.Json, entries.Count);
                var known = entries.FindIndex(other => other.Manager.IsSameAs(entry.Manager));
                if (known < 0) entries.Add(entry);
                else entries[known] = entry;
            }
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            throw new FormatException(malformed.Message);
        }
        return entries;
    }

    /// <summary>Writes entries in Kubernetes' order: applies first, then by time, name, version and subresource.</summary>
    public static ManagedFields Write(List<OwnedFields> entries)
    {
        if (entries.Count == 0) return ManagedFields.None;
        if (entries.Count > 1) entries.Sort(static (left, right) => left.Order(right));
        return ManagedFields.Of(TypedText.Write(entries, static (writer, entries) =>
        {
            writer.WriteStartArray();
            foreach (var entry in entries) entry.WriteTo(writer);
            writer.WriteEndArray();
        }));
    }

    private OwnedFields Copy(DateTimeOffset time) => _fields is null ? new(Manager, _raw, time) : new(Manager, _fields, time);

    private bool AnyMentioned(FieldSet fields)
    {
        foreach (ref readonly var node in fields.Nodes)
            if (Mentions(node.Element)) return true;
        return false;
    }

    /// <summary>Whether the text has this step somewhere. Steps that JSON would escape are taken for mentioned.</summary>
    private bool Mentions(PathElement element)
    {
        const int longest = 128;
        var text = element.Encoded;
        if (element.FieldName is null || text.Length > longest - 2) return true;
        Span<byte> quoted = stackalloc byte[longest];
        quoted[0] = (byte)'"';
        if (!Encoding.ASCII.TryGetBytes(text, quoted[1..], out var length) || text.AsSpan().ContainsAnyExceptInRange('!', '~') || text.AsSpan().IndexOfAny('"', '\\') >= 0) return true;
        quoted[length + 1] = (byte)'"';
        return _raw.Span.IndexOf(quoted[..(length + 2)]) >= 0;
    }

    private int Order(OwnedFields other)
    {
        if (Manager.Operation != other.Manager.Operation) return Manager.Operation.CompareTo(other.Manager.Operation);
        if (Seconds(Time).CompareTo(Seconds(other.Time)) is not 0 and var byTime) return byTime;
        if (string.CompareOrdinal(Manager.Name, other.Manager.Name) is not 0 and var byName) return byName;
        if (string.CompareOrdinal(Manager.ApiVersion, other.Manager.ApiVersion) is not 0 and var byVersion) return byVersion;
        return string.CompareOrdinal(Manager.Subresource, other.Manager.Subresource);
    }

    private static long Seconds(DateTimeOffset? time) => time?.ToUnixTimeSeconds() ?? 0;

    private static OwnedFields ReadEntry(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json, int index)
    {
        string name = "", operation = "", apiVersion = "", fieldsType = "", subresource = "";
        DateTimeOffset? time = null;
        var fields = ReadOnlyMemory<byte>.Empty;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("manager"u8)) name = Text(ref reader);
            else if (reader.ValueTextEquals("operation"u8)) operation = Text(ref reader);
            else if (reader.ValueTextEquals("apiVersion"u8)) apiVersion = Text(ref reader);
            else if (reader.ValueTextEquals("fieldsType"u8)) fieldsType = Text(ref reader);
            else if (reader.ValueTextEquals("subresource"u8)) subresource = Text(ref reader);
            else if (reader.ValueTextEquals("time"u8)) time = Text(ref reader) is { Length: > 0 } text ? KubeTime.Parse(text) : null;
            else
            {
                var isFields = reader.ValueTextEquals("fieldsV1"u8);
                reader.Read();
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                if (isFields) fields = json[start..(int)reader.BytesConsumed];
            }
        }
        if (apiVersion.Length == 0) throw new FormatException("apiVersion must not be empty");
        if (fieldsType != "FieldsV1")
            throw new FormatException(fieldsType.Length == 0 ? $"missing fieldsType in managed fields entry {index}" : $"invalid fieldsType {GoSyntax.Quote(fieldsType)} in managed fields entry {index}");
        var how = operation switch
        {
            "Apply" => FieldOperation.Apply,
            "Update" => FieldOperation.Update,
            _ => throw new FormatException("operation must be `Apply` or `Update`"),
        };
        return new OwnedFields(new FieldManager(name, how, apiVersion, subresource), fields, time);
    }

    private static string Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetString() ?? "";
    }

    private void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("manager"u8, Manager.Name);
        writer.WriteString("operation"u8, Manager.Operation == FieldOperation.Apply ? "Apply"u8 : "Update"u8);
        writer.WriteString("apiVersion"u8, Manager.ApiVersion);
        if (Time is { } time) writer.WriteString("time"u8, KubeTime.Seconds(time));
        writer.WriteString("fieldsType"u8, "FieldsV1"u8);
        writer.WritePropertyName("fieldsV1"u8);
        if (_fields is not null) FieldSetJson.Write(writer, _fields);
        else if (_raw.IsEmpty) FieldSetJson.Write(writer, FieldSet.Empty);
        else writer.WriteRawValue(_raw.Span, skipInputValidation: true);
        if (Manager.Subresource.Length > 0) writer.WriteString("subresource"u8, Manager.Subresource);
        writer.WriteEndObject();
    }
}
