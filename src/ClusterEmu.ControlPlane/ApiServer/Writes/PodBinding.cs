using ClusterEmu.Api;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>What a scheduler posts: puts a Pod on a node, once. Source: pkg/registry/core/pod/storage.</summary>
internal static class PodBinding
{
    /// <exception cref="ApiException">The Pod is bound already, is being deleted, or does not exist; or the target is no node.</exception>
    public static ApiResponse Run(StoreTransaction transaction, ApiRequest request)
    {
        var binding = (Binding)request.Body!;
        var name = request.Name.Length > 0 ? request.Name : binding.Metadata.Name;
        if (binding.Metadata.Name != name) throw Refuse.BadRequest("name in URL does not match name in Binding object");
        Check(binding, name);
        if (!transaction.Objects.TryFind(Kinds.Pod, request.Namespace, name, out var current)) throw Refuse.NotFound(Kinds.Pod, name);
        var pod = (Pod)current.Decode();
        if (binding.Metadata.Uid.Length > 0 && binding.Metadata.Uid != pod.Metadata.Uid)
            throw Conflict(name, $"Precondition failed: UID in precondition: {binding.Metadata.Uid}, UID in object meta: {pod.Metadata.Uid}");
        if (pod.Metadata.DeletionTimestamp is not null) throw Conflict(name, $"pod {name} is being deleted, cannot be assigned to a host");
        if (pod.Spec.NodeName.Length > 0) throw Conflict(name, $"pod {name} is already assigned to node \"{pod.Spec.NodeName}\"");
        if (pod.Spec.SchedulingGates.Count > 0) throw Conflict(name, $"pod {name} has non-empty .spec.schedulingGates");
        var annotations = pod.Metadata.Annotations;
        if (binding.Metadata.Annotations.Count > 0)
        {
            var merged = new Dictionary<string, string>(annotations, StringComparer.Ordinal);
            foreach (var (key, value) in binding.Metadata.Annotations) merged[key] = value;
            annotations = merged;
        }
        var bound = pod with
        {
            Metadata = pod.Metadata with { Annotations = annotations },
            Spec = pod.Spec with { NodeName = binding.Target.Name },
            Status = pod.Status with { Conditions = Scheduled(pod.Status.Conditions, transaction.Now) },
        };
        if (!request.DryRun) transaction.Put(Kinds.Pod, bound);
        return ApiResponse.Of(new Status { Outcome = "Success", Code = 201 });
    }

    private static void Check(Binding binding, string name)
    {
        var errors = new List<FieldError>();
        if (binding.Target.Kind is not ("" or "Node"))
            errors.Add(new FieldError("FieldValueNotSupported", "target.kind", $"Unsupported value: \"{binding.Target.Kind}\": supported values: \"Node\", \"<empty>\""));
        if (binding.Target.Name.Length == 0) errors.Add(new FieldError("FieldValueRequired", "target.name", "Required value"));
        if (errors.Count > 0) throw Refuse.Invalid(Kinds.Binding, name, errors);
    }

    private static ApiException Conflict(string name, string why) => new(
        Refuse.Conflict(Kinds.Pod, name, why).Status with
        {
            Message = $"Operation cannot be fulfilled on pods/binding \"{name}\": {why}",
            Details = new StatusDetails { Name = name, Kind = "pods/binding" },
        });

    private static List<PodCondition> Scheduled(IReadOnlyList<PodCondition> conditions, DateTimeOffset now)
    {
        var others = conditions.Where(condition => condition.Type != "PodScheduled");
        return [.. others, new PodCondition { Type = "PodScheduled", Status = "True", LastTransitionTime = now }];
    }
}
