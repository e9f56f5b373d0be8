using ClusterEmu.Api;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>Which options of a get or list may stand together, and what a resource version means. Pure.</summary>
/// <remarks>
/// Sources: the page API Concepts ("Semantics for get and list"), k8s.io/apimachinery internalversion/validation, k8s.io/apiserver
/// storage/interfaces.go (ValidateListOptions). A real server answers some of this with 500; here it is 400.
/// </remarks>
internal static class ListRules
{
    public const string Exact = "Exact";
    public const string NotOlderThan = "NotOlderThan";

    /// <exception cref="ApiException">422: options that exclude each other, or a match that there is not.</exception>
    public static void Check(ApiRequest request)
    {
        var errors = new List<FieldError>();
        if (request.ResourceVersionMatch is { Length: > 0 } match)
        {
            var path = FieldPath.Of("resourceVersionMatch");
            if (string.IsNullOrEmpty(request.ResourceVersion))
                errors.Add(FieldErrors.Forbidden(path, "resourceVersionMatch is forbidden unless resourceVersion is provided"));
            if (!string.IsNullOrEmpty(request.Continue))
                errors.Add(FieldErrors.Forbidden(path, "resourceVersionMatch is forbidden when continue is provided"));
            if (match is not (Exact or NotOlderThan)) errors.Add(FieldErrors.NotSupported(path, match, Exact, NotOlderThan, ""));
            if (match == Exact && request.ResourceVersion == "0")
                errors.Add(FieldErrors.Forbidden(path, "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\""));
        }
        if (request.SendInitialEvents is not null)
            errors.Add(FieldErrors.Forbidden(FieldPath.Of("sendInitialEvents"), "sendInitialEvents is forbidden for list"));
        if (errors.Count > 0) throw Refuse.Invalid("meta.k8s.io", "ListOptions", "", errors);
    }

    /// <summary>Whether the list must show exactly the state of its revision. With a limit and no match it must, as it always had to.</summary>
    public static bool IsExact(ApiRequest request) => request.ResourceVersionMatch switch
    {
        Exact => true,
        null or "" => request.Limit > 0,
        _ => false,
    };

    /// <summary>How many objects one chunk has at most; 0 for all. Where any state will do, a real server answers whole from its cache.</summary>
    public static int Limit(ApiRequest request) =>
        request.ResourceVersion == "0" && string.IsNullOrEmpty(request.Continue) ? 0 : Math.Max(0, request.Limit);

    /// <summary>Null for "whatever is there": nothing, empty or 0.</summary>
    /// <exception cref="ApiException">400: it is no number.</exception>
    public static long? Revision(string? text)
    {
        if (string.IsNullOrEmpty(text) || text.AsSpan().TrimStart('0').IsEmpty) return null;
        if (Revisions.TryParse(text, out var revision)) return revision;
        var why = text.All(char.IsAsciiDigit) ? "value out of range" : "invalid syntax";
        throw Refuse.BadRequest($"resourceVersion: Invalid value: {GoSyntax.Quote(text)}: strconv.ParseUint: parsing {GoSyntax.Quote(text)}: {why}");
    }
}
