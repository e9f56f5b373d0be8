using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane;

/// <summary>Starts all controllers, each a child of this actor. One that fails is restarted and lists anew; the others go on.</summary>
/// <remarks>One that fails more than 5 times in 10 s is started again a second after each further failure, so that it does not eat the machine.</remarks>
public sealed class ControllerManager : ReceiveActor, IWithTimers
{
    private const int QuickRestarts = 5;
    private static readonly TimeSpan RestartWindow = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly Dictionary<string, Props> _controllers = new(StringComparer.Ordinal);

    public ControllerManager(IKubeClient client, IActorRef informerHub, ControllerOptions options)
    {
        var named = new NamedKubeClient(client, "kube-controller-manager");
        var services = new ControllerServices(named, informerHub, Context.ActorOf(EventRecorder.PropsFor(named), "events"), options);
        var cloud = services with { Client = new NamedKubeClient(client, "cloud-controller-manager") };
        var scheduling = services with { Client = new NamedKubeClient(client, "kube-scheduler") };
        Begin(
        [
            ("deployments", DeploymentController.PropsFor(services)),
            ("replicasets", ReplicaSetController.PropsFor(services)),
            ("endpoints", EndpointsController.PropsFor(services)),
            ("endpointslices", EndpointSliceController.PropsFor(services)),
            ("endpointslice-mirrors", SliceMirrorController.PropsFor(services)),
            ("load-balancers", LoadBalancerController.PropsFor(cloud)),
            ("node-ipam", NodeIpamController.PropsFor(services)),
            ("node-lifecycle", NodeLifecycleController.PropsFor(services)),
            ("disruptions", DisruptionController.PropsFor(services)),
            ("namespaces", NamespaceController.PropsFor(services)),
            ("namespace-defaults", NamespaceDefaultsController.PropsFor(services)),
            ("garbage-collector", GarbageCollector.PropsFor(services)),
            ("pod-collector", PodCollector.PropsFor(services)),
            ("scheduler", Scheduler.PropsFor(scheduling)),
            .. options.TokenFor is null ? [] : ((string, Props)[])[("token-secrets", TokenSecretController.PropsFor(services))],
        ]);
    }

    internal ControllerManager(IReadOnlyList<(string Name, Props Props)> controllers) => Begin(controllers);

    public ITimerScheduler Timers { get; set; } = null!;

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(QuickRestarts, RestartWindow, _ => Directive.Restart);

    private void Begin(IReadOnlyList<(string Name, Props Props)> controllers)
    {
        foreach (var (name, props) in controllers)
        {
            _controllers[name] = props;
            Run(name);
        }
        Receive<Terminated>(message => { Ended(message.ActorRef.Path.Name); });
        Receive<RunAgain>(message => { Run(message.Name); });
    }

    private void Run(string name) => Context.Watch(Context.ActorOf(_controllers[name], name));

    private void Ended(string name)
    {
        Context.GetLogger().Error("Controller {0} failed more than {1} times in {2} s: it is started again in {3} s. Its failures are logged above.", name, QuickRestarts, RestartWindow.TotalSeconds, Pause.TotalSeconds);
        Timers.StartSingleTimer(name, new RunAgain(name), Pause);
    }

    /// <summary>Starts them under <paramref name="parent"/>, by the name <c>controllers</c>.</summary>
    /// <param name="parent">An actor system, or the context of an actor.</param>
    /// <param name="client">The cluster's API.</param>
    /// <param name="informerHub">The process's <see cref="InformerHub"/> over the same cluster.</param>
    /// <param name="options">How they behave; free of <see cref="ControllerOptions.Problems"/>.</param>
    /// <returns>Their supervisor: stopping it stops them all.</returns>
    public static IActorRef Start(IActorRefFactory parent, IKubeClient client, IActorRef informerHub, ControllerOptions options) =>
        parent.ActorOf(Props.Create(() => new ControllerManager(client, informerHub, options)), "controllers");

    private sealed record RunAgain(string Name);
}
