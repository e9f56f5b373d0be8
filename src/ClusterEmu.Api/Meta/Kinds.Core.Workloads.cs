namespace ClusterEmu.Api;

public static partial class Kinds
{
    public static readonly KindInfo<ReplicationController> ReplicationController = new()
    {
        Group = "",
        Version = "v1",
        Kind = "ReplicationController",
        Plural = "replicationcontrollers",
        Singular = "replicationcontroller",
        Namespaced = true,
        ShortNames = ["rc"],
        Categories = ["all"],
        Subresources = ["status", "scale"],
        OrphansByDefault = true,
        Scaling = KindScaling.Of<ReplicationController>(
            controller => new(controller.Spec.Replicas ?? 1, controller.Status.Replicas, LabelQuery.OfPairs(controller.Spec.Selector).ToString()),
            (controller, replicas) => controller with { Spec = controller.Spec with { Replicas = replicas } }),
        Fields = KindFields.ReplicationController,
        Rules = RulesOf.ReplicationController,
    };

    public static readonly KindInfo<PodTemplate> PodTemplate = new()
    {
        Group = "",
        Version = "v1",
        Kind = "PodTemplate",
        Plural = "podtemplates",
        Singular = "podtemplate",
        Namespaced = true,
        Rules = RulesOf.PodTemplate,
    };
}
