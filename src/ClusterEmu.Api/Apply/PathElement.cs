using System.Globalization;
using System.Text.Json;

namespace ClusterEmu.Api;

/// <summary>One step of the way to a field: a name, the keys of a list item, an item of a set, or a place in a list.</summary>
/// <remarks>Source: KEP-555 and sigs.k8s.io/structured-merge-diff, fieldpath. In FieldsV1 a step is written <c>f:</c>, <c>k:</c>, <c>v:</c> or <c>i:</c>.</remarks>
public sealed class PathElement : IComparable<PathElement>, IEquatable<PathElement>
{
    private enum Form : byte
    {
        Field,
        Key,
        Value,
        Index,
    }

    private readonly Form _form;
    private readonly (string Name, FieldScalar Value)[] _keys;
    private readonly FieldScalar _value;
    private readonly int _index;

    private PathElement(Form form, string encoded, (string Name, FieldScalar Value)[]? keys = null, FieldScalar value = default, int index = 0)
    {
        _form = form;
        Encoded = encoded;
        _keys = keys ?? [];
        _value = value;
        _index = index;
    }

    /// <summary>The step as FieldsV1 writes it, such as <c>f:spec</c>. Equal texts are equal steps.</summary>
    public string Encoded { get; }

    /// <summary>The name of a field or of an entry of a map; null for items of lists.</summary>
    public string? FieldName => _form == Form.Field ? Encoded[2..] : null;

    public static PathElement Field(string name) => new(Form.Field, "f:" + name);

    /// <summary>The item of a list with these values in its key fields.</summary>
    /// <param name="keys">In any order.</param>
    public static PathElement Key(params (string Name, FieldScalar Value)[] keys)
    {
        Array.Sort(keys, static (left, right) => string.CompareOrdinal(left.Name, right.Name));
        var text = string.Join(',', keys.Select(key => $"{FieldScalar.Of(key.Name).ToJson()}:{key.Value.ToJson()}"));
        return new(Form.Key, $"k:{{{text}}}", keys);
    }

    /// <summary>The item of a set.</summary>
    public static PathElement Value(FieldScalar value) => new(Form.Value, "v:" + value.ToJson(), value: value);

    /// <summary>An item by its place, from 0.</summary>
    public static PathElement Index(int index) => new(Form.Index, "i:" + index.ToString(CultureInfo.InvariantCulture), index: index);

    /// <summary>Reads a step as FieldsV1 writes it.</summary>
    /// <returns>Null for one of a sort that this version does not know; such steps are passed over.</returns>
    /// <exception cref="FormatException">What follows the sort cannot be read.</exception>
    public static PathElement? Parse(string encoded)
    {
        if (encoded.Length < 2 || encoded[1] != ':') throw new FormatException($"missing colon: {GoSyntax.Quote(encoded)}");
        var rest = encoded[2..];
        switch (encoded[0])
        {
            case 'f': return Field(rest);
            case 'i':
                return int.TryParse(rest, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index) ? Index(index) : throw Malformed(encoded);
            case 'v':
                return FieldScalar.TryRead(Json(encoded, rest), out var value) ? Value(value) : throw Malformed(encoded);
            case 'k':
                var json = Json(encoded, rest);
                if (json.ValueKind != JsonValueKind.Object) throw Malformed(encoded);
                return Key([.. json.EnumerateObject().Select(key => FieldScalar.TryRead(key.Value, out var scalar) ? (key.Name, scalar) : throw Malformed(encoded))]);
            default: return null;
        }
    }

    public int CompareTo(PathElement? other)
    {
        if (other is null) return 1;
        if (_form != other._form) return _form.CompareTo(other._form);
        return _form switch
        {
            Form.Field => string.CompareOrdinal(Encoded, other.Encoded),
            Form.Key => CompareKeys(_keys, other._keys),
            Form.Value => _value.CompareTo(other._value),
            _ => _index.CompareTo(other._index),
        };
    }

    public bool Equals(PathElement? other) => other is not null && (ReferenceEquals(this, other) || Encoded == other.Encoded);

    public override bool Equals(object? obj) => Equals(obj as PathElement);

    public override int GetHashCode() => Encoded.GetHashCode(StringComparison.Ordinal);

    /// <summary>As conflicts show it: <c>.spec</c>, <c>[port=80,protocol="TCP"]</c>, <c>[="a"]</c>, <c>[0]</c>.</summary>
    public override string ToString() => _form switch
    {
        Form.Field => "." + Encoded[2..],
        Form.Key => $"[{string.Join(',', _keys.Select(key => $"{key.Name}={key.Value}"))}]",
        Form.Value => $"[={_value}]",
        _ => $"[{_index}]",
    };

    private static int CompareKeys((string Name, FieldScalar Value)[] left, (string Name, FieldScalar Value)[] right)
    {
        for (var i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            if (string.CompareOrdinal(left[i].Name, right[i].Name) is not 0 and var byName) return byName;
            if (left[i].Value.CompareTo(right[i].Value) is not 0 and var byValue) return byValue;
        }
        return left.Length.CompareTo(right.Length);
    }

    private static JsonElement Json(string encoded, string text)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            throw Malformed(encoded);
        }
    }

    private static FormatException Malformed(string encoded) => new($"cannot read the path element {GoSyntax.Quote(encoded)}");
}
