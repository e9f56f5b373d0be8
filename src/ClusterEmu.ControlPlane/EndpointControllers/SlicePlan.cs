using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane;

/// <summary>What slices of one owner have in common.</summary>
/// <param name="NamePrefix">Slices are named this, a dash and five letters.</param>
/// <param name="Namespace">Where they are.</param>
/// <param name="Labels">What each should carry.</param>
/// <param name="Annotations">What each written one should carry.</param>
/// <param name="Owner">The Service or Endpoints object that they belong to.</param>
/// <param name="Capacity">Endpoints in one slice at most.</param>
public sealed record SliceOwner(
    string NamePrefix,
    string Namespace,
    IReadOnlyDictionary<string, string> Labels,
    IReadOnlyDictionary<string, string> Annotations,
    OwnerReference Owner,
    int Capacity);

/// <summary>Endpoints of one address family that listen at the same ports.</summary>
public sealed record SliceGroup(string AddressType, IReadOnlyList<EndpointSlicePort> Ports, IReadOnlyList<Endpoint> Endpoints)
{
    /// <summary>Slices of one group have one key.</summary>
    public string Key => KeyOf(AddressType, Ports);

    public static string KeyOf(string addressType, IReadOnlyList<EndpointSlicePort> ports) =>
        $"{addressType}:{string.Join(',', ports.Select(port => $"{port.Name}/{port.Protocol}/{port.Port}/{port.AppProtocol}").Order(StringComparer.Ordinal))}";
}

/// <summary>
/// Brings slices to what is wanted with few writes: what is right stays where it is, gaps of slices that change anyway are
/// filled first, and a slice no longer needed is reused before one is made. Pure. Source: k8s.io/endpointslice/reconciler.go.
/// </summary>
public static class SlicePlan
{
    public static IReadOnlyList<ApiCall> Of(SliceOwner owner, IReadOnlyList<EndpointSlice> existing, IReadOnlyList<SliceGroup> wanted)
    {
        var create = new List<EndpointSlice>();
        var update = new List<EndpointSlice>();
        var delete = new List<EndpointSlice>();
        var byKey = existing.Where(slice => slice.Metadata.DeletionTimestamp is null)
            .OrderBy(slice => slice.Metadata.Name, StringComparer.Ordinal)
            .ToLookup(slice => SliceGroup.KeyOf(slice.AddressType, slice.Ports), StringComparer.Ordinal);
        foreach (var group in wanted) Plan(owner, group, [.. byKey[group.Key]], create, update, delete);
        var keys = wanted.Select(group => group.Key).ToHashSet(StringComparer.Ordinal);
        delete.AddRange(byKey.Where(known => !keys.Contains(known.Key)).SelectMany(known => known));
        Reuse(create, update, delete);
        return
        [
            .. create.Select(slice => ApiCall.Create(slice)),
            .. update.Select(slice => ApiCall.Update(slice)),
            .. delete.Select(slice => ApiCall.Delete(Kinds.EndpointSlice, slice.Metadata.Namespace, slice.Metadata.Name)),
        ];
    }

