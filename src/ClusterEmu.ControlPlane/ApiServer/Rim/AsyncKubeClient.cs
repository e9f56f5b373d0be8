using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>The in-process client for code that awaits.</summary>
public sealed class AsyncKubeClient(ApiCore core, string user) : InProcessKubeClient(core, user), IAsyncKubeClient
{
    public Task<ApiReply> SendAsync(ApiCall call, CancellationToken cancellationToken = default)
    {
        var reply = new TaskReply();
        Handle(call, reply);
        return Await(call, reply.Task, cancellationToken);
    }

    private async Task<ApiReply> Await(ApiCall call, Task<ApiResponse> answer, CancellationToken cancellationToken) =>
        ApiCalls.ReplyTo(call, await answer.WaitAsync(cancellationToken).ConfigureAwait(false), KindNow(call.Kind));
}
