using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane;

/// <summary>Starts all controllers, each a child of this actor. One that fails is restarted and lists anew; the others go on.</summary>
public sealed class ControllerManager : ReceiveActor
{
    public ControllerManager(IKubeClient client, IActorRef informerHub, ControllerOptions options)
    {
        var services = new ControllerServices(client, informerHub, Context.ActorOf(EventRecorder.PropsFor(client), "events"), options);
        (string Name, Props Props)[] controllers =
        [
            ("deployments", DeploymentController.PropsFor(services)),
            ("replicasets", ReplicaSetController.PropsFor(services)),
            ("endpoints", EndpointsController.PropsFor(services)),
            ("endpointslices", EndpointSliceController.PropsFor(services)),
            ("endpointslice-mirrors", SliceMirrorController.PropsFor(services)),
            ("load-balancers", LoadBalancerController.PropsFor(services)),
            ("node-ipam", NodeIpamController.PropsFor(services)),
            ("node-lifecycle", NodeLifecycleController.PropsFor(services)),
            ("namespaces", NamespaceController.PropsFor(services)),
            ("namespace-defaults", NamespaceDefaultsController.PropsFor(services)),
            ("garbage-collector", GarbageCollector.PropsFor(services)),
            ("pod-collector", PodCollector.PropsFor(services)),
            ("scheduler", Scheduler.PropsFor(services)),
        ];
        foreach (var (name, props) in controllers) Context.ActorOf(props, name);
    }

    /// <summary>Starts them under <paramref name="parent"/>, by the name <c>controllers</c>.</summary>
    /// <param name="parent">An actor system, or the context of an actor.</param>
    /// <param name="client">The cluster's API.</param>
    /// <param name="informerHub">The process's <see cref="InformerHub"/> over the same cluster.</param>
    /// <param name="options">How they behave; free of <see cref="ControllerOptions.Problems"/>.</param>
    /// <returns>Their supervisor: stopping it stops them all.</returns>
    public static IActorRef Start(IActorRefFactory parent, IKubeClient client, IActorRef informerHub, ControllerOptions options) =>
        parent.ActorOf(Props.Create(() => new ControllerManager(client, informerHub, options)), "controllers");
}
