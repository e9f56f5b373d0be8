using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.Testing;

/// <summary>The cluster's API refused a call. The message is as kubectl would print it.</summary>
public sealed class ClusterApiException : Exception
{
    internal ClusterApiException(ApiReply reply) : base(TextOf(reply))
    {
        Code = reply.Code;
        Status = reply.Failure;
    }

    /// <summary>The HTTP code: 404, 409, 422, …; 0 if no answer came.</summary>
    public int Code { get; }

    /// <summary>The server's answer, with reason and causes; null if none came.</summary>
    public Status? Status { get; }

    internal static string TextOf(ApiReply reply) => reply.Failure switch
    {
        null => $"Error from server: code {reply.Code} without an explanation",
        { Reason: { Length: > 0 } reason } failure => $"Error from server ({reason}): {failure.Message}",
        var failure => $"Error from server: {failure.Message}",
    };
}

/// <summary>Documents of a manifest were refused. The message names each with its line and the server's reason; the others were applied.</summary>
public sealed class ApplyException : Exception
{
    internal ApplyException(IReadOnlyList<string> failures) : base(string.Join(Environment.NewLine, failures)) => Failures = failures;

    /// <summary>One text for each document refused, in their order.</summary>
    public IReadOnlyList<string> Failures { get; }
}

/// <summary>A condition did not come true in time. The message says what was waited for and shows the last state.</summary>
public sealed class WaitTimeoutException : TimeoutException
{
    internal WaitTimeoutException(string message) : base(message) { }
}
