using System.Runtime.CompilerServices;

namespace ClusterEmu.Actors;

/// <summary>Calls a registered delegate with a message whose type has been checked. False: the handler declined.</summary>
internal abstract class HandlerInvoker
{
    public abstract bool Invoke(object handler, object message);
}

internal sealed class ActionHandler<T> : HandlerInvoker
{
    public static readonly ActionHandler<T> Instance = new();

    public override bool Invoke(object handler, object message)
    {
        Unsafe.As<Action<T>>(handler)((T)message);
        return true;
    }
}

internal sealed class DecliningHandler<T> : HandlerInvoker
{
    public static readonly DecliningHandler<T> Instance = new();

    public override bool Invoke(object handler, object message) => Unsafe.As<Func<T, bool>>(handler)((T)message);
}

internal sealed class GuardedHandler<T> : HandlerInvoker
{
    public static readonly GuardedHandler<T> Instance = new();

    public sealed record Pair(Action<T> Handler, Predicate<T> ShouldHandle);

    public override bool Invoke(object handler, object message)
    {
        var pair = Unsafe.As<Pair>(handler);
        if (!pair.ShouldHandle((T)message)) return false;
        pair.Handler((T)message);
        return true;
    }
}

/// <summary>Gathers the handlers while an actor registers them.</summary>
internal sealed class HandlerSet
{
    [ThreadStatic]
    private static HandlerSet? _spare;

    private readonly List<object> _handlers = new(16);
    private ReceiveShape _shape = ReceiveShape.Root;
    private bool _catchesAll;

    public static HandlerSet Rent()
    {
        var set = _spare ?? new HandlerSet();
        _spare = null;
        set._handlers.Clear();
        set._shape = ReceiveShape.Root;
        set._catchesAll = false;
        return set;
    }

    public void Add(Type type, object handler, HandlerInvoker invoker, bool mayDecline)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(handler);
        if (_catchesAll)
            throw new InvalidOperationException(
                "A handler that catches all messages has been added. No handler can be added after that. Register ReceiveAny last.");
        _catchesAll = type == typeof(object) && !mayDecline;
        _shape = _shape.Then(type, invoker);
        _handlers.Add(handler);
    }

    public (ReceiveShape Shape, object[] Handlers) TakeAndReturn()
    {
        var result = (_shape, _handlers.ToArray());
        _handlers.Clear();
        _spare = this;
        return result;
    }
}
