using System.Globalization;
using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane.Tests;

/// <summary>A kubelet's part for all nodes: bound Pods get an address and are ready, Pods to be ended end at once.</summary>
internal sealed class EmulatedKubelet : ReceiveActor
{
    private readonly HashSet<string> _started = [];
    private int _next = 4;

    public EmulatedKubelet(IKubeClient client, IActorRef hub)
    {
        hub.Tell(new SubscribeInformer(Kinds.Pod, Self));
        Receive<InformerSynced>(message =>
        {
            foreach (var item in message.Items) Look(client, (Pod)item);
        });
        Receive<InformerChanged>(message =>
        {
            if (message.Type != WatchEventType.Deleted) Look(client, (Pod)message.Object);
        });
        Receive<ApiReply>(reply =>
        {
            // A write that met a newer Pod is made again from that one, when the watch brings it.
            if (!reply.Ok && reply.Call.Body is Pod pod) _started.Remove(pod.Metadata.Uid);
        });
    }

    private void Look(IKubeClient client, Pod pod)
    {
        if (pod.Spec.NodeName.Length == 0) return;
        if (pod.Metadata.DeletionTimestamp is not null)
        {
            var now = new DeleteOptions { GracePeriodSeconds = 0, Preconditions = new Preconditions { Uid = pod.Metadata.Uid } };
            client.Send(ApiCall.Delete(Kinds.Pod, pod.Metadata.Namespace, pod.Metadata.Name, now), Self);
            return;
        }
        if (pod.Status.PodIP.Length > 0 || !_started.Add(pod.Metadata.Uid)) return;
        _next++;
        var ip = string.Create(CultureInfo.InvariantCulture, $"172.17.{_next / 250}.{_next % 250}");
        var ready = new PodCondition { Type = "Ready", Status = "True", LastTransitionTime = Make.Noon };
        client.Send(ApiCall.UpdateStatus(pod with
        {
            Status = pod.Status with { Phase = "Running", PodIP = ip, PodIPs = [new PodIP { IP = ip }], Conditions = [.. pod.Status.Conditions.Where(one => one.Type != "Ready"), ready] },
        }), Self);
    }
}
