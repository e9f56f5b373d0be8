using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>Where a watch begins, and which of its options may stand together. Pure.</summary>
/// <remarks>
/// Sources: the page API Concepts ("Semantics for watch", "Streaming lists"), k8s.io/apimachinery internalversion/validation, and
/// k8s.io/apiserver storage/cacher (watch_cache.go). Nothing asked for, and 0: the state now, then changes.
/// </remarks>
internal static class WatchRules
{
    /// <summary>The revision after which the watch begins; null for the current state first.</summary>
    /// <param name="request">What is watched.</param>
    /// <param name="current">The newest revision that can be read.</param>
    /// <exception cref="ApiException">422: options that exclude each other. 400: no revision. 504: the state asked for is not there yet.</exception>
    public static long? Start(ApiRequest request, long current)
    {
        if (Problems(request) is { Count: > 0 } problems) throw Refuse.Invalid("meta.k8s.io", "ListOptions", "", problems);
        var wanted = ListRules.Revision(request.ResourceVersion);
        switch (request.SendInitialEvents)
        {
            case true:
                if (wanted > current) throw Refuse.TooLargeResourceVersion(wanted.Value, current);
                return null;
            case false: return wanted ?? current;
            default: return wanted;
        }
    }

    private static List<FieldError> Problems(ApiRequest request)
    {
        var errors = new List<FieldError>();
        var path = FieldPath.Of("resourceVersionMatch");
        var match = request.ResourceVersionMatch ?? "";
        if (request.SendInitialEvents is not null && match != ListRules.NotOlderThan)
            errors.Add(FieldErrors.Forbidden(path, $"sendInitialEvents requires setting resourceVersionMatch to {ListRules.NotOlderThan}"));
        if (match.Length == 0) return errors;
        if (request.SendInitialEvents is null)
            errors.Add(FieldErrors.Forbidden(path, "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided"));
        if (match != ListRules.NotOlderThan) errors.Add(FieldErrors.NotSupported(path, match, ListRules.NotOlderThan));
        if (!string.IsNullOrEmpty(request.Continue))
            errors.Add(FieldErrors.Forbidden(path, "resourceVersionMatch is forbidden when continue is provided"));
        return errors;
    }
}
