using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.ControlPlane.Storage;
using ClusterEmu.Hosting;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>Gets and lists, on immutable snapshots and so on whatever thread asks.</summary>
internal sealed class ReadVerbs(StoreReader reader, Determinism determinism)
{
    private const string TooOld =
        "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter.";

    private readonly SnapshotPins _pins = new(TimeSpan.FromMinutes(5));

    /// <exception cref="ApiException">The request is refused.</exception>
    public ApiResponse Run(ApiRequest request) => request.Verb == ApiVerb.Get ? Get(request) : List(request);

    private ApiResponse Get(ApiRequest request)
    {
        var snapshot = reader.Current;
        var found = Find(snapshot, request.Kind, request.Namespace, request.Name) ?? throw Refuse.NotFound(request.Kind, request.Name);
        if (Revision(request.ResourceVersion) is { } wanted && wanted > snapshot.Revision) throw Refuse.TooLargeResourceVersion(wanted, snapshot.Revision);
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
        var filter = ListFilter.Of(request);
        if (request.Kind.IsVirtual)
            return new ApiResponse { Code = 200, List = new ApiList(request.Kind, [.. ComponentStatuses.All.Where(filter.Matches)], reader.Current.Revision, "", null) };
        var (snapshot, after) = Snapshot(request);
        var ns = request.Namespace.Length > 0 ? request.Namespace : null;
        var items = new List<StoredObject>();
        var matching = filter is { IsEverything: false, Name: { } name } && ns is not null && after is null
            ? One(snapshot.Find(request.Kind, ns, name))
            : snapshot.List(request.Kind, ns, after);
        long? remaining = null;
        var next = "";
        foreach (var item in matching)
        {
            if (after is { } last && item.Name == last.Name && item.Namespace == last.Namespace) continue;
            if (!filter.Matches(item)) continue;
            if (request.Limit > 0 && items.Count == request.Limit)
            {
                next = new ContinueToken(snapshot.Revision, new ObjectKey(ns is null ? items[^1].Namespace : "", items[^1].Name)).Encode();
                if (filter.IsEverything) remaining = snapshot.List(request.Kind, ns, new ObjectKey(item.Namespace, item.Name)).LongCount();
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
            if (!string.IsNullOrEmpty(request.ResourceVersion) && request.ResourceVersion != "0")
                throw Refuse.BadRequest("specifying resource version is not allowed when using continue");
            var token = ContinueToken.Parse(request.Continue);
            var key = request.Namespace.Length > 0 ? token.Last with { Namespace = request.Namespace } : token.Last;
            return (_pins.Find(token.Revision, current) ?? throw Refuse.Expired(TooOld), key);
        }
        var revision = Revision(request.ResourceVersion);
        if (request.ResourceVersionMatch is { Length: > 0 } match)
        {
            if (revision is null && string.IsNullOrEmpty(request.ResourceVersion))
                throw Refuse.BadRequest("resourceVersionMatch is forbidden unless resourceVersion is provided");
            if (match is not ("Exact" or "NotOlderThan"))
                throw Refuse.BadRequest($"resourceVersionMatch: Unsupported value: \"{match}\": supported values: \"Exact\", \"NotOlderThan\"");
        }
        if (revision is not { } wanted) return (current, null);
        if (wanted > current.Revision) throw Refuse.TooLargeResourceVersion(wanted, current.Revision);
        var exact = request.ResourceVersionMatch == "Exact" || (request.ResourceVersionMatch is null or "" && request.Limit > 0);
        return exact
            ? (_pins.Find(wanted, current) ?? throw Refuse.Expired($"The resourceVersion for the provided list is too old."), null)
            : (current, null);
    }

    /// <summary>Null for "whatever is there": nothing, empty or 0.</summary>
    private static long? Revision(string? text)
    {
        if (string.IsNullOrEmpty(text) || text == "0") return null;
        return Revisions.TryParse(text, out var revision) ? revision : throw BadRevision(text);
    }

    internal static ApiException BadRevision(string text) =>
        Refuse.BadRequest($"resourceVersion: Invalid value: \"{text}\": is no resource version of this server; use one that a list or get answers with");

    private static StoredObject? Find(StoreSnapshot snapshot, KindInfo kind, string ns, string name) => kind.IsVirtual
        ? ComponentStatuses.All.FirstOrDefault(item => item.Name == name)
        : snapshot.Find(kind, ns, name);

    private static IEnumerable<StoredObject> One(StoredObject? found) => found is null ? [] : [found];
}
