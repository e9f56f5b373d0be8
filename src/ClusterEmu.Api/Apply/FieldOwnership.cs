namespace ClusterEmu.Api;

/// <summary>Works out who owns which fields after a write other than an apply. Pure.</summary>
/// <remarks>Source: KEP-555; apimachinery util/managedfields; sigs.k8s.io/structured-merge-diff, merge/update.</remarks>
public static class FieldOwnership
{
    /// <summary>So many entries of updates are kept; older ones become one.</summary>
    public const int MaxUpdateManagers = 10;

    /// <summary>Who stands for the updates whose entries have been merged.</summary>
    public const string AncientChanges = "ancient-changes";

    /// <summary>Nobody owns these: the server sets them, or they name the object.</summary>
    internal static readonly FieldSet Unowned = FieldSet.OfFields(
        "apiVersion", "kind", "metadata", "metadata.name", "metadata.namespace", "metadata.creationTimestamp", "metadata.selfLink", "metadata.uid",
        "metadata.clusterName", "metadata.generation", "metadata.managedFields", "metadata.resourceVersion");

    /// <summary>The managers after a create, an update or a patch.</summary>
    /// <param name="live">Those of the object as stored. Of a create: none.</param>
    /// <param name="sent">Those in the object that the client sent.</param>
    /// <param name="writer">Who writes.</param>
    /// <param name="isCreate">Objects that were made without managers stay so until somebody applies to them.</param>
    /// <param name="now">Noted where the writer takes fields.</param>
    /// <param name="changes">What the write changes, in the version asked for; null if that is not served. Fields that this write cannot change are left out.</param>
    /// <returns><paramref name="live"/> itself if nothing changes.</returns>
    public static ManagedFields AfterWrite(
        ManagedFields live, ManagedFields sent, FieldManager writer, bool isCreate, DateTimeOffset now, Func<string, FieldChanges?> changes)
    {
        var entries = EntriesOf(live, sent, writer, out var areLive);
        if (entries.Count == 0 && !isCreate) return ManagedFields.None;
        var taken = (changes(writer.ApiVersion) ?? FieldChanges.None).Set.Difference(Unowned);
        var (after, changed) = Yielded(entries, writer, changes);
        if (!taken.IsEmpty)
        {
            var mine = after.FindIndex(entry => entry.Manager.IsSameAs(writer));
            if (mine < 0) after.Add(new OwnedFields(writer, taken, now));
            else after[mine] = WithMore(after[mine], taken).At(now);
            changed = true;
        }
        if (!changed && areLive) return live;
        var managers = OwnedFields.Write(Capped(after));
        return managers.Equals(live) ? live : managers;
    }

    internal static List<OwnedFields> ReadOrNone(ManagedFields managed)
    {
        try
        {
            return OwnedFields.Read(managed);
        }
        catch (FormatException)
        {
            return [];
        }
    }

    /// <summary>What is left to each manager once fields have changed and gone. Entries without fields stay only if they are the writer's.</summary>
    /// <param name="entries">All managers, or all but the writer.</param>
    /// <param name="writer">Keeps what is changed.</param>
    /// <param name="changes">The changes in a version; null if it is not served.</param>
    internal static (List<OwnedFields> After, bool Changed) Yielded(List<OwnedFields> entries, FieldManager writer, Func<string, FieldChanges?> changes)
    {
        var after = new List<OwnedFields>(entries.Count + 1);
        var changed = false;
        foreach (var entry in entries)
        {
            // Where a version is gone, what was owned in it cannot be told any more.
            var kept = changes(entry.Manager.ApiVersion) is { } here
                ? Without(entry, entry.Manager.IsSameAs(writer) ? FieldSet.Empty : here.Set, here.Removed)
                : null;
            changed |= kept != entry;
            if (kept is not null && (kept == entry || !kept.Fields.IsEmpty)) after.Add(kept);
        }
        return (after, changed);
    }

    /// <summary>The entries to begin with: none if the client asks to forget them.</summary>
    private static List<OwnedFields> EntriesOf(ManagedFields live, ManagedFields sent, FieldManager writer, out bool areLive)
    {
        areLive = true;
        if (writer.Subresource.Length > 0) return ReadOrNone(live); // Managers are not changed by way of a subresource.
        if (sent.IsReset) return [];
        if (!sent.IsEmpty && !sent.Equals(live) && ReadOrNone(sent) is { Count: > 0 } entries && entries.TrueForAll(CanBeRead))
        {
            areLive = false;
            return entries;
        }
        return ReadOrNone(live); // Clients that know nothing of managers do not take them away.
    }

    private static bool CanBeRead(OwnedFields entry)
    {
        try
        {
            return entry.Fields is not null;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static OwnedFields Without(OwnedFields entry, FieldSet taken, FieldSet removed)
    {
        if (!entry.MayHave(taken) && !entry.MayHave(removed)) return entry;
        var fields = entry.Fields;
        var kept = fields.Difference(taken).Difference(removed);
        return ReferenceEquals(kept, fields) ? entry : entry.With(kept);
    }

    private static OwnedFields WithMore(OwnedFields entry, FieldSet taken) =>
        taken.IsWithin(entry.Fields) ? entry : entry.With(entry.Fields.Union(taken));

    /// <summary>Merges the oldest updates of each version once there are too many. Source: managedfields/internal/capmanagers.go.</summary>
    internal static List<OwnedFields> Capped(List<OwnedFields> entries)
    {
        var updates = entries.Where(entry => entry.Manager.Operation == FieldOperation.Update).ToList();
        var tooMany = updates.Count - MaxUpdateManagers;
        if (tooMany <= 0) return entries;
        updates = [.. updates.OrderBy(entry => entry.Time?.ToUnixTimeSeconds() ?? 0).ThenBy(entry => entry.Manager.Name, StringComparer.Ordinal)
            .ThenBy(entry => entry.Manager.ApiVersion, StringComparer.Ordinal).ThenBy(entry => entry.Manager.Subresource, StringComparer.Ordinal)];
        var buckets = new Dictionary<string, OwnedFields>(StringComparer.Ordinal);
        foreach (var update in updates)
        {
            if (tooMany <= 0) break;
            var version = update.Manager.ApiVersion;
            if (!buckets.TryGetValue(version, out var first))
            {
                buckets[version] = update;
                continue;
            }
            entries.Remove(first);
            entries.Remove(update);
            var merged = new OwnedFields(new FieldManager(AncientChanges, FieldOperation.Update, version), first.Fields.Union(update.Fields), update.Time);
            if (entries.Find(entry => entry.Manager.IsSameAs(merged.Manager)) is { } earlier)
            {
                entries.Remove(earlier);
                merged = merged.With(merged.Fields.Union(earlier.Fields));
            }
            entries.Add(merged);
            buckets[version] = merged;
            tooMany--;
        }
        return entries;
    }
}
