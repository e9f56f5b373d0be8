namespace ClusterEmu.Api;

/// <summary>A set of fields, as a tree of the steps that lead to them. Immutable.</summary>
/// <remarks>
/// Source: KEP-555 and sigs.k8s.io/structured-merge-diff, fieldpath. A field may be in the set without what is below it, and
/// the other way round: an item of a list is owned by itself (<c>"."</c> in FieldsV1), its fields by themselves.
/// </remarks>
public sealed class FieldSet
{
    public static readonly FieldSet Empty = new([]);

    private readonly Node[] _nodes;

    private FieldSet(Node[] nodes) => _nodes = nodes;

    /// <summary>One step, whether it is a field of the set, and what is below it.</summary>
    internal readonly record struct Node(PathElement Element, bool IsMember, FieldSet Children);

    /// <summary>In the order of <see cref="PathElement"/>, none of them empty.</summary>
    internal ReadOnlySpan<Node> Nodes => _nodes;

    public bool IsEmpty => _nodes.Length == 0;

    /// <summary>The set of these paths.</summary>
    public static FieldSet Of(params IEnumerable<IReadOnlyList<PathElement>> paths) =>
        paths.Aggregate(Empty, static (set, path) => set.Union(Single(path, 0)));

    /// <summary>The set of these fields of records, each written <c>spec.replicas</c>.</summary>
    public static FieldSet OfFields(params IEnumerable<string> paths) =>
        Of(paths.Select(path => (IReadOnlyList<PathElement>)[.. path.Split('.').Select(PathElement.Field)]));

    /// <summary>Steps in any order, each at most once.</summary>
    internal static FieldSet OfNodes(List<Node>? nodes)
    {
        if (nodes is null || nodes.Count == 0) return Empty;
        for (var i = 1; i < nodes.Count; i++)
        {
            if (nodes[i - 1].Element.CompareTo(nodes[i].Element) < 0) continue;
            nodes.Sort(static (left, right) => left.Element.CompareTo(right.Element));
            break;
        }
        return new FieldSet([.. nodes]);
    }

    /// <summary>The fields of either.</summary>
    public FieldSet Union(FieldSet other) => other.IsEmpty ? this : IsEmpty ? other : Combine(this, other, Combination.Union);

    /// <summary>The fields of both.</summary>
    public FieldSet Intersection(FieldSet other) => other.IsEmpty || IsEmpty ? Empty : Combine(this, other, Combination.Intersection);

    /// <summary>The fields of this set that are not in the other. What is below such a field stays.</summary>
    public FieldSet Difference(FieldSet other) => other.IsEmpty || IsEmpty ? this : Combine(this, other, Combination.Difference);

    /// <summary>The fields of this set that are neither in the other nor below one that is.</summary>
    public FieldSet DeepDifference(FieldSet other) => other.IsEmpty || IsEmpty ? this : Combine(this, other, Combination.DeepDifference);

    /// <summary>Whether every field of this set is in the other.</summary>
    public bool IsWithin(FieldSet other)
    {
        if (ReferenceEquals(this, other)) return true;
        var at = 0;
        foreach (ref readonly var node in Nodes)
        {
            while (at < other._nodes.Length && other._nodes[at].Element.CompareTo(node.Element) < 0) at++;
            if (at == other._nodes.Length || !other._nodes[at].Element.Equals(node.Element)) return false;
            if (node.IsMember && !other._nodes[at].IsMember) return false;
            if (!node.Children.IsWithin(other._nodes[at].Children)) return false;
        }
        return true;
    }

    /// <summary>Whether both have the same fields.</summary>
    public bool SameAs(FieldSet other) => IsWithin(other) && other.IsWithin(this);

    public bool Has(params ReadOnlySpan<PathElement> path)
    {
        var set = this;
        for (var i = 0; i < path.Length; i++)
        {
            var (isMember, children) = set.At(path[i]);
            if (i == path.Length - 1) return isMember;
            set = children;
        }
        return false;
    }

