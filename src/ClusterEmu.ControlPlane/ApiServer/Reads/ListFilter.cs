using ClusterEmu.Api;
using ClusterEmu.Client;
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

    /// <summary>The objects that may match, by namespace and name: found by an index where one helps.</summary>
    /// <param name="objects">Where to look.</param>
    /// <param name="kind">Of which kind.</param>
    /// <param name="ns">One namespace; null for all of them.</param>
    /// <param name="from">Where to begin, if the index can tell; earlier objects may come, too.</param>
    public IEnumerable<StoredObject> Candidates(StoreSnapshot objects, KindInfo kind, string? ns, ObjectKey? from)
    {
        if (Name is { } name) return objects.Named(kind, ns, name);
        return NodeName(kind) is { Length: > 0 } node ? objects.OnNode(kind, ns, node) : objects.List(kind, ns, from);
    }

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
        var undecided = false;
        for (var i = 0; i < Fields.Terms.Count; i++)
        {
            var term = Fields.Terms[i];
            if (Indexed(value, term.Label) is not { } known) undecided = true;
            else if (known == term.Value == term.Negated) return false;
        }
        return !undecided || Fields.Matches(ServedAs.Show(value.Decode()));
    }

    /// <summary>The value of a field that is known without decoding; null for other fields.</summary>
    private static string? Indexed(StoredObject value, string label) => label switch
    {
        "metadata.name" => value.Name,
        "metadata.namespace" => value.Namespace,
        "spec.nodeName" when value.Kind == Kinds.Pod => value.Fields.NodeName,
        _ => null,
    };
}
