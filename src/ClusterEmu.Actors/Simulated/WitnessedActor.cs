namespace ClusterEmu.Actors;

/// <summary>Tells of each object that is made as an actor, and of its end; the actor does not change by it.</summary>
/// <remarks>For <see cref="EmbeddedRuntimeSetup.WithProps"/>. Of a <see cref="FilteredActor"/> it is the actor inside the filter.</remarks>
public static class WitnessedActor
{
    /// <param name="props">Of the actor.</param>
    /// <param name="made">Told at its start and at each restart.</param>
    /// <param name="released">Told when it has stopped, or is replaced at a restart; not when its process is killed.</param>
    public static Props PropsFor(Props props, Action<ActorBase> made, Action<ActorBase> released)
    {
        var witnessed = Props.CreateBy(new Producer(props, made, released));
        return props.ChosenStrategy is { } strategy ? witnessed.WithSupervisorStrategy(strategy) : witnessed;
    }

    private sealed class Producer(Props props, Action<ActorBase> made, Action<ActorBase> released) : IIndirectActorProducer
    {
        public Type ActorType => props.Type;

        public ActorBase Produce()
        {
            var actor = props.NewActor();
            made(FilteredActor.InnerOf(actor));
            return actor;
        }

        public void Release(ActorBase actor)
        {
            released(FilteredActor.InnerOf(actor));
            props.Release(actor);
        }
    }
}
