using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;

namespace ClusterEmu.Actors;

/// <summary>Makes an actor, any number of times: at its start and at each restart.</summary>
public interface IIndirectActorProducer
{
    Type ActorType { get; }

    ActorBase Produce();

    /// <summary>Called with each instance when it has stopped or is to be restarted.</summary>
    void Release(ActorBase actor);
}

/// <summary>
/// How to make an actor. Immutable and safe to share. <c>Props.Create(() => new X(a, b))</c> takes plain arguments that
/// are computed here, once; actors made by the thousand use <see cref="CreateBy(IIndirectActorProducer, object[])"/>.
/// </summary>
public class Props : IEquatable<Props>
{
    public static readonly Props None = new();

    private static readonly ConcurrentDictionary<Type, bool> Overriding = new();

    private readonly ActorActivator? _activator;
    private readonly IIndirectActorProducer? _producer;

    protected Props()
    {
        Type = typeof(EmptyActor);
        Arguments = [];
        _activator = ActorActivator.For(Type, []);
    }

    protected Props(Props copy)
    {
        Type = copy.Type;
        Arguments = copy.Arguments;
        SupervisorStrategy = copy.SupervisorStrategy;
        _activator = copy._activator;
        _producer = copy._producer;
    }

    public Props(Type type)
        : this(type, [])
    {
    }

    public Props(Type type, object[] args)
        : this(type, ActorActivator.For(type, args), args)
    {
    }

    private Props(Type type, ActorActivator activator, object[] args)
    {
        Type = type;
        Arguments = args;
        _activator = activator;
    }

    private Props(IIndirectActorProducer producer)
    {
        Type = producer.ActorType;
        Arguments = [];
        _producer = producer;
    }

    public static Props Empty => None;

    public Type Type { get; }

    public string TypeName => Type.AssemblyQualifiedName!;

    public object[] Arguments { get; }

    /// <summary>Supervises the actor's children in place of the actor's own strategy; null for none.</summary>
    public SupervisorStrategy? SupervisorStrategy { get; protected set; }

    internal SupervisorStrategy? ChosenStrategy => SupervisorStrategy;

    /// <exception cref="ArgumentException">The expression is not a bare constructor call.</exception>
    public static Props Create<TActor>(Expression<Func<TActor>> factory, SupervisorStrategy? supervisorStrategy = null)
        where TActor : ActorBase
    {
        if (factory.Body is not NewExpression { Constructor: { } constructor } creation)
            throw new ArgumentException("The create function must be a 'new T (args)' expression");
        var args = ConstructorArguments.Evaluate(creation.Arguments);
        return new Props(creation.Type, ActorActivator.For(constructor), args) { SupervisorStrategy = supervisorStrategy };
    }

    public static Props Create<TActor>(params object[] args)
        where TActor : ActorBase => new(typeof(TActor), args);

    public static Props Create<TActor>(SupervisorStrategy supervisorStrategy)
        where TActor : ActorBase, new() => new(typeof(TActor), []) { SupervisorStrategy = supervisorStrategy };

    public static Props Create(Type type, params object[] args) => new(type, args);

    public static Props CreateBy<TProducer>(params object[] args)
        where TProducer : class, IIndirectActorProducer =>
        new((IIndirectActorProducer)Activator.CreateInstance(typeof(TProducer), args)!);

    public static Props CreateBy(IIndirectActorProducer producer, params object[] args)
    {
        ArgumentNullException.ThrowIfNull(producer);
        return new Props(producer);
    }

    public Props WithSupervisorStrategy(SupervisorStrategy supervisorStrategy)
    {
        var copy = Copy();
        copy.SupervisorStrategy = supervisorStrategy;
        return copy;
    }

    /// <exception cref="TypeLoadException">The constructor threw, or none takes these arguments.</exception>
    public virtual ActorBase NewActor()
    {
        try
        {
            return _producer is not null ? _producer.Produce() : _activator!.Create(Type, Arguments);
        }
        catch (Exception failure)
        {
            throw new TypeLoadException(
                $"Error while creating actor instance of type {Type} with {Arguments.Length} args: ({string.Join(",", Arguments)})", failure);
        }
    }

    protected virtual Props Copy() => new(this);

    internal void Release(ActorBase actor) => _producer?.Release(actor);

    internal static bool OverridesAroundReceive(ActorBase actor) => Overriding.GetOrAdd(actor.GetType(), static type =>
        type.GetMethod("AroundReceive", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public,
            [typeof(Receive), typeof(object)])!.DeclaringType != typeof(ActorBase));

    public bool Equals(Props? other) => other is not null && Type == other.Type && Equals(SupervisorStrategy, other.SupervisorStrategy)
        && ReferenceEquals(_producer, other._producer) && Arguments.SequenceEqual(other.Arguments);

    public override bool Equals(object? obj) => Equals(obj as Props);

    public override int GetHashCode() => HashCode.Combine(Type, Arguments.Length);

    private sealed class EmptyActor : UntypedActor
    {
        protected override void OnReceive(object message) => Unhandled(message);
    }
}
