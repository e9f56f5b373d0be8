using ClusterEmu.Api;

namespace ClusterEmu.Client;

/// <summary>What one actor knows of one kind, whichever it is. See <see cref="InformerView{T}"/>.</summary>
public abstract class InformerView(KindInfo kind)
{
    public KindInfo Kind { get; } = kind;

    /// <summary>True once the first list is in.</summary>
    public bool Synced { get; protected set; }

    /// <summary>Takes in the first list.</summary>
    public abstract void Apply(InformerSynced message);

    /// <summary>Takes in one change.</summary>
    public abstract void Apply(InformerChanged message);

    /// <summary>Takes in what a write of this actor was answered.</summary>
    /// <param name="value">The object after the write, of the view's kind.</param>
    /// <returns>False if the informer already told of something later.</returns>
    public abstract bool ApplyWrite(IKubeObject value);

    /// <summary>Marks an object as being deleted, after a delete was answered and until the watch tells of it.</summary>
    /// <param name="key">Its namespace and name.</param>
    /// <param name="uid">Of the object deleted: a later one of the same name is left alone. Null for any.</param>
    /// <param name="now">The time that stands in for the deletion timestamp.</param>
    public abstract void MarkDeleted(ObjectKey key, string? uid, DateTimeOffset now);
}

/// <summary>
/// What one actor knows of one kind: what the informer told it, and what its own writes were answered. So it never acts
/// twice because the watch is behind its own write (where client-go's controllers keep expectations).
/// </summary>
/// <remarks>
/// An answer counts only if it is later than everything that the informer has told; an event counts only if it is later
/// than the answer, so that nobody hears twice of one write. Both rest on one order of revisions per store.
/// </remarks>
public sealed class InformerView<T> : InformerView where T : class, IKubeObject
{
    private readonly Action<T?, T?> _changed;
    private ulong _told;

    /// <param name="kind">The kind of <typeparamref name="T"/>.</param>
    /// <param name="changed">Called after each change with the object before (null if new) and now (null if gone).</param>
    /// <param name="indexLabels">See <see cref="ObjectCache{T}"/>.</param>
    /// <param name="groupOf">See <see cref="ObjectCache{T}"/>.</param>
    public InformerView(KindInfo kind, Action<T?, T?>? changed = null, bool indexLabels = false, Func<T, string?>? groupOf = null)
        : base(kind)
    {
        _changed = changed ?? ((_, _) => { });
        Objects = new ObjectCache<T>(indexLabels, groupOf);
    }

    public ObjectCache<T> Objects { get; }

    public override void Apply(InformerSynced message)
    {
        _told = Math.Max(_told, ResourceVersions.Parse(message.ResourceVersion));
        foreach (var item in message.Items)
        {
            var value = (T)item;
            _changed(Objects.Set(value), value);
        }
        Synced = true; // Last, so that whoever is told of a change can see that it is of the first list.
    }

    public override void Apply(InformerChanged message)
    {
        var version = ResourceVersions.Parse(message.ResourceVersion);
        _told = Math.Max(_told, version);
        var key = ObjectKey.Of(message.Object);
        var known = Objects.Get(key);
        if (message.Type == WatchEventType.Deleted)
        {
            // A later object of the same name, known from an answer, outlives the end of the earlier one.
            if (known is null || (known.Metadata.Uid != message.Object.Metadata.Uid && IsLater(known, version))) return;
            _changed(Objects.Remove(key), null);
            return;
        }
        var value = (T)message.Object;
        if (known is not null && IsAsLate(known, version)) return; // Of its own write the actor knows from the answer already.
        _changed(Objects.Set(value), value);
    }

    public override bool ApplyWrite(IKubeObject value)
    {
        var version = ResourceVersions.Parse(value.Metadata.ResourceVersion);
        if (version <= _told) return false;
        var known = Objects.Get(ObjectKey.Of(value));
        if (known is not null && IsLater(known, version)) return false;
        _changed(Objects.Set((T)value), (T)value);
        return true;
    }

    public override void MarkDeleted(ObjectKey key, string? uid, DateTimeOffset now)
    {
        var known = Objects.Get(key);
        if (known is null || known.Metadata.DeletionTimestamp is not null) return;
        if (uid is not null && known.Metadata.Uid != uid) return;
        var value = (T)known.WithMetadata(known.Metadata with { DeletionTimestamp = now });
        _changed(Objects.Set(value), value);
    }

    private static bool IsAsLate(T known, ulong version) => ResourceVersions.Parse(known.Metadata.ResourceVersion) >= version;

    private static bool IsLater(T known, ulong version) => ResourceVersions.Parse(known.Metadata.ResourceVersion) > version;
}
