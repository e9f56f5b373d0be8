using ClusterEmu.Api;

namespace ClusterEmu.Client;

/// <summary>What a process tells of itself, for others to find it. See <see cref="ProcessLease"/>.</summary>
/// <param name="Name">The process: <c>nodes-1</c>.</param>
/// <param name="Role"><c>control-plane</c>, <c>nodes</c> or <c>edge</c>.</param>
/// <param name="Pid">The operating system's process id.</param>
/// <param name="Endpoint">Its process endpoint, <c>https://host:port</c>; null if it has none.</param>
/// <param name="Fabric">Its fabric listener, <c>host:port</c>; null if it has none.</param>
public sealed record ProcessRegistration(string Name, string Role, int Pid, string? Endpoint, string? Fabric);

/// <summary>Works out the Lease of a process. Pure.</summary>
public static class LeaseRenewal
{
    public const string Namespace = "kube-system";
    public const string RoleLabel = "clusteremu.io/role";
    public const string PidAnnotation = "clusteremu.io/pid";
    public const string EndpointAnnotation = "clusteremu.io/endpoint";
    public const string FabricAnnotation = "clusteremu.io/fabric";

    /// <summary>A Lease not renewed for so long belongs to a process that is gone.</summary>
    public const int DurationSeconds = 10;

    public static string LeaseName(string process) => $"clusteremu-process-{process}";

    /// <summary>The Lease as it should be at <paramref name="now"/>.</summary>
    /// <param name="process">Who renews it.</param>
    /// <param name="current">What the server has, or null if it has none.</param>
    /// <param name="now">The time of renewal.</param>
    public static Lease Next(ProcessRegistration process, Lease? current, DateTimeOffset now)
    {
        var pid = process.Pid.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var annotations = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in current?.Metadata.Annotations ?? EmptyMap.Strings) annotations[key] = value;
        var sameProcess = annotations.GetValueOrDefault(PidAnnotation) == pid;
        annotations[PidAnnotation] = pid;
        Set(annotations, EndpointAnnotation, process.Endpoint);
        Set(annotations, FabricAnnotation, process.Fabric);
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in current?.Metadata.Labels ?? EmptyMap.Strings) labels[key] = value;
        labels[RoleLabel] = process.Role;
        var meta = current?.Metadata ?? new ObjectMeta { Name = LeaseName(process.Name), Namespace = Namespace };
        return new Lease
        {
            Metadata = meta with { Labels = labels, Annotations = annotations },
            Spec = new LeaseSpec
            {
                HolderIdentity = process.Name,
                LeaseDurationSeconds = DurationSeconds,
                AcquireTime = sameProcess ? current!.Spec.AcquireTime ?? now : now,
                RenewTime = now,
                LeaseTransitions = (current?.Spec.LeaseTransitions ?? 0) + (current is null || sameProcess ? 0 : 1),
            },
        };
    }

    private static void Set(SortedDictionary<string, string> map, string key, string? value)
    {
        if (string.IsNullOrEmpty(value)) map.Remove(key);
        else map[key] = value;
    }
}
