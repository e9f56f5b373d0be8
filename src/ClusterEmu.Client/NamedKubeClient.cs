namespace ClusterEmu.Client;

/// <summary>The API in the name of one program: what it writes is noted as its own in <c>metadata.managedFields</c>.</summary>
/// <param name="inner">Carries the calls out.</param>
/// <param name="manager">Whose fields they are, unless a call says otherwise; as in Kubernetes <c>kubelet</c>, <c>kube-scheduler</c>, ….</param>
public sealed class NamedKubeClient(IKubeClient inner, string manager) : IKubeClient
{
    public void Send(ApiCall call, IActorRef replyTo) =>
        inner.Send(call.FieldManager is null && call.Verb is ApiVerb.Create or ApiVerb.Update or ApiVerb.Patch ? call with { FieldManager = manager } : call, replyTo);

    public IWatch Watch(WatchCall call, IActorRef subscriber) => inner.Watch(call, subscriber);
}
