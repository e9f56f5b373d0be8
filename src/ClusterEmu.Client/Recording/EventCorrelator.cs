using System.Globalization;
using ClusterEmu.Api;

namespace ClusterEmu.Client;

/// <summary>
/// Decides what becomes of an Event: written, counted on an earlier one with the same text, combined with similar ones that
/// differ in their text only, or dropped because its source says too much about one object.
/// </summary>
/// <remarks>As client-go's tools/record/events_cache.go, in its order: combining, then counting, then dropping. Belongs to one actor.</remarks>
public sealed class EventCorrelator
{
    /// <summary>Events of one source about one object that may come at once; then one in <see cref="Refill"/>.</summary>
    public const int Burst = 25;

    /// <summary>From this many texts on, the same source, object, type and reason are told in one Event.</summary>
    public const int SimilarTexts = 10;

    /// <summary>Events remembered, and objects that are counted; the one not used for longest is forgotten.</summary>
    public const int Capacity = 4096;

    public static readonly TimeSpan Refill = TimeSpan.FromMinutes(5);

    /// <summary>Similar Events further apart than this have nothing to do with each other.</summary>
    public static readonly TimeSpan SimilarFor = TimeSpan.FromMinutes(10);

    private const string Combined = "(combined from similar events): ";

    private readonly RecentlyUsed<EventKey, Entry> _entries = new(Capacity);
    private readonly RecentlyUsed<EventKey, Similar> _similar = new(Capacity);
    private readonly RecentlyUsed<SourceKey, Bucket> _buckets = new(Capacity);
    private long _lastName;

    /// <summary>What to write for <paramref name="request"/>; null if it is one too many. It is counted all the same.</summary>
    public Entry? Take(RecordEvent request, DateTimeOffset now)
    {
        var source = SourceKey.Of(request);
        var isOneOfMany = _similar.GetOrAdd(new EventKey(source, "", request.Type, request.Reason, ""), static _ => new Similar()).Take(request.Message, now);
        var message = isOneOfMany ? Combined + request.Message : request.Message;
        // A combined Event is known by what its parts share, so that the next one counts on it. No message of its own can be null.
        var key = new EventKey(source, isOneOfMany ? "" : request.About.FieldPath, request.Type, request.Reason, isOneOfMany ? null : request.Message);
        var entry = _entries.GetOrAdd(key, _ => new Entry(NewEvent(request, now)));
        entry.Count++;
        entry.Last = now;
        entry.Message = message;
        return _buckets.GetOrAdd(source, _ => new Bucket(now)).TryTake(now) ? entry : null;
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

        /// <summary>The text of the last one; only those of combined Events change.</summary>
        public string Message { get; internal set; } = "";

        /// <summary>The count that the server has; 0 if it has no such Event.</summary>
        public int Written { get; set; }

        /// <summary>True while a write is on its way.</summary>
        public bool Writing { get; set; }

        /// <summary>Writes that failed in a row.</summary>
        public int Failures { get; set; }

        /// <summary>The Event as it should be now.</summary>
        public Event Current => first with { Count = Count, LastTimestamp = Last, Message = Message };
    }

    private readonly record struct SourceKey(string Component, string Host, string Kind, string Namespace, string Name, string Uid, string ApiVersion)
    {
        public static SourceKey Of(RecordEvent request)
        {
            var about = request.About;
            return new SourceKey(request.Component, request.Host, about.Kind, about.Namespace, about.Name, about.Uid, about.ApiVersion);
        }
    }

    private readonly record struct EventKey(SourceKey Source, string FieldPath, string Type, string Reason, string? Message);

    /// <summary>The texts of one source, object, type and reason.</summary>
    private sealed class Similar
    {
        private readonly HashSet<string> _texts = new(StringComparer.Ordinal);
        private DateTimeOffset _last;

        /// <summary>True if there are too many texts, this one among them. The first ones stay apart, whatever comes later.</summary>
        public bool Take(string text, DateTimeOffset now)
        {
            if (now - _last > SimilarFor) _texts.Clear();
            _last = now;
            if (!_texts.Add(text) || _texts.Count < SimilarTexts) return false;
            _texts.Remove(text);
            return true;
        }
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
}
