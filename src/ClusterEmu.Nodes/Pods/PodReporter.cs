using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.Nodes;

/// <summary>Writes one Pod's status: one write at a time, only the newest of those that wait, again after a failure.</summary>
/// <remarks>Belongs to one <see cref="PodRunner"/>, which hands it the replies tagged <see cref="Written"/>.</remarks>
internal sealed class PodReporter(IKubeClient client, IActorRef replyTo, PodStatus first)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>Who was not contradicted for so long corrects at once again.</summary>
    private const long CalmMicroseconds = 10_000_000;

    private PodStatus _last = first;
    private string? _acknowledged;
    private ApiCall? _waiting;
    private bool _writing;
    private bool _failed;
    private bool _any;
    private TimeSpan _pause = FirstPause;
    private long? _correctedAt;
    private TimeSpan _rest;

    /// <summary>The tag of its calls.</summary>
    public sealed record Written;

    /// <summary>Sent by the actor to itself when a failed write is due again.</summary>
    public sealed record Again;

    /// <summary>Sent by the actor to itself when a correction is due that had to wait.</summary>
    public sealed record CorrectionDue;

    /// <summary>Nothing is being written and nothing waits.</summary>
    public bool Idle => !_writing && !_failed && _waiting is null;

    /// <summary>What the next status starts from: the last one written, with the conditions that others added since.</summary>
    public PodStatus Base(Pod pod)
    {
        var foreign = pod.Status.Conditions.Where(condition => !Own(condition.Type));
        return _last with { Conditions = [.. _last.Conditions.Where(condition => Own(condition.Type)), .. foreign] };
    }

    /// <summary>
    /// Whether the API's status says something else than the last one written, as after a node was thought dead, or when a write of the
    /// node's former life arrived late. What was read before the last write was answered says nothing.
    /// </summary>
    /// <remarks>Source: pkg/kubelet/status/status_manager.go (needsReconcile): the kubelet is the source of truth of a Pod's status.</remarks>
    public bool Differs(Pod pod) => _any && Idle && ResourceVersions.IsNewer(pod.Metadata.ResourceVersion, _acknowledged)
        && (!SameFacts(pod.Status, _last) || GatesChanged(pod));

    /// <summary>
    /// How long a correction has to wait; zero: it is made now. The first is made at once, further ones ever later: as long as the node counts as
    /// lost, its controller takes back whatever is corrected, and both would write as fast as they can.
    /// </summary>
    /// <param name="now">In microseconds.</param>
    /// <remarks>Source: pkg/kubelet/status/status_manager.go (syncPeriod): Kubernetes' kubelet looks for differences every 10 s.</remarks>
    public TimeSpan CorrectAfter(long now)
    {
        var since = now - _correctedAt ?? CalmMicroseconds;
        if (since >= CalmMicroseconds) _rest = TimeSpan.Zero;
        if (_rest > TimeSpan.FromMicroseconds(since)) return _rest - TimeSpan.FromMicroseconds(since);
        _correctedAt = now;
        _rest = _rest == TimeSpan.Zero ? FirstPause : _rest * 2 < LongestPause ? _rest * 2 : LongestPause;
        return TimeSpan.Zero;
    }

    public void Write(Pod pod, PodStatus status)
    {
        _last = status;
        _any = true;
        _failed = false;
        var meta = new ObjectMeta { Name = pod.Metadata.Name, Namespace = pod.Metadata.Namespace, Uid = pod.Metadata.Uid };
        _waiting = StatusPatches.Call(Kinds.Pod, new Pod { Metadata = meta, Status = status }, PatchFormat.Merge, new Written());
        SendNext();
    }

    /// <summary>Takes in a reply; a pause after which the status must be reported again, or null.</summary>
    public TimeSpan? Answered(ApiReply reply)
    {
        _writing = false;
        if (reply.Ok) _acknowledged = reply.ResourceVersion;
        if (reply.Ok || reply.NotFound || reply.Conflict || (reply.Definite && reply.Code is >= 400 and < 500 and not 429))
        {
            _pause = FirstPause;
            SendNext();
            return null;
        }

        _failed = true;
        _waiting = null;
        var pause = _pause;
        _pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        return pause;
    }

    private void SendNext()
    {
        if (_writing || _waiting is null) return;
        _writing = true;
        client.Send(_waiting, replyTo);
        _waiting = null;
    }

    private bool GatesChanged(Pod pod) => pod.Spec.ReadinessGates.Any(gate => StatusOf(pod.Status, gate.ConditionType) != StatusOf(_last, gate.ConditionType));

    private static bool SameFacts(PodStatus left, PodStatus right) =>
        left.Phase == right.Phase && left.Reason == right.Reason && left.PodIP == right.PodIP && ReadyOf(left) == ReadyOf(right)
        && SameFacts(left.InitContainerStatuses, right.InitContainerStatuses) && SameFacts(left.ContainerStatuses, right.ContainerStatuses);

    private static bool SameFacts(IReadOnlyList<ContainerStatus> left, IReadOnlyList<ContainerStatus> right)
    {
        if (left.Count != right.Count) return false;
        for (var i = 0; i < left.Count; i++)
        {
            var (a, b) = (left[i], right[i]);
            if (a.Name != b.Name || a.ContainerID != b.ContainerID || a.Ready != b.Ready || a.RestartCount != b.RestartCount || a.State != b.State) return false;
        }
        return true;
    }

    private static string ReadyOf(PodStatus status) => StatusOf(status, "Ready");

    private static string StatusOf(PodStatus status, string type) => status.Conditions.FirstOrDefault(condition => condition.Type == type)?.Status ?? "";

    private static bool Own(string type) => type is "PodReadyToStartContainers" or "Initialized" or "Ready" or "ContainersReady" or "PodScheduled";
}
