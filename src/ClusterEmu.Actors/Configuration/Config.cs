using System.Text;

namespace ClusterEmu.Actors;

/// <summary>A configuration text that cannot be used.</summary>
public class ConfigurationException : AkkaException
{
    public ConfigurationException(string message)
        : base(message)
    {
    }

    public ConfigurationException(string message, Exception exception)
        : base(message, exception)
    {
    }
}

/// <summary>A tree of settings, read by dotted paths. A key that holds a dot is quoted in the path: <c>a."b.c".d</c>.</summary>
public class Config
{
    public static readonly Config Empty = ConfigurationFactory.Empty;

    public Config()
        : this(new HoconValue(new HoconMembers()))
    {
    }

    public Config(Config source, Config fallback)
    {
        ArgumentNullException.ThrowIfNull(source);
        Root = source.Root;
        Fallback = fallback;
    }

    internal Config(HoconValue root) => Root = root;

    /// <summary>The settings below these, or null. <see cref="Root"/> holds both already.</summary>
    public Config? Fallback { get; private set; }

    public virtual bool IsEmpty => Root.IsEmpty;

    public virtual HoconValue Root { get; private set; }

    public virtual bool GetBoolean(string path, bool @default = false) => GetValue(path)?.GetBoolean() ?? @default;

    public virtual long? GetByteSize(string path) => GetValue(path)?.GetByteSize();

    public virtual long? GetByteSize(string path, long? def = null) => GetValue(path) is { } value ? value.GetByteSize() : def;

    public virtual int GetInt(string path, int @default = 0) => GetValue(path)?.GetInt() ?? @default;

    public virtual long GetLong(string path, long @default = 0) => GetValue(path)?.GetLong() ?? @default;

    public virtual string? GetString(string path, string? @default = null) => GetValue(path) is { } value ? value.GetString() : @default;

    public virtual float GetFloat(string path, float @default = 0) => GetValue(path)?.GetFloat() ?? @default;

    public virtual decimal GetDecimal(string path, decimal @default = 0) => GetValue(path)?.GetDecimal() ?? @default;

    public virtual double GetDouble(string path, double @default = 0) => GetValue(path)?.GetDouble() ?? @default;

    public virtual IList<bool> GetBooleanList(string path) => Required(path).GetBooleanList();

    public virtual IList<decimal> GetDecimalList(string path) => Required(path).GetDecimalList();

    public virtual IList<float> GetFloatList(string path) => Required(path).GetFloatList();

    public virtual IList<double> GetDoubleList(string path) => Required(path).GetDoubleList();

    public virtual IList<int> GetIntList(string path) => Required(path).GetIntList();

    public virtual IList<long> GetLongList(string path) => Required(path).GetLongList();

    public virtual IList<byte> GetByteList(string path) => Required(path).GetByteList();

    public virtual IList<string> GetStringList(string path) => GetValue(path)?.GetStringList() ?? [];

    public virtual IList<string> GetStringList(string path, string[] defaultPaths) => GetValue(path)?.GetStringList() ?? defaultPaths;

    /// <summary>The settings below a path, or null if there are none.</summary>
    public virtual Config? GetConfig(string path) => GetValue(path) is { } value ? new Config(value) : null;

    /// <summary>The value at a path, or null.</summary>
    public HoconValue? GetValue(string path) => Find(Root, path);

    /// <summary>A duration; without a value the default, or 0. The word infinite is <see cref="Timeout.InfiniteTimeSpan"/>.</summary>
    public virtual TimeSpan GetTimeSpan(string path, TimeSpan? @default = null, bool allowInfinite = true) =>
        GetValue(path)?.GetTimeSpan(allowInfinite) ?? @default.GetValueOrDefault();

    /// <summary>These settings over others: objects are merged, all else of these wins.</summary>
    public virtual Config WithFallback(Config fallback)
    {
        if (ReferenceEquals(fallback, this)) throw new ArgumentException("Config can not have itself as fallback", nameof(fallback));
        if (fallback is null) return this;
        if (IsEmpty) return fallback;
        if (fallback.IsEmpty) return this;
        var below = fallback.Root.Members ?? new HoconMembers();
        var merged = new Config(new HoconValue(below.MergedWith(Root.Members ?? new HoconMembers())));
        merged.Fallback = Fallback is null ? fallback : Fallback.WithFallback(fallback);
        return merged;
    }

    public virtual bool HasPath(string path) => GetValue(path) is not null;

    /// <summary>The top-level settings, each key once.</summary>
    public virtual IEnumerable<KeyValuePair<string, HoconValue>> AsEnumerable() => Root.Members?.All ?? [];

    public override string ToString() => Root.ToString();

    internal static HoconValue? Find(HoconValue root, string path)
    {
        var value = root;
        foreach (var key in Split(path))
        {
            value = value.GetChildObject(key);
            if (value is null) return null;
        }

        return value;
    }

    private HoconValue Required(string path) => GetValue(path)
        ?? throw new NullReferenceException($"There is no list at {path}. Set it, or ask HasPath first.");

    private static List<string> Split(string path)
    {
        var keys = new List<string>();
        var key = new StringBuilder();
        var quoted = false;
        foreach (var c in path)
        {
            if (c == '"')
            {
                quoted = !quoted;
            }
            else if (c == '.' && !quoted)
            {
                keys.Add(key.ToString());
                key.Clear();
            }
            else
            {
                key.Append(c);
            }
        }

        keys.Add(key.ToString());
        return keys;
    }
}

/// <summary>Makes configurations.</summary>
public class ConfigurationFactory
{
    public static Config Empty => ParseString("");

    /// <summary>Reads HOCON text.</summary>
    /// <exception cref="FormatException">The text is not HOCON; the message tells line and column.</exception>
    public static Config ParseString(string hocon) => new(HoconReader.Read(hocon));
}
