namespace ClusterEmu.Api;

internal static partial class RulesOf
{
    internal static KindRules<StatefulSet> StatefulSet => new()
    {
        WithDefaults = StatefulSetDefaults.Apply,
        PrepareForCreate = SetStrategy.PrepareForCreate,
        PrepareForUpdate = SetStrategy.PrepareForUpdate,
        ValidateCreate = StatefulSetValidation.Create,
        ValidateUpdate = StatefulSetValidation.Update,
    };

    internal static KindRules<DaemonSet> DaemonSet => new()
    {
        WithDefaults = DaemonSetDefaults.Apply,
        PrepareForCreate = SetStrategy.PrepareForCreate,
        PrepareForUpdate = SetStrategy.PrepareForUpdate,
        ValidateCreate = DaemonSetValidation.Create,
        ValidateUpdate = DaemonSetValidation.Update,
    };

    internal static KindRules<ReplicationController> ReplicationController => new()
    {
        WithDefaults = ReplicationControllerDefaults.Apply,
        PrepareForCreate = SetStrategy.PrepareForCreate,
        PrepareForUpdate = SetStrategy.PrepareForUpdate,
        ValidateCreate = ReplicationControllerValidation.Create,
        ValidateUpdate = ReplicationControllerValidation.Update,
    };

    internal static KindRules<ControllerRevision> ControllerRevision => Plain<ControllerRevision>() with
    {
        ValidateCreate = ControllerRevisionValidation.Create,
        ValidateUpdate = ControllerRevisionValidation.Update,
    };

    internal static KindRules<PodTemplate> PodTemplate => new()
    {
        WithDefaults = template => template with { Template = PodSpecDefaults.Apply(template.Template) },
        PrepareForCreate = SetStrategy.PrepareForCreate,
        PrepareForUpdate = SetStrategy.PrepareForUpdate,
        ValidateCreate = PodTemplateValidation.Create,
        ValidateUpdate = PodTemplateValidation.Update,
    };

    internal static KindRules<Job> Job => new()
    {
        WithDefaults = JobDefaults.Apply,
        PrepareForCreate = JobStrategy.PrepareForCreate,
        PrepareForUpdate = JobStrategy.PrepareForUpdate,
        ValidateCreate = JobValidation.Create,
        ValidateUpdate = JobValidation.Update,
    };

    internal static KindRules<CronJob> CronJob => new()
    {
        WithDefaults = cron => cron with { Spec = CronJobDefaults.Apply(cron.Spec) },
        PrepareForCreate = JobStrategy.PrepareForCreate,
        PrepareForUpdate = JobStrategy.PrepareForUpdate,
        ValidateCreate = CronJobValidation.Create,
        ValidateUpdate = CronJobValidation.Update,
    };

    /// <summary>Everything but defaults is the stored version's business.</summary>
    internal static KindRules<BetaCronJob> BetaCronJob => new() { WithDefaults = cron => cron with { Spec = CronJobDefaults.Apply(cron.Spec) } };
}
