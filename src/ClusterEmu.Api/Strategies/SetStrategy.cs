using System.Globalization;

namespace ClusterEmu.Api;

/// <summary>What happens to StatefulSets, DaemonSets, ReplicationControllers and PodTemplates before their validation.</summary>
/// <remarks>
/// Source: strategy.go in pkg/registry/apps/{statefulset,daemonset} and pkg/registry/core/{replicationcontroller,podtemplate}. A generation
/// counts the specifications that an object has had; status and specification are written apart from each other.
/// </remarks>
public static class SetStrategy
{
    /// <summary>How often a DaemonSet's template has changed: an annotation that stands for a field of older versions.</summary>
    public const string TemplateGeneration = "deprecated.daemonset.template.generation";

    public static StatefulSet PrepareForCreate(StatefulSet set) =>
        set with { Metadata = MetadataStrategy.ForCreate(set.Metadata, 1), Status = StatefulSetStatus.Empty };

    public static DaemonSet PrepareForCreate(DaemonSet set) => set with
    {
        Metadata = Counted(MetadataStrategy.ForCreate(set.Metadata, 1), Math.Max(TemplateGenerationOf(set.Metadata), 1)),
        Status = DaemonSetStatus.Empty,
    };

    public static ReplicationController PrepareForCreate(ReplicationController controller) =>
        controller with { Metadata = MetadataStrategy.ForCreate(controller.Metadata, 1), Status = ReplicationControllerStatus.Empty };

    public static PodTemplate PrepareForCreate(PodTemplate template) => template with { Metadata = MetadataStrategy.ForCreate(template.Metadata, 1) };

    /// <param name="set">The object as the client wants it.</param>
    /// <param name="old">The object as stored.</param>
    /// <param name="status">True on the status subresource.</param>
    public static StatefulSet PrepareForUpdate(StatefulSet set, StatefulSet old, bool status) => status
        ? set with { Metadata = MetadataStrategy.ForUpdate(set.Metadata, old.Metadata), Spec = old.Spec }
        : set with
        {
            Metadata = MetadataStrategy.ForUpdate(set.Metadata, old.Metadata, !SemanticEquality.Same(set.Spec, old.Spec)),
            Status = old.Status,
        };

    /// <inheritdoc cref="PrepareForUpdate(StatefulSet, StatefulSet, bool)"/>
    public static DaemonSet PrepareForUpdate(DaemonSet set, DaemonSet old, bool status)
    {
        var templates = TemplateGenerationOf(old.Metadata);
        if (status) return set with { Metadata = Counted(MetadataStrategy.ForUpdate(set.Metadata, old.Metadata), templates), Spec = old.Spec };
        if (!SemanticEquality.Same(set.Spec.Template, old.Spec.Template)) templates++;
        var changed = !SemanticEquality.Same(set.Spec, old.Spec);
        return set with { Metadata = Counted(MetadataStrategy.ForUpdate(set.Metadata, old.Metadata, changed), templates), Status = old.Status };
    }

    /// <inheritdoc cref="PrepareForUpdate(StatefulSet, StatefulSet, bool)"/>
    public static ReplicationController PrepareForUpdate(ReplicationController controller, ReplicationController old, bool status) => status
        ? controller with { Metadata = MetadataStrategy.ForUpdate(controller.Metadata, old.Metadata), Spec = old.Spec }
        : controller with
        {
            Metadata = MetadataStrategy.ForUpdate(controller.Metadata, old.Metadata, !SemanticEquality.Same(controller.Spec, old.Spec)),
            Status = old.Status,
        };

    /// <summary>PodTemplates have no status; the flag changes nothing.</summary>
    public static PodTemplate PrepareForUpdate(PodTemplate template, PodTemplate old, bool status) => template with
    {
        Metadata = MetadataStrategy.ForUpdate(template.Metadata, old.Metadata, !SemanticEquality.Same(template.Template, old.Template)),
    };

    private static long TemplateGenerationOf(ObjectMeta meta) =>
        long.TryParse(meta.Annotations.GetValueOrDefault(TemplateGeneration), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count) ? count : 0;

    private static ObjectMeta Counted(ObjectMeta meta, long templates)
    {
        var text = templates.ToString(CultureInfo.InvariantCulture);
        if (meta.Annotations.GetValueOrDefault(TemplateGeneration) == text) return meta;
        return meta with { Annotations = new Dictionary<string, string>(meta.Annotations, StringComparer.Ordinal) { [TemplateGeneration] = text } };
    }
}
