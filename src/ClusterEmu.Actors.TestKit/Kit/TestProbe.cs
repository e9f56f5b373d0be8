namespace ClusterEmu.Actors.Testing;

/// <summary>A test actor with an inbox of its own that can stand for any actor.</summary>
public class TestProbe : TestKitBase, IActorRef, IInternalActorRef
{
    public TestProbe(ActorSystem system, ITestKitAssertions assertions, string? testProbeName = null)
        : base(assertions, system, testProbeName)
    {
    }

    public IActorRef Ref => TestActor;

    /// <summary>Who sent the last message that the test took.</summary>
    public IActorRef Sender => LastSender;

    ActorPath IActorRef.Path => TestActor.Path;

    EmbeddedActorSystem? IInternalActorRef.OwningSystem => ((IInternalActorRef)TestActor).OwningSystem;

    ActorCell? IInternalActorRef.Cell => ((IInternalActorRef)TestActor).Cell;

    void IInternalActorRef.SendSignal(Signal signal) => ((IInternalActorRef)TestActor).SendSignal(signal);

    /// <summary>Tells as this probe.</summary>
    public void Send(IActorRef actor, object message) => actor.Tell(message, TestActor);

    /// <summary>Tells with the sender of the last message that the test took.</summary>
    public void Forward(IActorRef actor, object message) => actor.Tell(message, Sender);

    /// <summary>Sends on the last message that the test took.</summary>
    public void Forward(IActorRef actor) => actor.Tell(LastMessage, Sender);

    /// <summary>Answers the sender of the last message that the test took.</summary>
    public void Reply(object message) => Sender.Tell(message, TestActor);

    public override TestProbe CreateTestProbe(string? name = null) => base.CreateTestProbe(name);

    void ICanTell.Tell(object message, IActorRef sender) => TestActor.Tell(message, sender);

    public int CompareTo(object? obj) => TestActor.CompareTo(obj);

    int IComparable<IActorRef>.CompareTo(IActorRef? other) => TestActor.CompareTo(other);

    bool IEquatable<IActorRef>.Equals(IActorRef? other) => TestActor.Equals(other);

    public override bool Equals(object? obj) => TestActor.Equals(obj is TestProbe other ? other.TestActor : obj);

    public override int GetHashCode() => TestActor.GetHashCode();

    public override string ToString() => $"TestProbe({TestActor})";
}
