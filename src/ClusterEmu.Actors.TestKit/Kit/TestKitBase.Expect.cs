using System.Runtime.CompilerServices;

namespace ClusterEmu.Actors.Testing;

public abstract partial class TestKitBase
{
    private async ValueTask<T> ExpectAsync<T>(
        Action<T, IActorRef>? check, TimeSpan? timeout, string? hint, bool blocking, CancellationToken cancellationToken)
    {
        var envelope = await TakeAsync(timeout, true, blocking, cancellationToken).ConfigureAwait(true);
        if (envelope is null)
            _assertions.Fail("Failed: Timeout {0} while waiting for a message of type {1} {2}", GetTimeoutOrDefault(timeout), typeof(T), hint ?? "");
        if (envelope!.Message is not T message)
        {
            _assertions.Fail(
                "Failed: Expected a message of type {0}, but received {{{2}}} (type {1}) instead {3} from {4}",
                typeof(T), envelope.Message.GetType(), envelope.Message, hint ?? "", envelope.Sender);
            throw new InvalidOperationException("ITestKitAssertions.Fail returned. It must throw.");
        }

        check?.Invoke(message, envelope.Sender);
        return message;
    }

    private void CheckEqual<T>(T expected, T actual, string? hint) => _assertions.AssertEqual(expected, actual, hint ?? "");

    private void CheckTrue<T>(bool condition, T message, string? hint) =>
        _assertions.AssertTrue(condition, "Failed: Received unexpected message {0} (type {1}). {2}", message!, typeof(T), hint ?? "");

    private void CheckSender(IActorRef expected, IActorRef actual, string? hint) => _assertions.AssertTrue(
        expected.Equals(actual), "Sender does not match. Got a message from sender {0}. But expected {1}. {2}", actual, expected, hint ?? "");

    /// <summary>The message that a watched actor has stopped.</summary>
    public Terminated ExpectTerminated(
        IActorRef target, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Done(ExpectAsync<Terminated>((m, _) => CheckTerminated(target, m, hint), timeout, $"Terminated {target}. {hint}", true, cancellationToken));

    public ValueTask<Terminated> ExpectTerminatedAsync(
        IActorRef target, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync<Terminated>((m, _) => CheckTerminated(target, m, hint), timeout, $"Terminated {target}. {hint}", false, cancellationToken);

    private void CheckTerminated(IActorRef target, Terminated message, string? hint) => _assertions.AssertTrue(
        target.Equals(message.ActorRef), "Expected Terminated of {0}, got that of {1}. {2}", target, message.ActorRef, hint ?? "");

    /// <summary>Fails if a message comes. Waits 100 ms, or to the end of the surrounding Within.</summary>
    public void ExpectNoMsg(CancellationToken cancellationToken = default) =>
        Done(NothingAsync(RemainingOr(TimeSpan.FromMilliseconds(100)), true, cancellationToken));

    public async ValueTask ExpectNoMsgAsync(CancellationToken cancellationToken = default) =>
        await NothingAsync(RemainingOr(TimeSpan.FromMilliseconds(100)), false, cancellationToken).ConfigureAwait(true);

    public void ExpectNoMsg(TimeSpan duration, CancellationToken cancellationToken = default) =>
        Done(NothingAsync(Dilated(duration), true, cancellationToken));

    public async ValueTask ExpectNoMsgAsync(TimeSpan duration, CancellationToken cancellationToken = default) =>
        await NothingAsync(Dilated(duration), false, cancellationToken).ConfigureAwait(true);

    public void ExpectNoMsg(int milliseconds, CancellationToken cancellationToken = default) =>
        ExpectNoMsg(TimeSpan.FromMilliseconds(milliseconds), cancellationToken);

    public ValueTask ExpectNoMsgAsync(int milliseconds, CancellationToken cancellationToken = default) =>
        ExpectNoMsgAsync(TimeSpan.FromMilliseconds(milliseconds), cancellationToken);

    private async ValueTask<bool> NothingAsync(TimeSpan duration, bool blocking, CancellationToken cancellationToken)
    {
        var start = Now;
        var envelope = await TakeWithin(start + duration, blocking, cancellationToken).ConfigureAwait(true);
        if (envelope is not null)
            _assertions.Fail("Failed: Expected no messages during {0}, instead we received {1} after {2}", duration, envelope, Now - start);
        _lastWasNoMsg = true;
        return true;
    }

    /// <summary>The next message, which must equal one of these.</summary>
    public T ExpectMsgAnyOf<T>(IEnumerable<T> messages, CancellationToken cancellationToken = default) =>
        Done(ExpectAsync<T>((m, _) => CheckAny(messages, m), null, null, true, cancellationToken));

    public ValueTask<T> ExpectMsgAnyOfAsync<T>(IEnumerable<T> messages, CancellationToken cancellationToken = default) =>
        ExpectAsync<T>((m, _) => CheckAny(messages, m), null, null, false, cancellationToken);

    private void CheckAny<T>(IEnumerable<T> messages, T message) =>
        _assertions.AssertTrue(messages.Contains(message), "ExpectMsgAnyOf found unexpected {0}", message!);

    /// <summary>As many messages as are given, in any order.</summary>
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(params T[] messages) => AllOf(RemainingOrDefault, messages, default);

    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        AllOf(RemainingOrDefault, messages, cancellationToken);

    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(TimeSpan max, params T[] messages) => AllOf(Dilated(max), messages, default);

    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(
        TimeSpan max, IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        AllOf(Dilated(max), messages, cancellationToken);

    public async IAsyncEnumerable<T> ExpectMsgAllOfAsync<T>(
        IReadOnlyCollection<T> messages, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var end = Now + RemainingOrDefault;
        var missing = messages.ToList();
        while (missing.Count > 0)
            yield return OneOfAll(missing, await TakeWithin(end, false, cancellationToken).ConfigureAwait(true));
    }

    private List<T> AllOf<T>(TimeSpan max, IReadOnlyCollection<T> messages, CancellationToken cancellationToken)
    {
        var end = Now + max;
        var missing = messages.ToList();
        var got = new List<T>();
        while (missing.Count > 0) got.Add(OneOfAll(missing, Done(TakeWithin(end, true, cancellationToken))));
        return got;
    }

    private T OneOfAll<T>(List<T> missing, MessageEnvelope? envelope)
    {
        if (envelope is null) _assertions.Fail("Timeout while waiting for these messages: {0}", string.Join(", ", missing));
        if (envelope!.Message is T message && missing.Remove(message)) return message;
        _assertions.Fail("ExpectMsgAllOf found unexpected {0}, still waiting for: {1}", envelope.Message, string.Join(", ", missing));
        throw new InvalidOperationException("ITestKitAssertions.Fail returned. It must throw.");
    }
}
