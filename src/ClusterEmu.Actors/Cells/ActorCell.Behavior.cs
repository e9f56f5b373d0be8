namespace ClusterEmu.Actors;

internal sealed partial class ActorCell
{
    private object? _behaviors; // Null: the actor's own Receive. A Receive: one behavior above it. A Stack<Receive>: several.
    private bool _overridesAroundReceive;

    private void ReceiveMessage(object message)
    {
        var actor = _actor!;
        switch (_behaviors)
        {
            case null when !_overridesAroundReceive: actor.ReceiveFirstBehavior(message); break;
            case null: actor.ReceiveAround(actor.OwnReceive, message); break;
            case Receive behavior: actor.ReceiveAround(behavior, message); break;
            default: actor.ReceiveAround(((Stack<Receive>)_behaviors).Peek(), message); break;
        }
    }

    public void Become(Receive receive)
    {
        if (_behaviors is Stack<Receive> stack)
        {
            stack.Pop();
            stack.Push(receive);
        }
        else
        {
            _behaviors = receive;
        }
    }

    public void BecomeStacked(Receive receive)
    {
        if (_behaviors is not Stack<Receive> stack)
        {
            stack = new Stack<Receive>();
            stack.Push(_behaviors as Receive ?? _actor!.OwnReceive);
            _behaviors = stack;
        }

        stack.Push(receive);
    }

    public void UnbecomeStacked()
    {
        switch (_behaviors)
        {
            case Stack<Receive> { Count: > 1 } stack:
                stack.Pop();
                break;
            case Receive:
                _behaviors = null;
                break;
        }
    }

    public void Become(UntypedReceive receive) => Become(message =>
    {
        receive(message);
        return true;
    });

    public void BecomeStacked(UntypedReceive receive) => BecomeStacked(message =>
    {
        receive(message);
        return true;
    });
}
