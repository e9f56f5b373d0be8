using ClusterEmu.Api;
using ClusterEmu.ControlPlane.ApiServer;

namespace ClusterEmu.ControlPlane;

/// <summary>Bounds the requests that are worked on at a time: priority and fairness, reduced to what keeps a server alive.</summary>
/// <remarks>
/// Source: k8s.io/apiserver server/filters/maxinflight.go. A watch does not count among the requests, but has a bound of its own. Unlike
/// there, nobody is exempt: here all are administrators.
/// </remarks>
internal sealed class InFlightLimit(int maxReading, int maxMutating, int maxWatches)
{
    private int _reading;
    private int _mutating;
    private int _watches;

    public int Reading => Volatile.Read(ref _reading);

    public int Mutating => Volatile.Read(ref _mutating);

    /// <summary>Counts one more request. <see cref="Leave"/> must follow.</summary>
    /// <exception cref="ApiException">429: there are too many already. Nothing is to follow then.</exception>
    public void Enter(bool mutating)
    {
        var full = mutating ? Interlocked.Increment(ref _mutating) > maxMutating : Interlocked.Increment(ref _reading) > maxReading;
        if (!full) return;
        Leave(mutating);
        throw Refuse.TooManyRequests("Too many requests, please try again later.");
    }

    public void Leave(bool mutating)
    {
        if (mutating) Interlocked.Decrement(ref _mutating);
        else Interlocked.Decrement(ref _reading);
    }

    /// <summary>Counts one more watch. <see cref="LeaveWatch"/> must follow.</summary>
    /// <exception cref="ApiException">429: there are too many already. Nothing is to follow then.</exception>
    public void EnterWatch()
    {
        if (Interlocked.Increment(ref _watches) <= maxWatches) return;
        LeaveWatch();
        throw Refuse.TooManyRequests(
            $"Too many watches: {GoSyntax.Write(maxWatches)} are open, and cluster-emu.control-plane.max-watches allows no more. Close some, or start the control plane with a higher bound.");
    }

    public void LeaveWatch() => Interlocked.Decrement(ref _watches);
}
