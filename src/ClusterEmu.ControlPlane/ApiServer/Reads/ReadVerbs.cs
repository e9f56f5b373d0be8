using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.ControlPlane.Storage;
using ClusterEmu.Hosting;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>Gets and lists, on immutable snapshots and so on whatever thread asks.</summary>
/// <remarks>Source of the refusals: k8s.io/apiserver storage/etcd3/errors.go.</remarks>
internal sealed class ReadVerbs(StoreReader reader, Determinism determinism)
{
    private const string TokenTooOld =
        "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, " +
        "or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an " +
        "inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.";

    private const string RevisionTooOld = "The resourceVersion for the provided list is too old.";

    private readonly SnapshotPins _pins = new(TimeSpan.FromMinutes(5));

    /// <exception cref="ApiException">The request is refused.</exception>
    public ApiResponse Run(ApiRequest request) => request.Verb == ApiVerb.Get ? Get(request) : List(request);

    private ApiResponse Get(ApiRequest request)
    {
        PathNames.Check(request);
        var snapshot = reader.Current;
        if (ListRules.Revision(request.ResourceVersion) is { } wanted && wanted > snapshot.Revision) throw Refuse.TooLargeResourceVersion(wanted, snapshot.Revision);
        var found = Find(snapshot, request.Kind, request.Namespace, request.Name) ?? throw Refuse.NotFound(request.Kind, request.Name);
        return request.Subresource switch
        {
            "" or "status" or "approval" => ApiResponse.Of(found),
            "scale" => ApiResponse.Of(Scaling.Of(request.Kind, found.Decode())),
            _ => throw Refuse.MethodNotAllowed(),
        };
    }

    private ApiResponse List(ApiRequest request)
    {
        if (request.Subresource.Length > 0) throw Refuse.MethodNotAllowed();
        ListRules.Check(request);
        var filter = ListFilter.Of(request);
        if (request.Kind.IsVirtual)
            return new ApiResponse { Code = 200, List = new ApiList(request.Kind, [.. ComponentStatuses.All.Where(filter.Matches)], reader.Current.Revision, "", null) };
        var (snapshot, after) = Snapshot(request);
        var ns = request.Namespace.Length > 0 ? request.Namespace : null;
        var limit = ListRules.Limit(request);
        var items = new List<StoredObject>();
        long? remaining = null;
        var next = "";
        foreach (var item in filter.Candidates(snapshot, request.Kind, ns, after))
        {
            if (after is { } last && item.Key.CompareTo(last) <= 0) continue;
            if (!filter.Matches(item)) continue;
            if (limit > 0 && items.Count == limit)
            {
                next = new ContinueToken(snapshot.Revision, new ObjectKey(ns is null ? items[^1].Namespace : "", items[^1].Name)).Encode();
                if (filter.IsEverything) remaining = snapshot.CountFrom(request.Kind, ns, item.Key);
                _pins.Pin(snapshot, determinism.Microseconds);
                break;
            }
            items.Add(item);
        }
        return new ApiResponse { Code = 200, List = new ApiList(request.Kind, items, snapshot.Revision, next, remaining) };
    }

    private (StoreSnapshot Snapshot, ObjectKey? After) Snapshot(ApiRequest request)
    {
        var current = reader.Current;
        if (!string.IsNullOrEmpty(request.Continue))
        {
            var token = ContinueToken.Parse(request.Continue);
            if (request.ResourceVersion is not (null or "" or "0")) throw Refuse.BadRequest("specifying resource version is not allowed when using continue");
            var key = request.Namespace.Length > 0 ? token.Last with { Namespace = request.Namespace } : token.Last;
            var kept = token.IsInconsistent ? current : _pins.Find(token.Revision, current) ?? reader.At(token.Revision);
            return (kept ?? throw Refuse.Expired(TokenTooOld, (token with { Revision = ContinueToken.Newest }).Encode()), key);
        }
        if (ListRules.Revision(request.ResourceVersion) is not { } wanted) return (current, null);
        if (wanted > current.Revision) throw Refuse.TooLargeResourceVersion(wanted, current.Revision);
        if (!ListRules.IsExact(request)) return (current, null);
        return (_pins.Find(wanted, current) ?? reader.At(wanted) ?? throw Refuse.Expired(RevisionTooOld), null);
    }

    private static StoredObject? Find(StoreSnapshot snapshot, KindInfo kind, string ns, string name) => kind.IsVirtual
        ? ComponentStatuses.All.FirstOrDefault(item => item.Name == name)
        : snapshot.Find(kind, ns, name);
}
