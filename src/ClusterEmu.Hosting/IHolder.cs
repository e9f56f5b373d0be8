namespace ClusterEmu.Hosting;

/// <summary>Keeps things that must not become more and more: caches, rings, queues. Simulation looks whether they stay within their bounds.</summary>
public interface IHolder
{
    /// <summary>Adds what is kept now to a list, which is used again and again. For the holder's own thread, or while that rests.</summary>
    void ListHoldings(List<Holding> holdings);
}

/// <param name="What">Names it in reports.</param>
/// <param name="Count">How much of it there is.</param>
/// <param name="Bound">How much there may be.</param>
public readonly record struct Holding(string What, long Count, long Bound)
{
    /// <summary>The qualified plural of a kind, such as <c>deployments.apps</c>: there may be as many as the API has objects of it. Null: <see cref="Bound"/> counts.</summary>
    public string? Resource { get; init; }

    /// <summary>As many as there are objects.</summary>
    public static Holding OfObjects(string what, long count, string resource) => new(what, count, long.MaxValue) { Resource = resource };
}
