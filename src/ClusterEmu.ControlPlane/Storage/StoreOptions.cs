using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.Storage;

/// <summary>How a store is built. Bounds are per store.</summary>
public sealed record StoreOptions
{
    /// <summary>The kinds that may be stored. A journal that holds others is refused.</summary>
    public required IReadOnlyList<KindInfo> Kinds { get; init; }

    /// <summary>The form of a resource that is none of <see cref="Kinds"/>, by its name in the journal; null for one that cannot be stored. Pure.</summary>
    public Func<string, KindInfo?> OtherKind { get; init; } = static _ => null;

    /// <summary>The resource, named as in the journal, that a log entry makes an end of: watches of it are closed. Null for none. Pure.</summary>
    public Func<StoreEvent, string?> EndOf { get; init; } = static _ => null;

    /// <summary>What is derived from an empty store.</summary>
    public object InitialDerived { get; init; } = Nothing;

    /// <summary>Derives from one more log entry. Pure; must not change its first argument.</summary>
    public Func<object, StoreEvent, object> Fold { get; init; } = static (derived, _) => derived;

    /// <summary>Old log entries kept for watches, in bytes. Default: 256 MiB.</summary>
    public long WindowBytes { get; init; } = 256L << 20;

    /// <summary>Old log entries kept for watches, by age. Default: 5 minutes, as etcd's compaction in a real cluster.</summary>
    public TimeSpan WindowAge { get; init; } = TimeSpan.FromMinutes(5);


    /// <summary>Changes that wait for the journal at most; further writes are refused as overload. Default: 20000.</summary>
    public int MaxPending { get; init; } = 20_000;

    /// <summary>How often the window is trimmed, bookmarks are sent and watch time-outs are looked at. Default: 1 s.</summary>
    public TimeSpan Tick { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a quiet watch that asked for bookmarks gets one. Default: 1 minute.</summary>
    public TimeSpan BookmarkPeriod { get; init; } = TimeSpan.FromMinutes(1);

    private static readonly object Nothing = new();
}
