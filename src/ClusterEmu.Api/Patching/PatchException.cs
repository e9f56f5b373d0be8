namespace ClusterEmu.Api;

/// <summary>A patch that cannot be read or applied; the API server answers with these three.</summary>
public sealed class PatchException(int code, string reason, string message) : Exception(message)
{
    /// <summary>The HTTP code: 400, 413 or 422.</summary>
    public int Code { get; } = code;

    /// <summary>The Status' reason, such as <c>BadRequest</c>.</summary>
    public string Reason { get; } = reason;

    internal static PatchException BadRequest(string message) => new(400, "BadRequest", message);

    /// <summary>The patch is well-formed, but does not apply to this object.</summary>
    internal static PatchException Unprocessable() => new(422, "Invalid", "the server rejected our request due to an error in our request");

    internal static PatchException TooLarge(string message) => new(413, "RequestEntityTooLarge", "Request entity is too large: " + message);
}