    /// <summary>All paths: at each level first the fields there, then what is below, both in order.</summary>
    public IEnumerable<IReadOnlyList<PathElement>> Paths() => Paths([]);

    /// <summary>Whether the step itself is in the set, and what is below it.</summary>
    internal (bool IsMember, FieldSet Children) At(PathElement element)
    {
        var (low, high) = (0, _nodes.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = _nodes[middle].Element.CompareTo(element);
            if (order == 0) return (_nodes[middle].IsMember, _nodes[middle].Children);
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }
        return (false, Empty);
    }

    /// <summary>With every declared field on the way to a field of this set: such fields are objects that FieldsV1 does not name by themselves.</summary>
    internal FieldSet WithDeclaredFields(FieldType? type)
    {
        if (IsEmpty) return this;
        var nodes = new Node[_nodes.Length];
        for (var i = 0; i < nodes.Length; i++)
        {
            var node = _nodes[i];
            var declared = type?.Map is { } map && node.Element.FieldName is { } name ? map.Find(name) : null;
            var below = declared?.Type ?? (node.Element.FieldName is null ? type?.List?.Items : type?.Map?.Entries);
            nodes[i] = new Node(node.Element, node.IsMember || declared is not null, node.Children.WithDeclaredFields(below));
        }
        return new FieldSet(nodes);
    }

    private static FieldSet Single(IReadOnlyList<PathElement> path, int from) =>
        new([new Node(path[from], from == path.Count - 1, from == path.Count - 1 ? Empty : Single(path, from + 1))]);

    private enum Combination
    {
        Union,
        Intersection,
        Difference,
        DeepDifference,
    }

    private static FieldSet Combine(FieldSet left, FieldSet right, Combination how)
    {
        if (ReferenceEquals(left, right)) return how is Combination.Union or Combination.Intersection ? left : Empty;
        List<Node>? nodes = null;
        var (i, j, changed) = (0, 0, false);
        while (i < left._nodes.Length || j < right._nodes.Length)
        {
            var order = i == left._nodes.Length ? 1 : j == right._nodes.Length ? -1 : left._nodes[i].Element.CompareTo(right._nodes[j].Element);
            if (order < 0)
            {
                if (how == Combination.Intersection) changed = true;
                else (nodes ??= []).Add(left._nodes[i]);
                i++;
            }
            else if (order > 0)
            {
                if (how == Combination.Union)
                {
                    (nodes ??= []).Add(right._nodes[j]);
                    changed = true;
                }
                j++;
            }
            else
            {
                var (mine, its) = (left._nodes[i++], right._nodes[j++]);
                var node = CombineNode(mine, its, how);
                changed |= node.IsMember != mine.IsMember || !ReferenceEquals(node.Children, mine.Children);
                if (node.IsMember || !node.Children.IsEmpty) (nodes ??= []).Add(node);
            }
        }
        return !changed ? left : nodes is null ? Empty : new FieldSet([.. nodes]);
    }

    private static Node CombineNode(Node left, Node right, Combination how) => how switch
    {
        Combination.Union => new(left.Element, left.IsMember || right.IsMember, left.Children.Union(right.Children)),
        Combination.Intersection => new(left.Element, left.IsMember && right.IsMember, left.Children.Intersection(right.Children)),
        Combination.Difference => new(left.Element, left.IsMember && !right.IsMember, left.Children.Difference(right.Children)),
        _ => right.IsMember ? new(left.Element, false, Empty) : new(left.Element, left.IsMember, left.Children.DeepDifference(right.Children)),
    };

    private IEnumerable<IReadOnlyList<PathElement>> Paths(IReadOnlyList<PathElement> before)
    {
        foreach (var node in _nodes)
            if (node.IsMember) yield return [.. before, node.Element];
        foreach (var node in _nodes)
            foreach (var path in node.Children.Paths([.. before, node.Element])) yield return path;
    }
}
