using System.Globalization;
using System.Text.RegularExpressions;

namespace ClusterEmu.Actors;

/// <summary>One value of a configuration, read as whatever the caller asks for.</summary>
public partial class HoconValue
{
    private readonly List<HoconElement> _elements = [];

    public HoconValue()
    {
    }

    internal HoconValue(HoconElement element) => _elements.Add(element);

    public bool IsEmpty => _elements.Count == 0 || _elements[0] is HoconMembers { Count: 0 };

    internal HoconMembers? Members => _elements.Count == 0 ? null : _elements[0].Members;

    public Config ToConfig() => new(this);

    public Config AtKey(string key)
    {
        var members = new HoconMembers();
        var value = members.FindOrAdd(key);
        value._elements.AddRange(_elements);
        return new Config(new HoconValue(members));
    }

    public bool IsObject() => Members is not null;

    public void Clear() => _elements.Clear();

    internal void Append(HoconElement element) => _elements.Add(element);

    internal HoconMembers BecomeObject()
    {
        if (Members is { } existing) return existing;
        var members = new HoconMembers();
        _elements.Clear();
        _elements.Add(members);
        return members;
    }

    public bool IsString() => _elements.Count > 0 && _elements.TrueForAll(element => element.IsString);

    /// <summary>The value under a key of this object, or null.</summary>
    public HoconValue? GetChildObject(string key) => Members?.Find(key);

    /// <exception cref="NotSupportedException">The text is not on, off, true or false.</exception>
    public bool GetBoolean() => GetString() switch
    {
        "on" or "true" => true,
        "off" or "false" => false,
        var other => throw new NotSupportedException($"Unknown boolean format: {other}. Write on, off, true or false."),
    };

    /// <summary>The text without white space at its ends; null for an object, a list, or the bare word null.</summary>
    public string? GetString()
    {
        if (!IsString()) return null;
        var text = string.Concat(_elements.Select(element => element.Text)).Trim();
        return text == "null" ? null : text;
    }

    public decimal GetDecimal() => decimal.Parse(GetString()!, NumberFormatInfo.InvariantInfo);

    public float GetFloat() => float.Parse(GetString()!, NumberFormatInfo.InvariantInfo);

    public double GetDouble() => double.Parse(GetString()!, NumberFormatInfo.InvariantInfo);

    public long GetLong() => long.Parse(GetString()!, NumberFormatInfo.InvariantInfo);

    public int GetInt() => int.Parse(GetString()!, NumberFormatInfo.InvariantInfo);

    public byte GetByte() => byte.Parse(GetString()!, NumberFormatInfo.InvariantInfo);

    public IList<byte> GetByteList() => GetArray().Select(value => value.GetByte()).ToList();

    public IList<int> GetIntList() => GetArray().Select(value => value.GetInt()).ToList();

    public IList<long> GetLongList() => GetArray().Select(value => value.GetLong()).ToList();

    public IList<bool> GetBooleanList() => GetArray().Select(value => value.GetBoolean()).ToList();

    public IList<float> GetFloatList() => GetArray().Select(value => value.GetFloat()).ToList();

    public IList<double> GetDoubleList() => GetArray().Select(value => value.GetDouble()).ToList();

    public IList<decimal> GetDecimalList() => GetArray().Select(value => value.GetDecimal()).ToList();

    public IList<string> GetStringList() => GetArray().Select(value => value.GetString()!).ToList();

    /// <summary>The items of this list; empty if it is none. Lists side by side are one.</summary>
    public IList<HoconValue> GetArray() => _elements.SelectMany(element => element.Items ?? []).ToList();

    public bool IsArray() => GetArray().Count != 0;

    /// <summary>A duration: a number with a unit (ns, micros, ms, s, m, h, d or their long names); a bare number is milliseconds.</summary>
    /// <exception cref="FormatException">The text is no duration, or a negative one.</exception>
    public TimeSpan GetTimeSpan(bool allowInfinite = true) => HoconUnits.ParseTimeSpan(GetString() ?? "", allowInfinite);

    /// <summary>A size in bytes: a number, with a unit such as b, kB (1000), KiB (1024), MB, MiB; null if there is no text.</summary>
    public long? GetByteSize() => HoconUnits.ParseByteSize(GetString());

    public override string ToString()
    {
        if (IsString()) return Quoted(GetString() ?? "null");
        if (Members is { } members)
            return "{" + string.Join(", ", members.All.Select(member => $"{Quoted(member.Key)} : {member.Value}")) + "}";
        return IsArray() ? $"[{string.Join(",", GetArray())}]" : "[]";
    }

    private static string Quoted(string text) => text.Length == 0 || NeedsQuotes().IsMatch(text)
        ? $"\"{text.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n").Replace("\r", "\\r").Replace("\t", "\\t")}\""
        : text;

    [GeneratedRegex("[^A-Za-z0-9_-]")]
    private static partial Regex NeedsQuotes();
}
