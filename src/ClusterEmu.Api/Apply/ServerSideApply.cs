using System.Text.Json;

namespace ClusterEmu.Api;

/// <summary>What came of an apply.</summary>
/// <param name="Merged">The object; null if it stays as it is, or if there are conflicts.</param>
/// <param name="Managers">Who owns what afterwards.</param>
/// <param name="Conflicts">Fields of others that it would change. Not empty: nothing happens.</param>
public sealed record ApplyOutcome(byte[]? Merged, ManagedFields Managers, IReadOnlyList<ApplyConflict> Conflicts);

/// <summary>Merges what a manager applies into an object, takes away what it does not apply any more, and settles who owns what. Pure.</summary>
/// <remarks>Source: KEP-555; sigs.k8s.io/structured-merge-diff, merge/update; apimachinery util/managedfields.</remarks>
/// <param name="versions">The versions of the kind.</param>
/// <param name="ignored">Fields that this way of writing cannot change: nobody owns them by it.</param>
public sealed class ServerSideApply(IFieldVersions versions, FieldSet ignored)
{
    /// <summary>Who owns what an object had before anybody applied to it and tracking began.</summary>
    public const string BeforeFirstApply = "before-first-apply";

    /// <param name="live">The object without managedFields, in the manager's version.</param>
    /// <param name="blank">An object of that version with nothing set.</param>
    /// <param name="applied">What is applied, in that version. <see cref="TypedValidation"/> has passed it.</param>
    /// <param name="managed">The managers of the live object.</param>
    /// <param name="manager">Who applies.</param>
    /// <param name="force">Takes fields from others instead of ending in conflicts.</param>
    /// <param name="now">Noted if something changes.</param>
    public ApplyOutcome Apply(JsonElement live, JsonElement blank, JsonElement applied, ManagedFields managed, FieldManager manager, bool force, DateTimeOffset now)
    {
        var version = manager.ApiVersion;
        var type = versions.TypeOf(version)!;
        var entries = FieldOwnership.ReadOrNone(managed);
        if (entries.Count == 0)
        {
            var first = new FieldManager(BeforeFirstApply, FieldOperation.Update, version);
            var had = TypedComparison.Compare(blank, live, type).Without(ignored).Set.Difference(FieldOwnership.Unowned);
            if (!had.IsEmpty) entries = [new OwnedFields(first, had, now)];
        }
        var last = entries.Find(entry => entry.Manager.IsSameAs(manager));
        var others = entries.Where(entry => entry != last).ToList();
        var set = TypedFields.Of(applied, type).DeepDifference(ignored);
        var merged = TypedText.Read(TypedMerge.Merge(live, applied, type));
        merged = new Pruning(versions).Prune(merged, set, last, others, version);

        var inVersion = new Dictionary<string, FieldChanges?>(StringComparer.Ordinal) { [version] = TypedComparison.Compare(live, merged, type).Without(ignored) };
        var conflicts = ConflictsOf(others, ChangesIn);
        if (conflicts.Count > 0 && !force) return new ApplyOutcome(null, managed, conflicts);

        var (after, _) = FieldOwnership.Yielded(others, manager, ChangesIn);
        set = set.Difference(FieldOwnership.Unowned);
        var isSame = JsonElement.DeepEquals(live, merged);
        if (!set.IsEmpty)
        {
            var same = isSame && last is not null && last.Manager.ApiVersion == version && last.Fields.SameAs(set);
            after.Add(same ? last! : new OwnedFields(manager, set, now));
        }
        var managers = OwnedFields.Write(after);
        return new ApplyOutcome(isSame ? null : TypedText.Write(merged.WriteTo), managers.Equals(managed) ? managed : managers, []);

        FieldChanges? ChangesIn(string other)
        {
            if (inVersion.TryGetValue(other, out var known)) return known;
            var changes = versions.TypeOf(other) is { } served
                ? TypedComparison.Compare(versions.Convert(live, version, other), versions.Convert(merged, version, other), served).Without(ignored)
                : null;
            return inVersion[other] = changes;
        }
    }

    private static List<ApplyConflict> ConflictsOf(List<OwnedFields> others, Func<string, FieldChanges?> changesIn) =>
    [
        .. others.Where(entry => changesIn(entry.Manager.ApiVersion) is { } changes && entry.MayHave(changes.Set))
            .OrderBy(entry => entry.Manager.Name, StringComparer.Ordinal).ThenBy(entry => entry.Manager.ToString(), StringComparer.Ordinal)
            .SelectMany(entry => entry.Fields.Intersection(changesIn(entry.Manager.ApiVersion)!.Set).Paths().Select(path => new ApplyConflict(entry.Manager, path))),
    ];
}
