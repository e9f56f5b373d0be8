using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>Rows of what runs Pods. Source: printStatefulSet, printDaemonSet, printControllerRevision, printReplicationController, printPodTemplate.</summary>
internal static class WorkloadColumns
{
    public static readonly TableColumns StatefulSets = TableColumns.Of<StatefulSet>(
        "Name:name Ready Age Containers+ Images+",
        (set, now) =>
        [
            set.Metadata.Name,
            $"{set.Status.ReadyReplicas}/{set.Spec.Replicas ?? 1}",
            TableCatalog.Age(set, now),
            TableCatalog.Containers(set.Spec.Template.Spec),
            TableCatalog.Images(set.Spec.Template.Spec),
        ]);

    public static readonly TableColumns DaemonSets = TableColumns.Of<DaemonSet>(
        "Name:name Desired:integer Current:integer Ready:integer Up-to-date:integer Available:integer Node_Selector Age Containers+ Images+ Selector+",
        (set, now) =>
        [
            set.Metadata.Name,
            set.Status.DesiredNumberScheduled,
            set.Status.CurrentNumberScheduled,
            set.Status.NumberReady,
            set.Status.UpdatedNumberScheduled,
            set.Status.NumberAvailable,
            TableCatalog.Pairs(set.Spec.Template.Spec.NodeSelector),
            TableCatalog.Age(set, now),
            TableCatalog.Containers(set.Spec.Template.Spec),
            TableCatalog.Images(set.Spec.Template.Spec),
            TableCatalog.Selector(set.Spec.Selector),
        ]);

    public static readonly TableColumns Revisions = TableColumns.Of<ControllerRevision>(
        "Name:name Controller Revision Age",
        (revision, now) => [revision.Metadata.Name, Controller(revision), revision.Revision, TableCatalog.Age(revision, now)]);

    public static readonly TableColumns ReplicationControllers = TableColumns.Of<ReplicationController>(
        "Name:name Desired:integer Current:integer Ready:integer Age Containers+ Images+ Selector+",
        (controller, now) =>
        [
            controller.Metadata.Name,
            controller.Spec.Replicas ?? 1,
            controller.Status.Replicas,
            controller.Status.ReadyReplicas,
            TableCatalog.Age(controller, now),
            TableCatalog.Containers(controller.Spec.Template?.Spec ?? PodSpec.Empty),
            TableCatalog.Images(controller.Spec.Template?.Spec ?? PodSpec.Empty),
            TableCatalog.Pairs(controller.Spec.Selector),
        ]);

    public static readonly TableColumns PodTemplates = TableColumns.Of<PodTemplate>(
        "Name:name Containers Images Pod_Labels",
        (template, _) =>
        [
            template.Metadata.Name,
            TableCatalog.Containers(template.Template.Spec),
            TableCatalog.Images(template.Template.Spec),
            TableCatalog.Pairs(template.Template.Metadata.Labels),
        ]);

    /// <summary>Kind, group and name of the controller: <c>statefulset.apps/web</c>.</summary>
    private static string Controller(ControllerRevision revision)
    {
        if (revision.Metadata.OwnerReferences.FirstOrDefault(reference => reference.Controller == true) is not { } owner) return TableCatalog.None;
        var slash = owner.ApiVersion.IndexOf('/', StringComparison.Ordinal);
        var kind = slash < 0 ? owner.Kind : $"{owner.Kind}.{owner.ApiVersion[..slash]}";
        return $"{kind.ToLowerInvariant()}/{owner.Name}";
    }
}
