using ClusterEmu.Api;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>Label and field selector of a list, watch or deletecollection.</summary>
/// <param name="ServedAs">The version in whose terms the field selector speaks.</param>
/// <param name="Labels">What labels must be.</param>
/// <param name="Fields">What fields must be.</param>
internal sealed record ListFilter(KindInfo ServedAs, LabelQuery Labels, FieldQuery Fields)
{
    /// <exception cref="SelectorException">A selector cannot be read.</exception>
    public static ListFilter Of(ApiRequest request) =>
        new(request.ServedAs, LabelQuery.Parse(request.LabelSelector), FieldQuery.Parse(request.ServedAs, request.FieldSelector));

    public bool IsEverything => Labels.IsEverything && Fields.IsEverything;

    public string? Name => Fields.Required("metadata.name");

    public string? NodeName(KindInfo kind) => kind == Kinds.Pod ? Fields.Required("spec.nodeName") : null;

    public bool Matches(StoredObject value) =>
        (Labels.IsEverything || Labels.Matches(value.Fields.Labels)) && (Fields.IsEverything || MatchesFields(value));

    /// <summary>The filter as the watch hub wants it: what it indexes apart from the rest.</summary>
    public WatchFilter ForWatch(KindInfo kind, string? ns)
    {
        var name = Name;
        var indexedAlone = Fields.Terms.All(term => !term.Negated && (term.Label == "metadata.name" || (term.Label == "spec.nodeName" && kind == Kinds.Pod)));
        Func<StoredObject, bool>? predicate = (Labels.IsEverything, indexedAlone) switch
        {
            (true, true) => null,
            (false, true) => value => Labels.Matches(value.Fields.Labels),
            _ => Matches,
        };
        return new WatchFilter { Kind = kind, Namespace = ns, Name = name, NodeName = NodeName(kind), Predicate = predicate };
    }

    private bool MatchesFields(StoredObject value)
    {
        // The usual ones are answered from the index, without decoding.
        if (Name is { } name && name != value.Name) return false;
        if (NodeName(value.Kind) is { } node && node != value.Fields.NodeName) return false;
        return Fields.Matches(ServedAs.Show(value.Decode()));
    }
}
