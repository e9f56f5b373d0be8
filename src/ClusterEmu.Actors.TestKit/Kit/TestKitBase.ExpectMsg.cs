namespace ClusterEmu.Actors.Testing;

public abstract partial class TestKitBase
{
    /// <summary>The next message, which must be of this type and come in time.</summary>
    public T ExpectMsg<T>(
        TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Done(ExpectAsync<T>(null, duration, hint, true, cancellationToken));

    public ValueTask<T> ExpectMsgAsync<T>(
        TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync<T>(null, duration, hint, false, cancellationToken);

    public T ExpectMsg<T>(
        T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Done(ExpectAsync<T>((m, _) => CheckEqual(message, m, hint), timeout, hint, true, cancellationToken));

    public ValueTask<T> ExpectMsgAsync<T>(
        T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync<T>((m, _) => CheckEqual(message, m, hint), timeout, hint, false, cancellationToken);

    public T ExpectMsg<T>(
        Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Done(ExpectAsync<T>((m, _) => CheckTrue(isMessage(m), m, hint), timeout, hint, true, cancellationToken));

    public ValueTask<T> ExpectMsgAsync<T>(
        Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync<T>((m, _) => CheckTrue(isMessage(m), m, hint), timeout, hint, false, cancellationToken);

    public T ExpectMsg<T>(
        Action<T> assert, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Done(ExpectAsync<T>((m, _) => assert(m), timeout, hint, true, cancellationToken));

    public ValueTask<T> ExpectMsgAsync<T>(
        Action<T> assert, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync<T>((m, _) => assert(m), timeout, hint, false, cancellationToken);

    public T ExpectMsg<T>(
        Func<T, IActorRef, bool> isMessageAndSender, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Done(ExpectAsync<T>((m, sender) => CheckTrue(isMessageAndSender(m, sender), m, hint), timeout, hint, true, cancellationToken));

    public ValueTask<T> ExpectMsgAsync<T>(
        Func<T, IActorRef, bool> isMessageAndSender, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync<T>((m, sender) => CheckTrue(isMessageAndSender(m, sender), m, hint), timeout, hint, false, cancellationToken);

    public T ExpectMsg<T>(
        Action<T, IActorRef> assertMessageAndSender, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Done(ExpectAsync<T>((m, sender) => assertMessageAndSender(m, sender), timeout, hint, true, cancellationToken));

    public ValueTask<T> ExpectMsgAsync<T>(
        Action<T, IActorRef> assertMessageAndSender, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync<T>((m, sender) => assertMessageAndSender(m, sender), timeout, hint, false, cancellationToken);

    public T ExpectMsg<T>(
        T expected, Func<T, T, bool> comparer, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Done(ExpectAsync<T>((m, _) => _assertions.AssertEqual(expected, m, comparer, hint!), timeout, hint, true, cancellationToken));

    public ValueTask<T> ExpectMsgAsync<T>(
        T expected, Func<T, T, bool> comparer, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync<T>((m, _) => _assertions.AssertEqual(expected, m, comparer, hint!), timeout, hint, false, cancellationToken);

    /// <summary>As ExpectMsg, and the sender must be this one.</summary>
    public T ExpectMsgFrom<T>(
        IActorRef sender, TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Done(ExpectAsync<T>((_, s) => CheckSender(sender, s, hint), duration, hint, true, cancellationToken));

    public ValueTask<T> ExpectMsgFromAsync<T>(
        IActorRef sender, TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync<T>((_, s) => CheckSender(sender, s, hint), duration, hint, false, cancellationToken);

    public T ExpectMsgFrom<T>(
        IActorRef sender, T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Done(ExpectAsync<T>((m, s) =>
        {
            CheckEqual(message, m, hint);
            CheckSender(sender, s, hint);
        }, timeout, hint, true, cancellationToken));

    public ValueTask<T> ExpectMsgFromAsync<T>(
        IActorRef sender, T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync<T>((m, s) =>
        {
            CheckEqual(message, m, hint);
            CheckSender(sender, s, hint);
        }, timeout, hint, false, cancellationToken);

    public T ExpectMsgFrom<T>(
        IActorRef sender, Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Done(ExpectAsync<T>((m, s) =>
        {
            CheckSender(sender, s, hint);
            CheckTrue(isMessage(m), m, hint);
        }, timeout, hint, true, cancellationToken));

    public ValueTask<T> ExpectMsgFromAsync<T>(
        IActorRef sender, Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync<T>((m, s) =>
        {
            CheckSender(sender, s, hint);
            CheckTrue(isMessage(m), m, hint);
        }, timeout, hint, false, cancellationToken);

    public T ExpectMsgFrom<T>(
        Predicate<IActorRef> isSender, Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Done(ExpectAsync<T>((m, s) =>
        {
            _assertions.AssertTrue(isSender(s), $"Sender does not match the predicate: {s}. {hint}");
            CheckTrue(isMessage(m), m, hint);
        }, timeout, hint, true, cancellationToken));

    public ValueTask<T> ExpectMsgFromAsync<T>(
        Predicate<IActorRef> isSender, Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync<T>((m, s) =>
        {
            _assertions.AssertTrue(isSender(s), $"Sender does not match the predicate: {s}. {hint}");
            CheckTrue(isMessage(m), m, hint);
        }, timeout, hint, false, cancellationToken);

    public T ExpectMsgFrom<T>(
        IActorRef sender, Action<T> assertMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Done(ExpectAsync<T>((m, s) =>
        {
            CheckSender(sender, s, hint);
            assertMessage(m);
        }, timeout, hint, true, cancellationToken));

    public ValueTask<T> ExpectMsgFromAsync<T>(
        IActorRef sender, Action<T> assertMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync<T>((m, s) =>
        {
            CheckSender(sender, s, hint);
            assertMessage(m);
        }, timeout, hint, false, cancellationToken);

    public T ExpectMsgFrom<T>(
        Action<IActorRef> assertSender, Action<T> assertMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Done(ExpectAsync<T>((m, s) =>
        {
            assertSender(s);
            assertMessage(m);
        }, timeout, hint, true, cancellationToken));

    public ValueTask<T> ExpectMsgFromAsync<T>(
        Action<IActorRef> assertSender, Action<T> assertMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync<T>((m, s) =>
        {
            assertSender(s);
            assertMessage(m);
        }, timeout, hint, false, cancellationToken);
}
