namespace ClusterEmu.Api;

/// <summary>What a field holds.</summary>
internal enum ProtobufType
{
    Message,
    String,
    Bytes,
    Bool,
    Int32,
    Int64,
}

/// <summary>How often a field may be there, and what its zero value means.</summary>
internal enum ProtobufRule
{
    /// <summary>Always sent by Go, so that a zero value is the same as none.</summary>
    Value,

    /// <summary>Go's pointers: there or not, and a zero value is a value.</summary>
    Pointer,
    List,

    /// <summary>Texts to values, sent as a list of pairs.</summary>
    Map,
}

/// <summary>The JSON that a message becomes.</summary>
internal enum ProtobufForm
{
    Object,
    Time,
    MicroTime,
    Quantity,
    IntOrString,

    /// <summary>The message carries JSON text.</summary>
    RawJson,

    /// <summary>The list that is the message's only field.</summary>
    List,
}

/// <summary>One field of a message.</summary>
/// <param name="Number">What it is sent as.</param>
/// <param name="JsonName">Empty if the members of this message are written in place of it (Go's <c>json:",inline"</c>).</param>
/// <param name="Type">What it holds: the items of a list, the values of a map.</param>
/// <param name="Rule">How often.</param>
/// <param name="Message">Set if it holds messages.</param>
internal sealed record ProtobufField(int Number, string JsonName, ProtobufType Type, ProtobufRule Rule, ProtobufMessage? Message)
{
    private static readonly string[] Initialisms = ["api", "csi", "dns", "fs", "gid", "gmsa", "grpc", "http", "ip", "iscsi", "nfs", "os", "pd", "qos", "ssl", "tcp", "tty", "uid"];

    /// <summary>What Go calls the field, for errors that name it: <c>clusterIP</c> is <c>ClusterIP</c>, <c>uid</c> is <c>UID</c>.</summary>
    public string GoName
    {
        get
        {
            if (JsonName.Length == 0) return Message!.Name;
            if (JsonName == "metadata") return "ObjectMeta";
            var end = JsonName.AsSpan().IndexOfAnyInRange('A', 'Z');
            if (end == 0) return JsonName;
            var first = end < 0 ? JsonName : JsonName[..end];
            return (Initialisms.Contains(first) ? first.ToUpperInvariant() : char.ToUpperInvariant(JsonName[0]) + first[1..]) + JsonName[first.Length..];
        }
    }
}

/// <summary>A message of Kubernetes' protobuf encoding.</summary>
internal sealed class ProtobufMessage(string name)
{
    private readonly Dictionary<int, ProtobufField> _byNumber = [];

    public string Name { get; } = name;

    public ProtobufForm Form { get; } = name switch
    {
        "Time" => ProtobufForm.Time,
        "MicroTime" => ProtobufForm.MicroTime,
        "Quantity" => ProtobufForm.Quantity,
        "IntOrString" => ProtobufForm.IntOrString,
        "FieldsV1" or "RawExtension" => ProtobufForm.RawJson,
        "ExtraValue" => ProtobufForm.List,
        _ => ProtobufForm.Object,
    };

    /// <summary>By number.</summary>
    public IReadOnlyList<ProtobufField> Fields { get; private set; } = [];

    public ProtobufField? Find(int number) => _byNumber.GetValueOrDefault(number);

    /// <summary>Said once, after all messages are known by name, because they refer to each other.</summary>
    internal void Complete(IReadOnlyList<ProtobufField> fields)
    {
        Fields = fields;
        foreach (var field in fields) _byNumber.Add(field.Number, field);
    }
}
