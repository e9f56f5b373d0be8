using System.Globalization;
using ClusterEmu.Api;

namespace ClusterEmu.Client;

/// <summary>
/// Decides what becomes of an Event: written, counted on an earlier one with the same text, or dropped because its
/// source says too much about one object. As client-go's tools/record/events_cache.go.
/// </summary>
public sealed class EventCorrelator
{
    /// <summary>Events of one source about one object that may come at once; then one in <see cref="Refill"/>.</summary>
    public const int Burst = 25;

    /// <summary>Events remembered, and objects that are counted; the oldest is forgotten.</summary>
    public const int Capacity = 4096;

    public static readonly TimeSpan Refill = TimeSpan.FromMinutes(5);

    private readonly Bounded<(string Source, string Object, string Text), Entry> _entries = new(Capacity);
    private readonly Bounded<(string Source, string Object), Bucket> _buckets = new(Capacity);
    private long _lastName;

    /// <summary>What to write for <paramref name="request"/>; null if it is one too many.</summary>
    public Entry? Take(RecordEvent request, DateTimeOffset now)
    {
        var about = request.About;
        var source = $"{request.Component}/{request.Host}";
        var name = $"{about.Kind}/{about.Namespace}/{about.Name}/{about.Uid}";
        if (!_buckets.GetOrAdd((source, name), () => new Bucket(now)).TryTake(now)) return null;
        var entry = _entries.GetOrAdd((source, name, $"{request.Type}/{request.Reason}/{request.Message}"), () => new Entry(NewEvent(request, now)));
        entry.Count++;
        entry.Last = now;
        return entry;
    }

    private Event NewEvent(RecordEvent request, DateTimeOffset now)
    {
        // Kubernetes appends the time in nanoseconds; one more where two come in one tick.
        _lastName = Math.Max(_lastName + 1, (now.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * 100);
        var ns = request.About.Namespace.Length == 0 ? "default" : request.About.Namespace;
        return new Event
        {
            Metadata = new ObjectMeta
            {
                Name = $"{request.About.Name}.{_lastName.ToString("x", CultureInfo.InvariantCulture)}",
                Namespace = ns,
            },
            InvolvedObject = request.About,
            Type = request.Type,
            Reason = request.Reason,
            Message = request.Message,
            Source = new EventSource { Component = request.Component, Host = request.Host },
            ReportingComponent = request.Component,
            ReportingInstance = request.Host,
            FirstTimestamp = now,
        };
    }

    /// <summary>One Event and how often it was seen.</summary>
    public sealed class Entry(Event first)
    {
        public int Count { get; internal set; }
        public DateTimeOffset Last { get; internal set; }

        /// <summary>The count that the server has; 0 if it has no such Event.</summary>
        public int Written { get; set; }

        /// <summary>True while a write is on its way.</summary>
        public bool Writing { get; set; }

        /// <summary>Writes that failed in a row.</summary>
        public int Failures { get; set; }

        /// <summary>The Event as it should be now.</summary>
        public Event Current => first with { Count = Count, LastTimestamp = Last };
    }

    private sealed class Bucket(DateTimeOffset start)
    {
        private double _tokens = Burst;
        private DateTimeOffset _at = start;

        public bool TryTake(DateTimeOffset now)
        {
            _tokens = Math.Min(Burst, _tokens + ((now - _at) / Refill));
            _at = now;
            if (_tokens < 1) return false;
            _tokens--;
            return true;
        }
    }

    private sealed class Bounded<TKey, TValue>(int capacity) where TKey : notnull
    {
        private readonly Dictionary<TKey, TValue> _values = [];
        private readonly Queue<TKey> _order = new();

        public TValue GetOrAdd(TKey key, Func<TValue> make)
        {
            if (_values.TryGetValue(key, out var value)) return value;
            if (_values.Count >= capacity) _values.Remove(_order.Dequeue());
            _order.Enqueue(key);
            return _values[key] = make();
        }
    }
}
