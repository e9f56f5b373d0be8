using System.Collections.Concurrent;
using System.Diagnostics;
using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.ControlPlane.ApiServer;

namespace ClusterEmu.ControlPlane;

/// <summary>Counts requests. A request that is like an earlier one costs two look-ups and no memory.</summary>
/// <remarks>Names, labels and buckets: k8s.io/apiserver endpoints/metrics/metrics.go.</remarks>
internal sealed class ApiMetrics
{
    /// <summary>Upper bounds of the buckets, in seconds.</summary>
    public static readonly double[] Buckets =
        [0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 45, 60];

    private readonly ConcurrentDictionary<(RequestKind Kind, int Code), Counter> _requests = new();
    private readonly ConcurrentDictionary<RequestKind, Histogram> _durations = new();
    private readonly ConcurrentDictionary<RequestKind, Counter> _longRunning = new();

    /// <summary>What requests have in common that are counted together.</summary>
    internal readonly record struct RequestKind(KindInfo Kind, string Subresource, string Verb, string Scope, bool DryRun)
    {
        public static RequestKind Of(RequestTarget target, string method, ApiVerb? verb, bool watches, bool dryRun)
        {
            var scope = target.Name.Length > 0 || verb == ApiVerb.Create ? "resource" : target.Namespace.Length > 0 ? "namespace" : "cluster";
            return new RequestKind(target.Kind, target.Subresource, watches ? "WATCH" : VerbOf(method, verb, target), scope, dryRun);
        }

        private static string VerbOf(string method, ApiVerb? verb, RequestTarget target) => verb switch
        {
            _ when target.Subresource == "proxy" => "CONNECT",
            ApiVerb.Get => "GET",
            ApiVerb.List => "LIST",
            ApiVerb.Create => "POST",
            ApiVerb.Update => "PUT",
            ApiVerb.Patch => "PATCH",
            ApiVerb.Delete => "DELETE",
            ApiVerb.DeleteCollection => "DELETECOLLECTION",
            _ => method is "GET" or "POST" or "PUT" or "PATCH" or "DELETE" or "HEAD" or "OPTIONS" ? method : "other",
        };
    }

    public IEnumerable<((RequestKind Kind, int Code) Key, long Count)> Requests => _requests.Select(pair => (pair.Key, pair.Value.Value));

    public IEnumerable<(RequestKind Key, Histogram Histogram)> Durations => _durations.Select(pair => (pair.Key, pair.Value));

    public IEnumerable<(RequestKind Key, long Count)> LongRunning => _longRunning.Select(pair => (pair.Key, pair.Value.Value));

    /// <param name="kind">What it was.</param>
    /// <param name="code">How it was answered.</param>
    /// <param name="began">The stopwatch's time at its begin.</param>
    public void Count(RequestKind kind, int code, long began)
    {
        _requests.GetOrAdd((kind, code), static _ => new Counter()).Add(1);
        if (kind.Verb is not ("WATCH" or "CONNECT")) _durations.GetOrAdd(kind, static _ => new Histogram()).Observe(Stopwatch.GetElapsedTime(began));
    }

    /// <param name="kind">What it is.</param>
    /// <param name="change">1 at its begin, -1 at its end.</param>
    public void CountLongRunning(RequestKind kind, int change) => _longRunning.GetOrAdd(kind, static _ => new Counter()).Add(change);

    internal sealed class Counter
    {
        private long _value;

        public long Value => Volatile.Read(ref _value);

        public void Add(long change) => Interlocked.Add(ref _value, change);
    }

    internal sealed class Histogram
    {
        private readonly long[] _counts = new long[Buckets.Length + 1];
        private long _microseconds;

        public double Sum => Volatile.Read(ref _microseconds) / 1e6;

        public void Observe(TimeSpan time)
        {
            var at = Array.BinarySearch(Buckets, time.TotalSeconds);
            Interlocked.Increment(ref _counts[at < 0 ? ~at : at]);
            Interlocked.Add(ref _microseconds, (long)time.TotalMicroseconds);
        }

        /// <summary>How many took no longer than each bound; the last is all of them.</summary>
        public IReadOnlyList<long> Cumulative()
        {
            var sums = new long[_counts.Length];
            var sum = 0L;
            for (var i = 0; i < sums.Length; i++) sums[i] = sum += Volatile.Read(ref _counts[i]);
            return sums;
        }
    }
}
