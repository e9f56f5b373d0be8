using ClusterEmu.Api;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>Turns the name of a PriorityClass into a priority, and keeps the classes in order. Source: plugin/pkg/admission/priority.</summary>
internal static class PriorityAdmission
{
    private const string Preempts = "PreemptLowerPriority";

    /// <summary>The Pod's specification with the priority of its class, or of the default class if it names none.</summary>
    /// <exception cref="ApiException">403: there is no such class, or the Pod names a priority that is not the class's.</exception>
    public static PodSpec Resolve(Pod pod, PodSpec spec, StoreSnapshot objects)
    {
        var (name, priority, policy) = spec.PriorityClassName.Length > 0 ? Named(pod, spec.PriorityClassName, objects) : Default(objects);
        if (spec.Priority is { } said && said != priority)
        {
            throw Refuse.Forbidden(Kinds.Pod, pod.Metadata.Name,
                $"the integer value of priority ({said}) must not be provided in pod spec; priority admission controller computed {priority} from the given PriorityClass name");
        }
        if (spec.PreemptionPolicy is { } wished && wished != policy)
        {
            throw Refuse.Forbidden(Kinds.Pod, pod.Metadata.Name,
                $"the string value of PreemptionPolicy ({wished}) must not be provided in pod spec; priority admission controller computed {policy} from the given PriorityClass name");
        }
        return spec with { PriorityClassName = name, Priority = priority, PreemptionPolicy = policy };
    }

    /// <exception cref="ApiException">403: there is another default class.</exception>
    public static PriorityClass Admit(PriorityClass value, StoreSnapshot objects)
    {
        if (!value.GlobalDefault) return value;
        var other = objects.List(Kinds.PriorityClass).Select(stored => (PriorityClass)stored.Decode())
            .FirstOrDefault(known => known.GlobalDefault && known.Metadata.Name != value.Metadata.Name);
        return other is null
            ? value
            : throw Refuse.Forbidden(
                Kinds.PriorityClass, value.Metadata.Name, $"PriorityClass {other.Metadata.Name} is already marked as default. Only one default can exist");
    }

    /// <exception cref="ApiException">403: the class is the system's own.</exception>
    public static void CheckDelete(KindInfo kind, string name)
    {
        if (kind == Kinds.PriorityClass && SystemPriorityClasses.Find(name) is not null)
            throw Refuse.Forbidden(kind, name, "this is a system priority class and cannot be deleted");
    }

    private static (string Name, int Priority, string Policy) Named(Pod pod, string name, StoreSnapshot objects) =>
        objects.Find(Kinds.PriorityClass, "", name)?.Decode() is PriorityClass found
            ? (name, found.Value, found.PreemptionPolicy ?? Preempts)
            : throw Refuse.Forbidden(Kinds.Pod, pod.Metadata.Name, $"no PriorityClass with name {name} was found");

    /// <summary>Where a race made two defaults, the lower one counts.</summary>
    private static (string Name, int Priority, string Policy) Default(StoreSnapshot objects)
    {
        var found = objects.List(Kinds.PriorityClass).Select(stored => (PriorityClass)stored.Decode()).Where(known => known.GlobalDefault).MinBy(known => known.Value);
        return found is null ? ("", 0, Preempts) : (found.Metadata.Name, found.Value, found.PreemptionPolicy ?? Preempts);
    }
}
