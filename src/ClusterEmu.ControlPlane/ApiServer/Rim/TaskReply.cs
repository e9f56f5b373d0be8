namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>An answer as a task. Continuations never run within the store's writer.</summary>
internal sealed class TaskReply : IApiReply
{
    private readonly TaskCompletionSource<ApiResponse> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<ApiResponse> Task => _source.Task;

    public void Complete(ApiResponse response) => _source.TrySetResult(response);
}
