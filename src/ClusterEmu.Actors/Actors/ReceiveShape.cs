namespace ClusterEmu.Actors;

/// <summary>
/// The message types of an actor's handlers in order of registration: a node of one tree that all actors share, so that
/// an actor keeps only its delegates, and which of them fit a message type is worked out once per kind of actor.
/// </summary>
internal sealed class ReceiveShape
{
    public static readonly ReceiveShape Root = new(null, typeof(object), null);

    private readonly ReceiveShape? _parent;
    private readonly Type _type;
    private readonly HandlerInvoker? _invoker;
    private readonly int _depth;
    private readonly Lock _gate = new();
    private ReceiveShape[] _next = [];
    private Route[] _routes = [];

    private ReceiveShape(ReceiveShape? parent, Type type, HandlerInvoker? invoker)
    {
        _parent = parent;
        _type = type;
        _invoker = invoker;
        _depth = parent is null ? 0 : parent._depth + 1;
    }

    /// <summary>For one message type: the handlers that fit, in order.</summary>
    private sealed record Route(Type MessageType, int[] Indices, HandlerInvoker[] Invokers);

    /// <summary>The shape with one more handler.</summary>
    public ReceiveShape Then(Type type, HandlerInvoker invoker)
    {
        foreach (var known in Volatile.Read(ref _next))
            if (known._type == type && ReferenceEquals(known._invoker, invoker))
                return known;
        lock (_gate)
        {
            foreach (var known in _next)
                if (known._type == type && ReferenceEquals(known._invoker, invoker))
                    return known;
            var added = new ReceiveShape(this, type, invoker);
            Volatile.Write(ref _next, [.. _next, added]);
            return added;
        }
    }

    /// <summary>Gives the message to the first handler that fits and does not decline. False if there is none.</summary>
    public bool Run(object[] handlers, object message)
    {
        var type = message.GetType();
        var route = Find(type);
        var indices = route.Indices;
        for (var i = 0; i < indices.Length; i++)
            if (route.Invokers[i].Invoke(handlers[indices[i]], message))
                return true;
        return false;
    }

    private Route Find(Type type)
    {
        var routes = Volatile.Read(ref _routes);
        for (var i = 0; i < routes.Length; i++)
            if (ReferenceEquals(routes[i].MessageType, type))
                return routes[i];
        return Add(type);
    }

    private Route Add(Type type)
    {
        var indices = new List<int>();
        var invokers = new List<HandlerInvoker>();
        for (var shape = this; shape._parent is not null; shape = shape._parent)
            if (shape._type.IsAssignableFrom(type))
            {
                indices.Insert(0, shape._depth - 1);
                invokers.Insert(0, shape._invoker!);
            }

        var route = new Route(type, [.. indices], [.. invokers]);
        lock (_gate)
        {
            // Many types of message at one kind of actor (a ReceiveAny) must not make the search long: the oldest half goes.
            var kept = _routes.Length < 64 ? _routes : _routes[32..];
            Volatile.Write(ref _routes, [.. kept, route]);
        }

        return route;
    }
}
