namespace ClusterEmu.Actors.Testing;

public abstract partial class TestKitBase
{
    /// <summary>Fails if the action takes longer; waits inside it are bounded by what is left.</summary>
    public void Within(TimeSpan max, Action action, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within(TimeSpan.Zero, max, action, null, epsilonValue, cancellationToken);

    public void Within(
        TimeSpan min, TimeSpan max, Action action, string? hint = null, TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default) =>
        Within<object?>(
            min, max,
            () =>
            {
                action();
                return null;
            },
            hint, epsilonValue, cancellationToken);

    public T Within<T>(TimeSpan max, Func<T> function, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within(TimeSpan.Zero, max, function, null, epsilonValue, cancellationToken);

    public T Within<T>(
        TimeSpan min, TimeSpan max, Func<T> function, string? hint = null, TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default)
    {
        var outer = _end;
        var (start, span) = Enter(min, max);
        T result;
        try
        {
            result = function();
        }
        finally
        {
            _end = outer;
        }

        Leave(start, min, span, hint, epsilonValue);
        return result;
    }

    public Task WithinAsync(TimeSpan max, Func<Task> actionAsync, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        WithinAsync(TimeSpan.Zero, max, actionAsync, null, epsilonValue, cancellationToken);

    public Task WithinAsync(
        TimeSpan min, TimeSpan max, Func<Task> actionAsync, string? hint = null, TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default) =>
        WithinAsync<object?>(
            min, max,
            async () =>
            {
                await actionAsync().ConfigureAwait(true);
                return null;
            },
            hint, epsilonValue, cancellationToken);

    public Task<T> WithinAsync<T>(
        TimeSpan max, Func<Task<T>> function, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        WithinAsync(TimeSpan.Zero, max, function, null, epsilonValue, cancellationToken);

    public async Task<T> WithinAsync<T>(
        TimeSpan min, TimeSpan max, Func<Task<T>> function, string? hint = null, TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default)
    {
        var outer = _end;
        var (start, span) = Enter(min, max);
        T result;
        try
        {
            result = await function().ConfigureAwait(true);
        }
        finally
        {
            _end = outer;
        }

        Leave(start, min, span, hint, epsilonValue);
        return result;
    }

    private (TimeSpan Start, TimeSpan Span) Enter(TimeSpan min, TimeSpan max)
    {
        var start = Now;
        var span = Dilated(max);
        var left = _end is { } end ? Positive(end - start) : TimeSpan.MaxValue;
        _assertions.AssertTrue(left >= min, "Required min time {0} not possible, only {1} left.", min, left);
        span = Shorter(span, left);
        _lastWasNoMsg = false;
        _end = start + span;
        return (start, span);
    }

    private void Leave(TimeSpan start, TimeSpan min, TimeSpan span, string? hint, TimeSpan? epsilon)
    {
        var took = Now - start;
        if (took < min)
            _assertions.Fail("Failed: Block took {0}, should have at least been {1}. {2}", took, min, hint ?? "");
        if (_lastWasNoMsg) return; // It waited for silence to the very end.
        if (took > span + (epsilon ?? TimeSpan.Zero))
            _assertions.Fail("Failed: Block took {0}, exceeding {1}. {2}", took, span, hint ?? "");
    }
}
