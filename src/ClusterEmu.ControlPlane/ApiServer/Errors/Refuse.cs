using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>The refusals of an API server, in Kubernetes' words. Source: k8s.io/apimachinery api/errors/errors.go.</summary>
public static class Refuse
{
    public const string ModifiedMessage = "the object has been modified; please apply your changes to the latest version and try again";

    public static ApiException NotFound(KindInfo kind, string name) =>
        Named(404, "NotFound", $"{kind.QualifiedPlural} \"{name}\" not found", kind, name);

    public static ApiException AlreadyExists(KindInfo kind, string name) =>
        Named(409, "AlreadyExists", $"{kind.QualifiedPlural} \"{name}\" already exists", kind, name);

    /// <summary>A generated name met an existing object, also after several tries.</summary>
    public static ApiException GeneratedNameExists(KindInfo kind, string name) => Named(
        409, "AlreadyExists", $"{kind.QualifiedPlural} \"{name}\" already exists, the server was not able to generate a unique name for the object", kind, name);

    public static ApiException Conflict(KindInfo kind, string name, string why) =>
        Named(409, "Conflict", $"Operation cannot be fulfilled on {kind.QualifiedPlural} \"{name}\": {why}", kind, name);

    /// <summary>A delete's precondition; Kubernetes names the kind here, not the resource.</summary>
    public static ApiException PreconditionFailed(KindInfo kind, string name, string why) => new(
        Failure(409, "Conflict", $"Operation cannot be fulfilled on {(kind.Group.Length == 0 ? kind.Kind : $"{kind.Kind}.{kind.Group}")} \"{name}\": {why}") with
        {
            Details = new StatusDetails { Name = name, Group = kind.Group, Kind = kind.Kind },
        });

    /// <summary>An apply would change fields of others.</summary>
    public static ApiException ApplyConflicts(IReadOnlyList<ApplyConflict> conflicts) => new(
        Failure(409, "Conflict", ApplyConflict.Describe(conflicts)) with
        {
            Details = new StatusDetails
            {
                Causes = [.. conflicts.Select(conflict => new StatusCause { Reason = "FieldManagerConflict", Message = conflict.Message, Field = conflict.Field })],
            },
        });

    public static ApiException Modified(KindInfo kind, string name) => Conflict(kind, name, ModifiedMessage);

    public static ApiException Forbidden(KindInfo kind, string name, string why, params StatusCause[] causes)
    {
        var what = name.Length == 0 ? kind.QualifiedPlural : $"{kind.QualifiedPlural} \"{name}\"";
        var status = Named(403, "Forbidden", $"{what} is forbidden: {why}", kind, name).Status;
        return new ApiException(status with { Details = status.Details! with { Causes = causes } });
    }

    public static ApiException NamespaceTerminating(KindInfo kind, string name, string ns) => Forbidden(
        kind, name, $"unable to create new content in namespace {ns} because it is being terminated",
        new StatusCause { Reason = "NamespaceTerminating", Message = $"namespace {ns} is being terminated", Field = "metadata.namespace" });

    public static ApiException Invalid(KindInfo kind, string name, IReadOnlyList<FieldError> errors) => Invalid(kind.Group, kind.Kind, name, errors);

    public static ApiException Invalid(string group, string kind, string name, IReadOnlyList<FieldError> errors)
    {
        var messages = errors.Select(error => error.ToString()).Distinct(StringComparer.Ordinal).ToList();
        var all = messages.Count == 1 ? messages[0] : $"[{string.Join(", ", messages)}]";
        var qualified = group.Length == 0 ? kind : $"{kind}.{group}";
        return new ApiException(Failure(422, "Invalid", $"{qualified} \"{name}\" is invalid: {all}") with
        {
            Details = new StatusDetails
            {
                Name = name,
                Group = group,
                Kind = kind,
                Causes = [.. errors.Select(error => new StatusCause { Reason = error.Reason, Message = error.Body, Field = error.Path })],
            },
        });
    }

    public static ApiException BadRequest(string message) => new(Failure(400, "BadRequest", message));

    public static ApiException NoSuchPath() => WithoutName(404, "NotFound", "the server could not find the requested resource");

    public static ApiException MethodNotAllowed() =>
        WithoutName(405, "MethodNotAllowed", "the server does not allow this method on the requested resource");

    public static ApiException NotAcceptable(string accepted) =>
        WithoutName(406, "NotAcceptable", $"only the following media types are accepted: {accepted}");

    public static ApiException UnsupportedMediaType(string accepted) =>
        WithoutName(415, "UnsupportedMediaType", $"the body of the request was in an unknown format - accepted media types include: {accepted}");

    public static ApiException TooLarge(string message) => new(Failure(413, "RequestEntityTooLarge", message));

    /// <summary>The client let the server wait for too long. Kubernetes' reason for a request that did not complete in time.</summary>
    public static ApiException RequestTimeout(string message) => new(Failure(408, "Timeout", "Timeout: " + message));

    public static ApiException Unauthorized() => new(Failure(401, "Unauthorized", "Unauthorized"));

    /// <summary>A patch that cannot be applied to the object as it is.</summary>
    public static ApiException PatchRefused(string message) => WithoutName(422, "Invalid", message);

    public static ApiException Expired(string message) => new(Failure(410, "Expired", message));

    /// <summary>A list that cannot go on as it began, and a token with which it can go on all the same.</summary>
    public static ApiException Expired(string message, string continueWith) =>
        new(Failure(410, "Expired", message) with { Metadata = new ListMeta { Continue = continueWith } });

    public static ApiException TooLargeResourceVersion(long wanted, long current) => new(
        Failure(504, "Timeout", $"Timeout: Too large resource version: {wanted}, current: {current}") with
        {
            Details = new StatusDetails
            {
                Causes = [new StatusCause { Reason = "ResourceVersionTooLarge", Message = "Too large resource version" }],
                RetryAfterSeconds = 1,
            },
        });

    public static ApiException TooManyRequests(string message) => new(
        Failure(429, "TooManyRequests", message) with { Details = new StatusDetails { RetryAfterSeconds = 1 } });

    /// <summary>An eviction that a disruption budget does not allow now.</summary>
    /// <param name="why">For the cause DisruptionBudget.</param>
    /// <param name="retryAfterSeconds">When to try again; 0 if nobody can tell.</param>
    public static ApiException Disruption(string why, int retryAfterSeconds) => new(
        Failure(429, "TooManyRequests", "Cannot evict pod as it would violate the pod's disruption budget.") with
        {
            Details = new StatusDetails { Causes = [new StatusCause { Reason = "DisruptionBudget", Message = why }], RetryAfterSeconds = retryAfterSeconds },
        });

    public static ApiException Internal(string message) => new(
        Failure(500, "InternalError", $"Internal error occurred: {message}") with
        {
            Details = new StatusDetails { Causes = [new StatusCause { Message = message }] },
        });

    public static ApiException Unavailable(string message) => new(Failure(503, "ServiceUnavailable", message));

    private static ApiException Named(int code, string reason, string message, KindInfo kind, string name) => new(
        Failure(code, reason, message) with { Details = new StatusDetails { Name = name, Group = kind.Group, Kind = kind.Plural } });

    private static ApiException WithoutName(int code, string reason, string message) => new(Failure(code, reason, message) with { Details = new StatusDetails() });

    private static Status Failure(int code, string reason, string message) =>
        new() { Outcome = "Failure", Code = code, Reason = reason, Message = message };
}
