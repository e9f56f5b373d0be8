using System.Globalization;
using System.Text;

namespace ClusterEmu.Api;

/// <summary>The way to one field of an object, such as <c>spec.ports[0].nodePort</c>.</summary>
/// <remarks>The text is made only when an error asks for it. Source: k8s.io/apimachinery util/validation/field.</remarks>
public sealed class FieldPath
{
    private readonly FieldPath? _parent;
    private readonly string? _name;
    private readonly string? _key;
    private readonly int _index;

    private FieldPath(FieldPath? parent, string? name, string? key, int index)
    {
        _parent = parent;
        _name = name;
        _key = key;
        _index = index;
    }

    public static readonly FieldPath Metadata = Of("metadata");
    public static readonly FieldPath Spec = Of("spec");
    public static readonly FieldPath Status = Of("status");

    /// <summary>A path that starts at the object itself.</summary>
    public static FieldPath Of(string name) => new(null, name, null, 0);

    /// <summary>A field of the structure that this path names.</summary>
    public FieldPath Child(string name) => new(this, name, null, 0);

    /// <summary>An element of the list that this path names.</summary>
    public FieldPath Index(int index) => new(this, null, null, index);

    /// <summary>An entry of the map that this path names.</summary>
    public FieldPath Key(string key) => new(this, null, key, 0);

    public override string ToString()
    {
        var text = new StringBuilder();
        AppendTo(text);
        return text.ToString();
    }

    private void AppendTo(StringBuilder text)
    {
        _parent?.AppendTo(text);
        if (_name is { Length: > 0 })
        {
            if (_parent is not null) text.Append('.');
            text.Append(_name);
        }
        else
        {
            text.Append('[').Append(_name is null ? _key ?? _index.ToString(CultureInfo.InvariantCulture) : "").Append(']');
        }
    }
}
