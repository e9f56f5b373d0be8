using System.Collections.Immutable;

namespace ClusterEmu.Api;

/// <summary>The kinds that the CustomResourceDefinitions of a cluster make, and with them all kinds that it serves. Immutable.</summary>
public sealed class CustomKinds
{
    private readonly ImmutableSortedDictionary<string, Definition> _definitions;
    private readonly Lazy<ServedKinds> _served;

    private CustomKinds(ImmutableSortedDictionary<string, Definition> definitions)
    {
        _definitions = definitions;
        _served = new Lazy<ServedKinds>(() => InOrder() is { Count: > 0 } custom ? KindCatalog.BuiltIn.With(custom) : KindCatalog.BuiltIn);
    }

    public static CustomKinds None { get; } = new(ImmutableSortedDictionary.Create<string, Definition>(StringComparer.Ordinal));

    /// <summary>Every kind that is served, built in or custom.</summary>
    public ServedKinds Served => _served.Value;

    /// <summary>One kind for each resource that is served: its preferred version. By name.</summary>
    public IEnumerable<CustomKind> Preferred => _definitions.Values.Where(known => known.Kinds.Count > 0).Select(known => known.Kinds[0]);

    /// <summary>The kinds that these definitions make.</summary>
    public static CustomKinds Of(IEnumerable<CustomResourceDefinition> definitions) => definitions.Aggregate(None, (all, next) => all.With(next));

    /// <summary>With a definition, new or changed. Where nothing of what is served has changed, these very kinds.</summary>
    public CustomKinds With(CustomResourceDefinition definition)
    {
        var name = definition.Metadata.Name;
        var next = new Definition(definition);
        return _definitions.TryGetValue(name, out var known) && known.ServesTheSameAs(next) ? this : new(_definitions.SetItem(name, next));
    }

    /// <summary>Without the definition of that name.</summary>
    public CustomKinds Without(string name) => _definitions.ContainsKey(name) ? new(_definitions.Remove(name)) : this;

    /// <summary>What stands for a kind now; null if its version is not served any more, or its name stands for another resource.</summary>
    public CustomKind? Find(CustomKind kind) =>
        _definitions.TryGetValue(kind.QualifiedPlural, out var known) ? known.Kinds.FirstOrDefault(now => now.IsSuccessorOf(kind)) : null;

    /// <summary>By group, the preferred version of each first. Where two definitions claim one name, the first by name has it.</summary>
    private List<CustomKind> InOrder()
    {
        var taken = new HashSet<(string ApiVersion, string Name)>();
        return [.. _definitions.Values.SelectMany(known => known.Kinds).Where(kind => taken.Add((kind.ApiVersion, kind.Plural)) && taken.Add((kind.ApiVersion, kind.Kind)))
            .OrderBy(kind => kind.Group, StringComparer.Ordinal).ThenBy(kind => kind.Version, VersionPriority.Comparer).ThenBy(kind => kind.Plural, StringComparer.Ordinal)];
    }

    private sealed class Definition(CustomResourceDefinition value)
    {
        private readonly CustomResourceDefinition _value = value;

        /// <summary>What is served of it: nothing where the place belongs to a built-in kind.</summary>
        public IReadOnlyList<CustomKind> Kinds { get; } =
            [.. CustomKind.ServedBy(value).Where(kind => KindCatalog.Find(kind.Group, kind.Version, kind.Plural) is null && KindCatalog.ByKind(kind.ApiVersion, kind.Kind) is null)];

        public bool ServesTheSameAs(Definition other)
        {
            var (mine, others) = (_value, other._value);
            return Kinds.Count == other.Kinds.Count && mine.Metadata.Uid == others.Metadata.Uid
                && (mine.Metadata.DeletionTimestamp is null) == (others.Metadata.DeletionTimestamp is null)
                && SemanticEquality.Same(mine.Spec, others.Spec) && SemanticEquality.Same(mine.Status.AcceptedNames, others.Status.AcceptedNames);
        }
    }
}
