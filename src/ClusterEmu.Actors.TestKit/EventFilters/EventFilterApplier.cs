namespace ClusterEmu.Actors.Testing;

/// <summary>Takes filters off again.</summary>
public interface IUnmutableFilter : IDisposable
{
    void Unmute();
}

/// <summary>Runs code and expects log events meanwhile or shortly after.</summary>
public interface IEventFilterApplier
{
    /// <summary>More filters: an event that fits any of them counts.</summary>
    EventFilterFactory And { get; }

    void ExpectOne(Action action, CancellationToken cancellationToken = default);

    Task ExpectOneAsync(Func<Task> actionAsync, CancellationToken cancellationToken = default);

    void ExpectOne(TimeSpan timeout, Action action, CancellationToken cancellationToken = default);

    Task ExpectOneAsync(TimeSpan timeout, Func<Task> action, CancellationToken cancellationToken = default);

    /// <summary>Fails unless exactly so many events fit.</summary>
    void Expect(int expectedCount, Action action, CancellationToken cancellationToken = default);

    Task ExpectAsync(int expectedCount, Func<Task> actionAsync, CancellationToken cancellationToken = default);

    void Expect(int expectedCount, TimeSpan timeout, Action action, CancellationToken cancellationToken = default);

    Task ExpectAsync(int expectedCount, TimeSpan timeout, Func<Task> action, CancellationToken cancellationToken = default);

    void Mute(Action action, CancellationToken cancellationToken = default);

    Task MuteAsync(Func<Task> action, CancellationToken cancellationToken = default);

    IUnmutableFilter Mute();
}

internal sealed class EventFilterApplier(TestKitBase testkit, ActorSystem system, LogFilter[] filters) : IEventFilterApplier
{
    private readonly LogFilters _log = LogFilters.Of(system);

    public EventFilterFactory And => new(testkit, system, filters);

    private TimeSpan Leeway => testkit.Dilated(testkit.TestKitSettings.TestEventFilterLeeway);

    public void ExpectOne(Action action, CancellationToken cancellationToken = default) => Expect(1, Leeway, action, cancellationToken);

    public Task ExpectOneAsync(Func<Task> actionAsync, CancellationToken cancellationToken = default) =>
        ExpectAsync(1, Leeway, actionAsync, cancellationToken);

    public void ExpectOne(TimeSpan timeout, Action action, CancellationToken cancellationToken = default) =>
        Expect(1, timeout, action, cancellationToken);

    public Task ExpectOneAsync(TimeSpan timeout, Func<Task> action, CancellationToken cancellationToken = default) =>
        ExpectAsync(1, timeout, action, cancellationToken);

    public void Expect(int expectedCount, Action action, CancellationToken cancellationToken = default) =>
        Expect(expectedCount, Leeway, action, cancellationToken);

    public Task ExpectAsync(int expectedCount, Func<Task> actionAsync, CancellationToken cancellationToken = default) =>
        ExpectAsync(expectedCount, Leeway, actionAsync, cancellationToken);

    public void Expect(int expectedCount, TimeSpan timeout, Action action, CancellationToken cancellationToken = default)
    {
        using var muted = Mute();
        var before = Count;
        action();
        testkit.AwaitConditionNoThrow(() => Count - before >= expectedCount, timeout, null, cancellationToken);
        Check(expectedCount, Count - before, timeout);
    }

    public async Task ExpectAsync(int expectedCount, TimeSpan timeout, Func<Task> action, CancellationToken cancellationToken = default)
    {
        using var muted = Mute();
        var before = Count;
        await action().ConfigureAwait(true);
        await testkit.AwaitConditionNoThrowAsync(() => Count - before >= expectedCount, timeout, null, cancellationToken).ConfigureAwait(true);
        Check(expectedCount, Count - before, timeout);
    }

    public void Mute(Action action, CancellationToken cancellationToken = default)
    {
        using var muted = Mute();
        action();
    }

    public async Task MuteAsync(Func<Task> action, CancellationToken cancellationToken = default)
    {
        using var muted = Mute();
        await action().ConfigureAwait(true);
    }

    public IUnmutableFilter Mute()
    {
        foreach (var filter in filters) _log.Add(filter);
        return new Muted(_log, filters);
    }

    private int Count => filters.Sum(filter => filter.Count);

    private static void Check(int expected, int actual, TimeSpan timeout)
    {
        if (actual == expected) return;
        throw new Xunit.Sdk.XunitException(actual < expected
            ? $"Timeout ({timeout}) while waiting for messages. Only received {actual}/{expected} messages that matched the filter."
            : $"Received {actual - expected} messages too many. Expected {expected} but received {actual} messages that matched the filter.");
    }

    private sealed class Muted(LogFilters log, LogFilter[] filters) : IUnmutableFilter
    {
        public void Unmute()
        {
            foreach (var filter in filters) log.Remove(filter);
        }

        public void Dispose() => Unmute();
    }
}
