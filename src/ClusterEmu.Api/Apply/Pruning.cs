using System.Text.Json;

namespace ClusterEmu.Api;

/// <summary>Takes away what a manager applied before and does not apply now, unless others own it.</summary>
/// <remarks>Source: sigs.k8s.io/structured-merge-diff, merge/update (prune).</remarks>
internal sealed class Pruning(IFieldVersions versions)
{
    /// <param name="merged">The object with what is applied.</param>
    /// <param name="set">What is applied.</param>
    /// <param name="last">What the manager applied before; null: nothing.</param>
    /// <param name="others">All other managers.</param>
    /// <param name="version">The version of the object and of the set.</param>
    public JsonElement Prune(JsonElement merged, FieldSet set, OwnedFields? last, List<OwnedFields> others, string version)
    {
        if (last is null || last.Fields.IsEmpty) return merged;
        var lastVersion = last.Manager.ApiVersion;
        if (versions.TypeOf(lastVersion) is not { } type) return merged; // What it named then cannot be told any more.
        var inLast = Converted(merged, version, lastVersion);
        var mine = last.Fields.WithDeclaredFields(type);
        var pruned = TypedText.Read(TypedRemoval.Remove(inLast, mine, type));
        pruned = WithOwned(inLast, pruned, lastVersion, OwnedByVersion(set, others, version, lastVersion));
        // Only what the manager had applied goes.
        var (before, after) = (Fields(inLast, type), Fields(pruned, type));
        var gone = before.Difference(after).Intersection(mine);
        return gone.IsEmpty ? merged : Converted(TypedText.Read(TypedRemoval.Remove(inLast, gone, type)), lastVersion, version);
    }

    /// <summary>What is owned, by version; the version of the pruned object first, since conversions may need what it owns.</summary>
    private static List<(string Version, FieldSet Fields)> OwnedByVersion(FieldSet set, List<OwnedFields> others, string version, string first)
    {
        var owned = new List<(string Version, FieldSet Fields)> { (version, set) };
        foreach (var entry in others)
        {
            var known = owned.FindIndex(other => other.Version == entry.Manager.ApiVersion);
            if (known < 0) owned.Add((entry.Manager.ApiVersion, entry.Fields));
            else owned[known] = (owned[known].Version, owned[known].Fields.Union(entry.Fields));
        }
        return [.. owned.OrderBy(other => other.Version == first ? 0 : 1)];
    }

    private JsonElement WithOwned(JsonElement merged, JsonElement pruned, string version, List<(string Version, FieldSet Fields)> owned)
    {
        foreach (var (other, fields) in owned)
        {
            if (versions.TypeOf(other) is not { } type) continue;
            var (all, some) = (Converted(merged, version, other), Converted(pruned, version, other));
            var kept = Fields(some, type).Union(fields.WithDeclaredFields(type));
            pruned = Converted(TypedText.Read(TypedRemoval.Remove(all, Fields(all, type).Difference(kept), type)), other, version);
        }
        return pruned;
    }

    private static FieldSet Fields(JsonElement value, FieldType type) => TypedFields.Of(value, type).WithDeclaredFields(type);

    private JsonElement Converted(JsonElement value, string from, string to) => from == to ? value : versions.Convert(value, from, to);
}
