namespace ClusterEmu.Actors;

/// <summary>An actor that registers one handler per message type in its constructor. The first that fits handles the message.</summary>
public abstract class ReceiveActor : UntypedActor
{
    private HandlerSet? _configuring;
    private ReceiveShape _shape;
    private object[] _handlers;

    protected ReceiveActor()
    {
        _shape = ReceiveShape.Root;
        _handlers = [];
        _configuring = HandlerSet.Rent();
    }

    protected override void OnReceive(object message)
    {
        if (!_shape.Run(_handlers, message)) Unhandled(message);
    }

    internal override void ReceiveFirstBehavior(object message)
    {
        if (!_shape.Run(_handlers, message)) Unhandled(message);
    }

    internal override void AfterConstruction() => (_shape, _handlers) = Finish();

    /// <summary>Replaces all handlers by those that <paramref name="configure"/> registers.</summary>
    protected void Become(Action configure) => Owner.Become(Configure(configure));

    /// <summary>Puts the handlers that <paramref name="configure"/> registers on top of the current ones.</summary>
    protected void BecomeStacked(Action configure) => Owner.BecomeStacked(Configure(configure));

    private Receive Configure(Action configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        _configuring = HandlerSet.Rent();
        configure();
        var (shape, handlers) = Finish();
        return message =>
        {
            if (!shape.Run(handlers, message)) Unhandled(message);
            return true;
        };
    }

    private (ReceiveShape Shape, object[] Handlers) Finish()
    {
        var set = _configuring!;
        _configuring = null;
        return set.TakeAndReturn();
    }

    private HandlerSet Registering => _configuring
        ?? throw new InvalidOperationException("You may only call Receive-methods when constructing the actor and inside Become().");

    protected void Receive<T>(Action<T> handler, Predicate<T>? shouldHandle = null)
    {
        if (shouldHandle is null) Registering.Add(typeof(T), handler, ActionHandler<T>.Instance, mayDecline: false);
        else Registering.Add(typeof(T), new GuardedHandler<T>.Pair(handler, shouldHandle), GuardedHandler<T>.Instance, mayDecline: true);
    }

    protected void Receive<T>(Predicate<T> shouldHandle, Action<T> handler) => Receive(handler, shouldHandle);

    protected void Receive(Type messageType, Action<object> handler, Predicate<object>? shouldHandle = null)
    {
        if (shouldHandle is null)
            Registering.Add(messageType, handler, ActionHandler<object>.Instance, mayDecline: false);
        else
            Registering.Add(messageType, new GuardedHandler<object>.Pair(handler, shouldHandle), GuardedHandler<object>.Instance, mayDecline: true);
    }

    protected void Receive(Type messageType, Predicate<object> shouldHandle, Action<object> handler) =>
        Receive(messageType, handler, shouldHandle);

    /// <summary>Registers a handler that may decline a message by returning false.</summary>
    protected void Receive<T>(Func<T, bool> handler) =>
        Registering.Add(typeof(T), handler, DecliningHandler<T>.Instance, mayDecline: true);

    protected void Receive(Type messageType, Func<object, bool> handler) =>
        Registering.Add(messageType, handler, DecliningHandler<object>.Instance, mayDecline: true);

    /// <summary>Registers a handler for whatever no other took. It must be the last.</summary>
    protected void ReceiveAny(Action<object> handler) =>
        Registering.Add(typeof(object), handler, ActionHandler<object>.Instance, mayDecline: false);
}