    private static void Plan(
        SliceOwner owner, SliceGroup group, List<EndpointSlice> existing, List<EndpointSlice> create, List<EndpointSlice> update, List<EndpointSlice> delete)
    {
        var left = new Dictionary<string, Endpoint>(StringComparer.Ordinal);
        foreach (var endpoint in group.Endpoints) left[IdentityOf(endpoint)] = endpoint;
        var changed = new List<(EndpointSlice Slice, List<Endpoint> Endpoints)>();
        var unchanged = new List<EndpointSlice>();
        foreach (var slice in existing)
        {
            var kept = new List<Endpoint>();
            var same = slice.Metadata.Labels.SameAs(owner.Labels);
            foreach (var endpoint in slice.Endpoints)
            {
                if (!left.Remove(IdentityOf(endpoint), out var next))
                {
                    same = false; // It is gone, or another slice has it.
                    continue;
                }
                same &= Same(endpoint, next);
                kept.Add(next);
            }
            if (same && (kept.Count > 0 || group.Endpoints.Count == 0)) unchanged.Add(slice);
            else if (kept.Count == 0 && group.Endpoints.Count > 0) delete.Add(slice);
            else changed.Add((slice, kept));
        }
        // Of several empty ones a single one stands for "none".
        if (group.Endpoints.Count == 0)
        {
            foreach (var slice in unchanged.Skip(1).ToList())
            {
                unchanged.Remove(slice);
                delete.Add(slice);
            }
            if (unchanged.Count + changed.Count == 0) create.Add(NewSlice(owner, group, []));
            if (unchanged.Count > 0)
            {
                delete.AddRange(changed.Select(entry => entry.Slice));
                changed.Clear();
            }
            else if (changed.Count > 1)
            {
                delete.AddRange(changed.Skip(1).Select(entry => entry.Slice));
                changed.RemoveRange(1, changed.Count - 1);
            }
        }
        var rest = new Queue<Endpoint>(left.Values);
        foreach (var (_, endpoints) in changed.OrderByDescending(entry => entry.Endpoints.Count))
        {
            while (rest.Count > 0 && endpoints.Count < owner.Capacity) endpoints.Add(rest.Dequeue());
        }
        while (rest.Count > 0)
        {
            // One that takes all the rest, the fullest first; else a new one.
            var roomy = rest.Count > owner.Capacity ? null : unchanged.Where(slice => slice.Endpoints.Count + rest.Count <= owner.Capacity).MaxBy(slice => slice.Endpoints.Count);
            var endpoints = roomy is null ? [] : new List<Endpoint>(roomy.Endpoints);
            while (rest.Count > 0 && endpoints.Count < owner.Capacity) endpoints.Add(rest.Dequeue());
            if (roomy is null)
            {
                create.Add(NewSlice(owner, group, endpoints));
                continue;
            }
            unchanged.Remove(roomy);
            changed.Add((roomy, endpoints));
        }
        update.AddRange(changed.Select(entry => Written(owner, entry.Slice.Metadata, group, entry.Endpoints)));
    }

    private static void Reuse(List<EndpointSlice> create, List<EndpointSlice> update, List<EndpointSlice> delete)
    {
        foreach (var made in create.ToList())
        {
            if (delete.Find(slice => slice.AddressType == made.AddressType) is not { } old) continue;
            delete.Remove(old);
            create.Remove(made);
            update.Add(made with { Metadata = old.Metadata with { Labels = made.Metadata.Labels, Annotations = made.Metadata.Annotations } });
        }
    }

    private static EndpointSlice NewSlice(SliceOwner owner, SliceGroup group, IReadOnlyList<Endpoint> endpoints)
    {
        var meta = new ObjectMeta { GenerateName = owner.NamePrefix + "-", Namespace = owner.Namespace, OwnerReferences = [owner.Owner] };
        return Written(owner, meta, group, endpoints);
    }

    private static EndpointSlice Written(SliceOwner owner, ObjectMeta meta, SliceGroup group, IReadOnlyList<Endpoint> endpoints) => new()
    {
        Metadata = meta with { Labels = owner.Labels, Annotations = owner.Annotations },
        AddressType = group.AddressType,
        Ports = group.Ports,
        Endpoints = endpoints,
    };

    private static string IdentityOf(Endpoint endpoint) =>
        $"{string.Join(',', endpoint.Addresses)}|{endpoint.Hostname}|{endpoint.TargetRef?.Namespace}/{endpoint.TargetRef?.Name}";

    private static bool Same(Endpoint left, Endpoint right) =>
        left.Conditions == right.Conditions
        && left.NodeName == right.NodeName
        && left.Zone == right.Zone
        && left.TargetRef?.Uid == right.TargetRef?.Uid
        && left.DeprecatedTopology.SameAs(right.DeprecatedTopology)
        && (left.Hints?.ForZones ?? []).SequenceEqual(right.Hints?.ForZones ?? []);
}
