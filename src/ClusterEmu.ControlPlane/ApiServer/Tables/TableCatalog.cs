using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>The columns that a server prints for each kind. Source: pkg/printers/internalversion/printers.go.</summary>
public static class TableCatalog
{
    internal const string None = "<none>";

    private static readonly TableColumns Other = TableColumns.Of<IKubeObject>(
        "Name:name Created_At:date", (value, now) => [value.Metadata.Name, value.Metadata.CreationTimestamp?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'")]);

    private static readonly Dictionary<KindInfo, TableColumns> ByKind = new()
    {
        [Kinds.Namespace] = TableColumns.Of<Namespace>(
            "Name:name Status Age", (space, now) => [space.Metadata.Name, space.Status.Phase, Age(space, now)]),
        [Kinds.Node] = NodeColumns.Columns,
        [Kinds.Pod] = PodColumns.Columns,
        [Kinds.Service] = ServiceColumns.Columns,
        [Kinds.Endpoints] = EndpointColumns.Endpoints,
        [Kinds.EndpointSlice] = EndpointColumns.Slices,
        [Kinds.ConfigMap] = TableColumns.Of<ConfigMap>(
            "Name:name Data Age", (map, now) => [map.Metadata.Name, (long)map.Data.Count + map.BinaryData.Count, Age(map, now)]),
        [Kinds.Secret] = TableColumns.Of<Secret>(
            "Name:name Type Data Age", (secret, now) => [secret.Metadata.Name, secret.Type, (long)secret.Data.Count, Age(secret, now)]),
        [Kinds.ServiceAccount] = TableColumns.Of<ServiceAccount>(
            "Name:name Secrets Age", (account, now) => [account.Metadata.Name, (long)account.Secrets.Count, Age(account, now)]),
        [Kinds.Lease] = TableColumns.Of<Lease>(
            "Name:name Holder Age", (lease, now) => [lease.Metadata.Name, lease.Spec.HolderIdentity ?? "", Age(lease, now)]),
        [Kinds.Event] = EventColumns.Columns,
        [Kinds.Deployment] = TableColumns.Of<Deployment>(
            "Name:name Ready Up-to-date Available Age Containers+ Images+ Selector+",
            (deployment, now) =>
            [
                deployment.Metadata.Name,
                $"{deployment.Status.ReadyReplicas}/{deployment.Spec.Replicas ?? 1}",
                deployment.Status.UpdatedReplicas,
                deployment.Status.AvailableReplicas,
                Age(deployment, now),
                Containers(deployment.Spec.Template.Spec),
                Images(deployment.Spec.Template.Spec),
                Selector(deployment.Spec.Selector),
            ]),
        [Kinds.ReplicaSet] = TableColumns.Of<ReplicaSet>(
            "Name:name Desired:integer Current:integer Ready:integer Age Containers+ Images+ Selector+",
            (set, now) =>
            [
                set.Metadata.Name,
                set.Spec.Replicas ?? 1,
                set.Status.Replicas,
                set.Status.ReadyReplicas,
                Age(set, now),
                Containers(set.Spec.Template.Spec),
                Images(set.Spec.Template.Spec),
                Selector(set.Spec.Selector),
            ]),
        [Kinds.StatefulSet] = WorkloadColumns.StatefulSets,
        [Kinds.DaemonSet] = WorkloadColumns.DaemonSets,
        [Kinds.ControllerRevision] = WorkloadColumns.Revisions,
        [Kinds.ReplicationController] = WorkloadColumns.ReplicationControllers,
        [Kinds.PodTemplate] = WorkloadColumns.PodTemplates,
        [Kinds.Job] = JobColumns.Jobs,
        [Kinds.CronJob] = JobColumns.CronJobs,
        [Kinds.BetaCronJob] = JobColumns.BetaCronJobs,
        [Kinds.PersistentVolume] = StorageColumns.Volumes,
        [Kinds.PersistentVolumeClaim] = StorageColumns.Claims,
        [Kinds.ResourceQuota] = QuotaColumns.Columns,
        [Kinds.Scale] = TableColumns.Of<Scale>(
            "Name:name Desired:integer Available:integer Age", (scale, now) => [scale.Metadata.Name, scale.Spec.Replicas, scale.Status.Replicas, Age(scale, now)]),
        [Kinds.ComponentStatus] = ComponentColumns.Columns,
    };

    /// <summary>A kind without columns of its own shows name and creation time; a version that is converted has the columns of the stored one.</summary>
    public static TableColumns Of(KindInfo kind) => kind is CustomKind custom ? CustomColumns.Of(custom)
        : kind.Conversion is { } conversion ? Converted(Of(conversion.Storage), conversion)
        : ByKind.GetValueOrDefault(kind) ?? PolicyTables.ByKind.GetValueOrDefault(kind, Other);

    private static TableColumns Converted(TableColumns columns, KindConversion conversion) =>
        columns with { Cells = (value, now) => columns.Cells(conversion.ToStorage(value), now) };

    internal static TableCell Age(IKubeObject value, DateTimeOffset now) => HumanDuration.Since(value.Metadata.CreationTimestamp, now);

    /// <summary>Labels as <c>a=b,c=d</c>, by key; <c>&lt;none&gt;</c> if there are none.</summary>
    internal static string Pairs(IReadOnlyDictionary<string, string> pairs) => pairs.Count == 0
        ? None
        : string.Join(',', pairs.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"));

    internal static string Containers(PodSpec spec) => string.Join(',', spec.Containers.Select(container => container.Name));

    internal static string Images(PodSpec spec) => string.Join(',', spec.Containers.Select(container => container.Image));

    internal static string Selector(LabelSelector? selector) => LabelQuery.OfSelector(selector).ToString() is { Length: > 0 } text ? text : None;
}
