using ClusterEmu.Client;

namespace ClusterEmu.Simulation;

/// <summary>Decides what becomes of a call after its answer.</summary>
internal static class OperatorPolicy
{
    /// <returns>The call to send next, or null if it is done; and, if it is done, why it was refused for good.</returns>
    public static (ApiCall? Next, string? Refusal) After(ApiCall call, ApiReply reply) => reply switch
    {
        { Ok: true } => (null, null),
        { AlreadyExists: true } when call.Verb == ApiVerb.Create => (Patch(call), null),
        { NotFound: true } when call.Verb == ApiVerb.Delete => (null, null),
        { Code: 400 or 405 or 413 or 415 or 422 } => (null, reply.Failure?.Message ?? $"code {reply.Code}"),
        // No answer, a server that is busy or breaks, a namespace or object that does not exist yet or is on its way out: again.
        _ => (call, null),
    };

    private static ApiCall Patch(ApiCall create) =>
        ApiCall.MergePatch(create.Kind, create.Namespace, create.Body!.Metadata.Name, create.Kind.Encode(create.Body));
}
