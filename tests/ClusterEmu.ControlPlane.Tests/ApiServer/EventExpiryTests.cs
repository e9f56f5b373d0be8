using ClusterEmu.Api;
using ClusterEmu.ControlPlane.ApiServer;

namespace ClusterEmu.ControlPlane.Tests;

public sealed class EventExpiryTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory] // minutes since creation, last seen, series seen (-1: never); whether it goes
    [InlineData(61, -1, -1, true)]
    [InlineData(59, -1, -1, false)]
    [InlineData(300, 61, -1, true)]
    [InlineData(300, 10, -1, false)]
    [InlineData(300, 200, 10, false)]
    [InlineData(5, 600, -1, false)]
    public void AnEvent_GoesAnHourAfterItWasLastSeen(int created, int last, int series, bool over)
    {
        var seen = new Event
        {
            Metadata = new ObjectMeta { CreationTimestamp = Now.AddMinutes(-created) },
            LastTimestamp = last < 0 ? null : Now.AddMinutes(-last),
            Series = series < 0 ? null : new EventSeries { Count = 2, LastObservedTime = Now.AddMinutes(-series) },
        };
        Assert.Equal(over, EventExpiry.IsOver(seen, Now));
    }
}
