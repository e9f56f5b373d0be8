namespace ClusterEmu.Edge;

/// <summary>Asks nodes after their health, over whatever network there is.</summary>
public interface IHealthAsker
{
    /// <summary>
    /// Sends <c>GET /healthz</c> to a target from <see cref="HealthTarget.Checker"/>, over a connection of its own.
    /// <paramref name="replyTo"/> is told one <see cref="HealthAnswered"/>; or nothing where nobody answers: it keeps the time itself.
    /// </summary>
    /// <param name="target">Who is asked.</param>
    /// <param name="number">Comes back in the answer.</param>
    /// <param name="timeout">After it nobody listens to an answer any more. Above 0.</param>
    /// <param name="replyTo">Who asks.</param>
    void Send(HealthTarget target, long number, TimeSpan timeout, IActorRef replyTo);
}

/// <summary>The answer to a health check.</summary>
/// <param name="Number">Of the question.</param>
/// <param name="Code">HTTP status; 0 if no server answered.</param>
/// <param name="Problem">Why none answered, without a full stop; empty if one did.</param>
public sealed record HealthAnswered(long Number, int Code, string Problem);
