using System.Runtime.CompilerServices;

namespace ClusterEmu.Actors.Testing;

public abstract partial class TestKitBase
{
    private async ValueTask<MessageEnvelope?> TakeAsync(TimeSpan? max, bool remove, bool blocking, CancellationToken cancellationToken)
    {
        var envelope = await _inbox.TryTakeAsync(GetTimeoutOrDefault(max), remove, blocking, cancellationToken).ConfigureAwait(true);
        _lastWasNoMsg = false;
        _last = envelope ?? ReceivedMessage.Nothing;
        return envelope;
    }

    /// <summary>The next message, or null if none came in time.</summary>
    public object ReceiveOne(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        Done(TakeAsync(max, true, true, cancellationToken))?.Message!;

    public async ValueTask<object> ReceiveOneAsync(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        (await TakeAsync(max, true, false, cancellationToken).ConfigureAwait(true))?.Message!;

    public bool TryReceiveOne(out MessageEnvelope envelope, TimeSpan? max = null, CancellationToken cancellationToken = default)
    {
        var found = Done(TakeAsync(max, true, true, cancellationToken));
        envelope = found ?? ReceivedMessage.Nothing;
        return found is not null;
    }

    public async ValueTask<(bool success, MessageEnvelope envelope)> TryReceiveOneAsync(
        TimeSpan? max, CancellationToken cancellationToken = default)
    {
        var found = await TakeAsync(max, true, false, cancellationToken).ConfigureAwait(true);
        return (found is not null, found ?? ReceivedMessage.Nothing);
    }

    /// <summary>The next message, which stays in the inbox.</summary>
    public object PeekOne(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        Done(TakeAsync(max, false, true, cancellationToken))?.Message!;

    public async ValueTask<object> PeekOneAsync(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        (await TakeAsync(max, false, false, cancellationToken).ConfigureAwait(true))?.Message!;

    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, CancellationToken cancellationToken = default) =>
        ReceiveN(numberOfMessages, RemainingOrDefault, cancellationToken);

    /// <summary>Exactly so many messages within one span of time.</summary>
    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, TimeSpan max, CancellationToken cancellationToken = default)
    {
        var messages = new List<object>(numberOfMessages);
        var span = Dilated(max);
        for (var end = Now + span; messages.Count < numberOfMessages;)
            messages.Add(OneOfN(Done(TakeWithin(end, true, cancellationToken)), numberOfMessages, messages.Count, span));
        return messages;
    }

    public IAsyncEnumerable<object> ReceiveNAsync(int numberOfMessages, CancellationToken cancellationToken = default) =>
        ReceiveNAsync(numberOfMessages, RemainingOrDefault, cancellationToken);

    public async IAsyncEnumerable<object> ReceiveNAsync(
        int numberOfMessages, TimeSpan max, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var span = Dilated(max);
        var end = Now + span;
        for (var got = 0; got < numberOfMessages; got++)
            yield return OneOfN(
                await TakeWithin(end, false, cancellationToken).ConfigureAwait(true), numberOfMessages, got, span);
    }

    private object OneOfN(MessageEnvelope? envelope, int wanted, int got, TimeSpan span)
    {
        if (envelope is null)
            _assertions.Fail("Timeout ({0}) while expecting {1} messages. Only got {2} after {0}.", span, wanted, got);
        return envelope!.Message;
    }

    /// <summary>Takes a message before a moment of <see cref="Now"/>.</summary>
    private async ValueTask<MessageEnvelope?> TakeWithin(TimeSpan end, bool blocking, CancellationToken cancellationToken)
    {
        var envelope = await _inbox.TryTakeAsync(Positive(end - Now), true, blocking, cancellationToken).ConfigureAwait(true);
        _lastWasNoMsg = false;
        _last = envelope ?? ReceivedMessage.Nothing;
        return envelope;
    }

    /// <summary>Takes messages while the filter returns something, up to the limits; the one it refuses stays in the inbox.</summary>
    public IReadOnlyList<T> ReceiveWhile<T>(
        Func<object, T> filter, TimeSpan? max = null, TimeSpan? idle = null, int msgs = int.MaxValue, CancellationToken cancellationToken = default)
    {
        var results = new List<T>();
        var end = Now + RemainingOrDilated(max);
        while (results.Count < msgs)
        {
            var wait = Shorter(Positive(end - Now), idle ?? TimeSpan.MaxValue);
            var next = Done(_inbox.TryTakeAsync(wait, false, true, cancellationToken));
            if (next is null) break;
            var result = filter(next.Message);
            if (result is null) break;
            _last = Done(_inbox.TryTakeAsync(TimeSpan.Zero, true, true, cancellationToken))!;
            results.Add(result);
        }

        _lastWasNoMsg = true;
        return results;
    }

    public IReadOnlyList<T> ReceiveWhile<T>(
        TimeSpan? max, Func<object, T> filter, int msgs = int.MaxValue, CancellationToken cancellationToken = default) =>
        ReceiveWhile(filter, max, null, msgs, cancellationToken);

    public IReadOnlyList<T> ReceiveWhile<T>(
        TimeSpan? max, TimeSpan? idle, Func<object, T> filter, int msgs = int.MaxValue, CancellationToken cancellationToken = default) =>
        ReceiveWhile(filter, max, idle, msgs, cancellationToken);

    /// <summary>Takes messages until one fits.</summary>
    public object FishForMessage(
        Predicate<object> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        FishForMessage<object>(isMessage, max, hint, cancellationToken);

    public ValueTask<object> FishForMessageAsync(
        Predicate<object> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        FishForMessageAsync<object>(isMessage, max, hint, cancellationToken);

    public T FishForMessage<T>(
        Predicate<T> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        Done(FishAsync(isMessage, max, hint, true, cancellationToken));

    public ValueTask<T> FishForMessageAsync<T>(
        Predicate<T> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        FishAsync(isMessage, max, hint, false, cancellationToken);

    private async ValueTask<T> FishAsync<T>(
        Predicate<T> isMessage, TimeSpan? max, string hint, bool blocking, CancellationToken cancellationToken)
    {
        var span = RemainingOrDilated(max);
        var end = Now + span;
        while (true)
        {
            var envelope = await TakeWithin(end, blocking, cancellationToken).ConfigureAwait(true);
            if (envelope is null)
                _assertions.Fail("Timeout ({0}) during fishForMessage{1}", span, string.IsNullOrEmpty(hint) ? "" : $", hint: {hint}");
            if (envelope!.Message is T message && isMessage(message)) return message;
        }
    }

    /// <summary>The result of a task that has completed, because it was told to block.</summary>
    private static T Done<T>(ValueTask<T> task) => task.GetAwaiter().GetResult();
}
