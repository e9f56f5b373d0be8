namespace ClusterEmu.Api;

[Doc("A budget as clients of Kubernetes before 1.25 know it. It differs from v1 in one thing: an empty selector means no Pods at all.")]
[GoName("PodDisruptionBudget", "v1beta1")]
public sealed record PodDisruptionBudgetV1Beta1 : IKubeObject
{
    public string Kind => "PodDisruptionBudget";
    public string ApiVersion => "policy/v1beta1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ObjectMeta Metadata { get => field ?? ObjectMeta.Empty; init; }

    [Doc("What is wanted. An empty selector means no Pods.")]
    public PodDisruptionBudgetSpec Spec { get => field ?? PodDisruptionBudgetSpec.Empty; init; }

    [Doc("How things stand.")]
    public PodDisruptionBudgetStatus Status { get => field ?? PodDisruptionBudgetStatus.Empty; init; }

    public IKubeObject WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
}
