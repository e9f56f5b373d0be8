namespace ClusterEmu.Api;

/// <summary>A CronJob as clients up to Kubernetes 1.24 know it. It says the same as <see cref="CronJob"/>, in which form it is stored.</summary>
[GoName("CronJob")]
[Doc("Makes a Job again and again, at certain times. The old version of batch/v1 CronJob.")]
public sealed record BetaCronJob : IKubeObject
{
    public string Kind => "CronJob";
    public string ApiVersion => "batch/v1beta1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("Which Job, and when.")]
    public CronJobSpec Spec { get => field ?? CronJobSpec.Empty; init; }

    [Doc("What the controller last did.")]
    public CronJobStatus Status { get => field ?? CronJobStatus.Empty; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}
