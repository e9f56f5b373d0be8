namespace ClusterEmu.Api;

/// <summary>How one state of an object differs from another, field by field.</summary>
/// <param name="Added">Fields that only the new state has.</param>
/// <param name="Modified">Fields that both have, with other values.</param>
/// <param name="Removed">Fields that only the old state has.</param>
public sealed record FieldChanges(FieldSet Added, FieldSet Modified, FieldSet Removed)
{
    public static readonly FieldChanges None = new(FieldSet.Empty, FieldSet.Empty, FieldSet.Empty);

    public bool IsEmpty => Added.IsEmpty && Modified.IsEmpty && Removed.IsEmpty;

    /// <summary>The fields that the new state has otherwise than the old.</summary>
    public FieldSet Set => field ??= Added.Union(Modified);

    /// <summary>Without these fields and what is below them.</summary>
    public FieldChanges Without(FieldSet ignored) => ignored.IsEmpty || IsEmpty
        ? this
        : new(Added.DeepDifference(ignored), Modified.DeepDifference(ignored), Removed.DeepDifference(ignored));
}

/// <summary>The changes at one field and below it, while they are collected.</summary>
internal struct ChangesBelow
{
    private List<FieldSet.Node>? _added;
    private List<FieldSet.Node>? _modified;
    private List<FieldSet.Node>? _removed;

    /// <summary>The field itself is new, changed or gone.</summary>
    public bool Added { get; set; }
    public bool Modified { get; set; }
    public bool Removed { get; set; }

    /// <summary>Puts in what was found at one step down.</summary>
    public void Put(PathElement element, in ChangesBelow child)
    {
        Put(ref _added, element, child.Added, child._added);
        Put(ref _modified, element, child.Modified, child._modified);
        Put(ref _removed, element, child.Removed, child._removed);
    }

    public readonly FieldChanges ToChanges() => _added is null && _modified is null && _removed is null
        ? FieldChanges.None
        : new(FieldSet.OfNodes(_added), FieldSet.OfNodes(_modified), FieldSet.OfNodes(_removed));

    private static void Put(ref List<FieldSet.Node>? nodes, PathElement element, bool self, List<FieldSet.Node>? below)
    {
        if (self || below is not null) (nodes ??= []).Add(new FieldSet.Node(element, self, FieldSet.OfNodes(below)));
    }
}
