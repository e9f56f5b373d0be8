namespace ClusterEmu.Client.Tests;

public sealed class WorkQueueTests
{
    private const long Ms = 1000;
    private readonly WorkQueue<string> _queue = new();

    [Fact]
    public void AnItemAddedTwiceIsTakenOnce()
    {
        _queue.Add("a");
        _queue.Add("b");
        _queue.Add("a");
        Assert.Equal(["a", "b"], TakeAll(0));
    }

    [Fact]
    public void AnItemAddedWhileWorkedOnComesBackWhenDone()
    {
        _queue.Add("a");
        Assert.True(_queue.TryTake(0, out _));
        _queue.Add("a");
        Assert.False(_queue.TryTake(0, out _));
        _queue.Done("a");
        Assert.True(_queue.TryTake(0, out var again));
        Assert.Equal("a", again);
        _queue.Done("a");
        Assert.Equal(0, _queue.Count);
    }

    [Theory] // failures so far, delay in ms: client-go's default limiter, 5 ms doubled up to 1000 s
    [InlineData(0, 5)]
    [InlineData(1, 10)]
    [InlineData(10, 5120)]
    [InlineData(17, 655360)]
    [InlineData(18, 1000000)]
    [InlineData(63, 1000000)]
    [InlineData(1000, 1000000)]
    public void BackOffDoublesUpToItsBound(int failures, double milliseconds) =>
        Assert.Equal(milliseconds, BackOff.Default.After(failures).TotalMilliseconds);

    [Fact]
    public void AFailedItemWaitsLongerEachTimeUntilForgotten()
    {
        Assert.Equal(5, _queue.AddRateLimited("a", 0).TotalMilliseconds);
        Assert.Empty(TakeAll(4 * Ms));
        Assert.Equal(5 * Ms, _queue.NextDue);
        Assert.Equal(["a"], TakeAll(5 * Ms));
        Assert.Equal(10, _queue.AddRateLimited("a", 5 * Ms).TotalMilliseconds);
        _queue.Forget("a");
        Assert.Equal(5, _queue.AddRateLimited("a", 5 * Ms).TotalMilliseconds);
    }

    [Fact]
    public void TheEarlierOfTwoDelaysCounts()
    {
        _queue.AddAfter("a", TimeSpan.FromMilliseconds(50), 0);
        _queue.AddAfter("a", TimeSpan.FromMilliseconds(10), 0);
        _queue.AddAfter("a", TimeSpan.FromMilliseconds(90), 0);
        Assert.Equal(10 * Ms, _queue.NextDue);
        Assert.Equal(["a"], TakeAll(10 * Ms));
        Assert.Empty(TakeAll(1000 * Ms));
        Assert.Null(_queue.NextDue);
    }

    [Fact]
    public void DelayedItemsComeInTheOrderOfTheirTimes()
    {
        _queue.AddAfter("late", TimeSpan.FromMilliseconds(20), 0);
        _queue.AddAfter("early", TimeSpan.FromMilliseconds(10), 0);
        Assert.Equal(["early", "late"], TakeAll(30 * Ms));
    }

    private List<string> TakeAll(long now)
    {
        var taken = new List<string>();
        while (_queue.TryTake(now, out var item))
        {
            taken.Add(item);
            _queue.Done(item);
        }
        return taken;
    }
}
