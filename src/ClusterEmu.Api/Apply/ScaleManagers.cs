namespace ClusterEmu.Api;

/// <summary>Managers as the scale subresource shows them, and back. Source: apimachinery util/managedfields/scalehandler.go.</summary>
/// <param name="parentVersion">The version of the object that is scaled.</param>
/// <param name="replicas">Where it has its count, such as <c>spec.replicas</c>.</param>
/// <param name="scaleVersion">The version of the Scale.</param>
public sealed class ScaleManagers(string parentVersion, FieldSet replicas, string scaleVersion = "autoscaling/v1")
{
    private static readonly FieldSet InScale = FieldSet.OfFields("spec.replicas");

    /// <summary>Who owns the count, in terms of the Scale.</summary>
    public ManagedFields ToScale(ManagedFields parent) => OwnedFields.Write(
    [
        .. FieldOwnership.ReadOrNone(parent).Where(OwnsCount)
            .Select(entry => entry.With(InScale).As(entry.Manager with { ApiVersion = scaleVersion })),
    ]);

    /// <summary>The managers of the object after a write to its scale.</summary>
    /// <param name="parent">Those before.</param>
    /// <param name="scale">Those of the Scale afterwards.</param>
    public ManagedFields ToParent(ManagedFields parent, ManagedFields scale)
    {
        var owners = FieldOwnership.ReadOrNone(scale);
        var after = new List<OwnedFields>();
        foreach (var entry in FieldOwnership.ReadOrNone(parent))
        {
            var still = owners.Find(owner => IsSame(owner.Manager, entry.Manager));
            if (!OwnsCount(entry)) after.Add(entry);
            else if (still is not null)
            {
                // Its own time moves with the Scale's, which is where it may have changed.
                after.Add(still.Time is { } time ? entry.At(time) : entry);
                owners.Remove(still);
            }
            else if (entry.Fields.Difference(replicas) is { IsEmpty: false } rest) after.Add(entry.With(rest));
        }
        foreach (var owner in owners)
        {
            var manager = owner.Manager with { ApiVersion = parentVersion };
            var known = after.FindIndex(entry => entry.Manager.IsSameAs(manager));
            if (known >= 0) after[known] = after[known].With(after[known].Fields.Union(replicas));
            else after.Add(owner.With(replicas).As(manager));
        }
        var managers = OwnedFields.Write(after);
        return managers.Equals(parent) ? parent : managers;
    }

    private bool OwnsCount(OwnedFields entry) => entry.Manager.ApiVersion == parentVersion && !entry.Fields.Intersection(replicas).IsEmpty;

    private static bool IsSame(FieldManager left, FieldManager right) =>
        left.Name == right.Name && left.Operation == right.Operation && left.Subresource == right.Subresource;
}
