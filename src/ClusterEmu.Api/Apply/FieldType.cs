using System.Collections.Concurrent;
using System.Text;

namespace ClusterEmu.Api;

/// <summary>What a field may hold, as far as server-side apply must know. Records and OpenAPI schemas are both described in these terms.</summary>
/// <remarks>
/// Source: sigs.k8s.io/structured-merge-diff, schema. A type may allow several forms at a time, as those of fields without schema
/// do: then the value says which it is. Types may contain each other, so what is below one is asked for when it is needed.
/// </remarks>
public abstract class FieldType
{
    /// <summary>Anything: maps are merged, lists are replaced. For objects and fields without a schema.</summary>
    public static readonly FieldType Deduced = new DeducedType(atomicMaps: false);

    /// <summary>Anything, replaced as a whole.</summary>
    public static readonly FieldType Opaque = new DeducedType(atomicMaps: true);

    /// <summary>Null if no scalar may stand here.</summary>
    public virtual ScalarForm? Scalar => null;

    /// <summary>Null if no list may stand here.</summary>
    public virtual ListType? List => null;

    /// <summary>Null if no object may stand here.</summary>
    public virtual MapType? Map => null;

    private sealed class DeducedType : FieldType
    {
        public DeducedType(bool atomicMaps)
        {
            List = new ListType(ListForm.Atomic, () => this);
            Map = new EntriesType(this, atomicMaps);
        }

        public override ScalarForm? Scalar => ScalarForm.Any;
        public override ListType? List { get; }
        public override MapType? Map { get; }
    }
}

/// <summary>Which scalars may stand in a field.</summary>
public enum ScalarForm
{
    Any,
    Number,
    Text,
    Truth,
}

/// <summary>How a list is owned (<c>x-kubernetes-list-type</c>).</summary>
public enum ListForm
{
    /// <summary>As a whole.</summary>
    Atomic,

    /// <summary>Scalar by scalar.</summary>
    Set,

    /// <summary>Item by item, told apart by key fields.</summary>
    Map,
}

/// <summary>A list.</summary>
/// <param name="form">How it is owned.</param>
/// <param name="items">The type of its items, asked for once, when it is needed.</param>
/// <param name="keys">Of a list of form Map: the key fields, with the value that stands for one left out, if there is such a value.</param>
public sealed class ListType(ListForm form, Func<FieldType> items, IReadOnlyList<(string Name, FieldScalar? Default)>? keys = null)
{
    /// <summary>So many steps to items are remembered. Most lists have few different ones: the types of conditions, the names of containers.</summary>
    private const int MostRemembered = 256;

    private readonly ConcurrentDictionary<string, PathElement> _byKey = new(StringComparer.Ordinal);
    private FieldType? _items;

    public ListForm Form => form;
    public FieldType Items => _items ??= items();
    public IReadOnlyList<(string Name, FieldScalar? Default)> Keys { get; } = keys ?? [];

    /// <summary>The step to the item whose only key has this text.</summary>
    internal PathElement ElementOf(ReadOnlySpan<byte> key)
    {
        const int longest = 64;
        if (key.Length > longest) return Make(Encoding.UTF8.GetString(key));
        Span<char> text = stackalloc char[longest];
        var known = text[..Encoding.UTF8.GetChars(key, text)];
        if (_byKey.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(known, out var element)) return element;
        element = Make(known.ToString());
        return _byKey.Count < MostRemembered ? _byKey.GetOrAdd(known.ToString(), element) : element;

        PathElement Make(string value) => PathElement.Key((Keys[0].Name, FieldScalar.Of(value)));
    }
}

/// <summary>An object: a record with declared fields, a map with entries of one type, or both.</summary>
public abstract class MapType
{
    /// <summary>Owned as a whole (<c>x-kubernetes-map-type: atomic</c>).</summary>
    public abstract bool IsAtomic { get; }

    /// <summary>The type of what is not declared; null if nothing else may stand here.</summary>
    public abstract FieldType? Entries { get; }

    /// <summary>A declared field, or null.</summary>
    public abstract MapField? Find(string name);

    /// <summary>A declared field by its name in UTF-8, or null.</summary>
    internal virtual MapField? Find(ReadOnlySpan<byte> name) => Find(Encoding.UTF8.GetString(name));

    /// <summary>The step to an entry. Declared fields have theirs at hand.</summary>
    internal PathElement ElementOf(string name, MapField? declared) => declared?.Element ?? PathElement.Field(name);
}

/// <summary>A declared field of an object.</summary>
/// <param name="element">The step to it.</param>
/// <param name="type">Asked for once, when it is needed.</param>
public sealed class MapField(PathElement element, Func<FieldType> type)
{
    private FieldType? _type;

    public PathElement Element => element;
    public FieldType Type => _type ??= type();
}

/// <summary>A map whose entries are all of one type.</summary>
public sealed class EntriesType(FieldType entries, bool isAtomic) : MapType
{
    public override bool IsAtomic => isAtomic;
    public override FieldType? Entries => entries;

    public override MapField? Find(string name) => null;
}
