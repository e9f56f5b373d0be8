namespace ClusterEmu.Actors;

/// <summary>One piece of a HOCON value: text, object, list, or a reference to another value of the document.</summary>
internal abstract class HoconElement
{
    public virtual bool IsString => false;

    public virtual string? Text => null;

    public virtual HoconMembers? Members => null;

    public virtual IReadOnlyList<HoconValue>? Items => null;
}

internal sealed class HoconText(string text) : HoconElement
{
    public override bool IsString => true;

    public override string Text => text;
}

internal sealed class HoconItems(List<HoconValue> items) : HoconElement
{
    public override IReadOnlyList<HoconValue> Items => items;
}

/// <summary><c>${path}</c>: resolved when the document has been read.</summary>
internal sealed class HoconReference(string path) : HoconElement
{
    public string Path => path;

    public HoconValue? Resolved { get; set; }

    public override bool IsString => Resolved is not null && Resolved.IsString();

    public override string? Text => Resolved?.GetString();

    public override HoconMembers? Members => Resolved?.Members;

    public override IReadOnlyList<HoconValue>? Items => Resolved is not null && Resolved.IsArray() ? [.. Resolved.GetArray()] : null;
}

/// <summary>The members of an object, in the order in which their keys first occur.</summary>
internal sealed class HoconMembers : HoconElement
{
    private readonly Dictionary<string, HoconValue> _values = new(StringComparer.Ordinal);

    public IEnumerable<KeyValuePair<string, HoconValue>> All => _values;

    public int Count => _values.Count;

    public override HoconMembers Members => this;

    public HoconValue? Find(string key) => _values.GetValueOrDefault(key);

    public HoconValue FindOrAdd(string key)
    {
        if (_values.TryGetValue(key, out var value)) return value;
        return _values[key] = new HoconValue();
    }

    /// <summary>These members, overridden by <paramref name="over"/>: objects are merged, all else is replaced.</summary>
    public HoconMembers MergedWith(HoconMembers over)
    {
        var merged = new HoconMembers();
        foreach (var (key, value) in _values) merged._values[key] = value;
        foreach (var (key, value) in over._values)
            merged._values[key] = merged.Find(key)?.Members is { } below && value.Members is { } above
                ? new HoconValue(below.MergedWith(above))
                : value;
        return merged;
    }
}
