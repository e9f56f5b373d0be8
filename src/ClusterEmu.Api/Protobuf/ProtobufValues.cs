namespace ClusterEmu.Api;

/// <summary>
/// The fields of one decoded message that were sent. Values are texts, <c>byte[]</c>, <c>long</c>, <see cref="ProtobufValues"/>, and
/// lists and dictionaries of these.
/// </summary>
/// <remarks>Only what was sent takes memory: two bytes can stand for a whole empty Container.</remarks>
internal sealed class ProtobufValues(ProtobufMessage message)
{
    private readonly List<(ProtobufField Field, object Value)> _sent = [];

    public ProtobufMessage Message { get; } = message;

    /// <summary>Null if it was not sent.</summary>
    public object? this[ProtobufField field]
    {
        get
        {
            var index = IndexOf(field);
            return index < 0 ? null : _sent[index].Value;
        }
    }

    /// <summary>Of a field with this number, or null.</summary>
    public object? this[int number] => Message.Find(number) is { } field ? this[field] : null;

    /// <summary>As sent, in the order in which they first came.</summary>
    public IReadOnlyList<(ProtobufField Field, object Value)> Sent => _sent;

    /// <summary>The last value sent for a field counts.</summary>
    public void Set(ProtobufField field, object value)
    {
        var index = IndexOf(field);
        if (index < 0) _sent.Add((field, value));
        else _sent[index] = (field, value);
    }

    /// <summary>The value of the field, made if this is the first time that the field is sent.</summary>
    public T GetOrAdd<T>(ProtobufField field, Func<ProtobufField, T> make) where T : class
    {
        if (this[field] is T known) return known;
        var made = make(field);
        _sent.Add((field, made));
        return made;
    }

    private int IndexOf(ProtobufField field)
    {
        for (var index = _sent.Count - 1; index >= 0; index--) // Mostly the last one: the items of a list come in a row.
            if (ReferenceEquals(_sent[index].Field, field)) return index;
        return -1;
    }
}
