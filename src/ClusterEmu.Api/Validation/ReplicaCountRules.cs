namespace ClusterEmu.Api;

/// <summary>The counts in the status of a ReplicaSet or ReplicationController.</summary>
/// <remarks>Source: ValidateReplicaSetStatus in pkg/apis/apps/validation and ValidateReplicationControllerStatus in pkg/apis/core/validation.</remarks>
internal static class ReplicaCountRules
{
    internal static void Check(List<FieldError> errors, int replicas, int labelled, int ready, int available, long generation)
    {
        var path = FieldPath.Status;
        ObjectMetaValidation.CheckNonNegative(errors, replicas, path.Child("replicas"));
        ObjectMetaValidation.CheckNonNegative(errors, labelled, path.Child("fullyLabeledReplicas"));
        ObjectMetaValidation.CheckNonNegative(errors, ready, path.Child("readyReplicas"));
        ObjectMetaValidation.CheckNonNegative(errors, available, path.Child("availableReplicas"));
        ObjectMetaValidation.CheckNonNegative(errors, generation, path.Child("observedGeneration"));
        WorkloadRules.CheckCounts(errors, replicas, "fullyLabeledReplicas", labelled, ready, available);
    }
}
