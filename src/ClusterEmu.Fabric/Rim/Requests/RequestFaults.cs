using System.Net.Sockets;
using System.Security.Authentication;

namespace ClusterEmu.Fabric;

/// <summary>Tells why a request got no answer.</summary>
internal static class RequestFaults
{
    public static (RequestFailure Kind, string Reason) Classify(Exception error, RequestAttempt attempt, int timeoutMs)
    {
        if (attempt.Failure is { } failure) return failure;
        if (error is OperationCanceledException || attempt.Limit.IsCancellationRequested)
            return (RequestFailure.Timeout, $"No complete answer within {timeoutMs} ms.");
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case SocketException { SocketErrorCode: SocketError.ConnectionRefused }:
                    return (RequestFailure.Refused, error.Message);
                case AuthenticationException:
                    return (RequestFailure.Reset, $"The TLS handshake failed: {cause.Message}");
            }
        }
        return (RequestFailure.Reset, (error.InnerException ?? error).Message);
    }

    /// <summary>The word for traces.</summary>
    public static string Word(RequestFailure kind) => kind switch
    {
        RequestFailure.Refused => "refused",
        RequestFailure.Timeout => "timeout",
        RequestFailure.Dns => "dns",
        _ => "reset",
    };
}
