using ClusterEmu.Api;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>Applies the LimitRanges of a namespace to its Pods and claims. <see cref="LimitRules"/> decides. Source: plugin/pkg/admission/limitranger.</summary>
internal static class LimitAdmission
{
    /// <summary>A new Pod with the defaults of its namespace. Everything else stays as it is.</summary>
    public static IKubeObject WithDefaults(IKubeObject value, StoreSnapshot objects)
    {
        if (value is not Pod pod) return value;
        foreach (var range in RangesOf(pod.Metadata.Namespace, objects)) pod = LimitRules.WithDefaults(pod, range);
        return pod;
    }

    /// <exception cref="ApiException">403: the object is outside of a LimitRange's bounds.</exception>
    public static void Check(KindInfo kind, IKubeObject value, StoreSnapshot objects)
    {
        if (value is not (Pod or PersistentVolumeClaim)) return;
        foreach (var range in RangesOf(value.Metadata.Namespace, objects))
        {
            var problems = value is Pod pod ? LimitRules.Problems(pod, range) : LimitRules.Problems((PersistentVolumeClaim)value, range);
            if (problems.Count > 0) throw Refuse.Forbidden(kind, value.Metadata.Name, problems.Count == 1 ? problems[0] : $"[{string.Join(", ", problems)}]");
        }
    }

    private static IEnumerable<LimitRange> RangesOf(string ns, StoreSnapshot objects) =>
        objects.List(Kinds.LimitRange, ns).Select(stored => (LimitRange)stored.Decode());
}
