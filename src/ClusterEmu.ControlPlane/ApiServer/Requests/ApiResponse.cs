using ClusterEmu.Api;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>The answer to an <see cref="ApiRequest"/>: one of an object, a list, or a Status.</summary>
public sealed record ApiResponse
{
    /// <summary>The HTTP code.</summary>
    public required int Code { get; init; }

    /// <summary>An object as stored, with its bytes.</summary>
    public StoredObject? Stored { get; init; }

    /// <summary>An object that is not stored as such: a Scale, or the outcome of a dry run.</summary>
    public IKubeObject? Computed { get; init; }
    public ApiList? List { get; init; }

    /// <summary>A failure, or the success of something that answers with no object.</summary>
    public Status? Status { get; init; }

    /// <summary>Warning headers, without the leading <c>299 - </c>.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    public bool Failed => Code >= 400;
    public IKubeObject? Object => Computed ?? Stored?.Decode();

    public static ApiResponse Of(StoredObject stored, int code = 200) => new() { Code = code, Stored = stored };

    public static ApiResponse Of(IKubeObject value, int code = 200) => new() { Code = code, Computed = value };

    public static ApiResponse Of(Status status) => new() { Code = status.Code == 0 ? 200 : status.Code, Status = status };

    /// <summary>What a failed request is answered with. Anything unforeseen is an internal error.</summary>
    public static ApiResponse Of(Exception problem) => Of(Describe(problem));

    /// <summary>True for what no rule of the API explains: a mistake of the server's own, to be logged.</summary>
    public static bool IsUnforeseen(Exception problem) =>
        problem is not (ApiException or ObjectDecodingException or SelectorException or StoreUnavailableException);

    private static Status Describe(Exception problem) => problem switch
    {
        ApiException refused => refused.Status,
        ObjectDecodingException malformed => Refuse.BadRequest(malformed.Message).Status,
        SelectorException malformed => Refuse.BadRequest(malformed.Message).Status,
        StoreUnavailableException { Overloaded: true } => Refuse.TooManyRequests(problem.Message).Status,
        StoreUnavailableException => Refuse.Unavailable(problem.Message).Status,
        _ => Refuse.Internal(problem.Message).Status,
    };
}

/// <summary>Objects of one kind at one revision.</summary>
/// <param name="Kind">The kind of the items.</param>
/// <param name="Items">By namespace and name.</param>
/// <param name="Revision">The state that the list shows.</param>
/// <param name="Continue">Asks for the rest; empty at the end.</param>
/// <param name="Remaining">How many are left, where that is known.</param>
public sealed record ApiList(KindInfo Kind, IReadOnlyList<StoredObject> Items, long Revision, string Continue, long? Remaining);

/// <summary>Where an answer goes. Called once; must not block.</summary>
public interface IApiReply
{
    void Complete(ApiResponse response);
}
