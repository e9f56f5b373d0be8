namespace ClusterEmu.Api;

/// <summary>Everything that Kubernetes 1.32 refuses in a Pod, in its words. Source: pkg/apis/core/validation/validation.go.</summary>
public static class PodValidation
{
    private const string MirrorAnnotation = "kubernetes.io/config.mirror";
    private const string DeletionCostAnnotation = "controller.kubernetes.io/pod-deletion-cost";

    public static IReadOnlyList<FieldError> Create(Pod pod)
    {
        var errors = new List<FieldError>();
        Check(errors, pod);
        if (pod.Spec.EphemeralContainers.Count > 0)
            errors.Add(FieldErrors.Forbidden(FieldPath.Spec.Child("ephemeralContainers"), "cannot be set on create"));
        if (pod.Spec is { NodeName.Length: > 0, SchedulingGates.Count: > 0 })
            errors.Add(FieldErrors.Forbidden(FieldPath.Spec.Child("nodeName"),
                "cannot be set until all schedulingGates have been cleared"));
        return FieldErrors.Distinct(errors);
    }

    /// <summary>Of a Pod's specification little may change. On the status subresource only the status is looked at.</summary>
    public static IReadOnlyList<FieldError> Update(Pod pod, Pod old)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckUpdate(errors, pod.Metadata, old.Metadata);
        CheckMirror(errors, pod.Metadata, old.Metadata);
        if (ReferenceEquals(pod.Spec, old.Spec)) PodStatusRules.Check(errors, pod, old);
        else
        {
            Check(errors, pod);
            PodUpdateRules.Check(errors, pod.Spec, old.Spec);
        }
        return FieldErrors.Distinct(errors);
    }

    private static void Check(List<FieldError> errors, Pod pod)
    {
        ObjectMetaValidation.CheckCreate(errors, pod.Metadata, namespaced: true, ObjectNameRules.Subdomain);
        CheckAnnotations(errors, pod);
        PodSpecRules.Check(errors, pod.Spec, isPod: true, FieldPath.Spec);
        if (pod.Spec.ServiceAccountName.Length == 0) CheckNoTokens(errors, pod.Spec.Volumes);
        ContainerRules.CheckImages(errors, pod.Spec.Containers, FieldPath.Spec.Child("containers"));
        ContainerRules.CheckImages(errors, pod.Spec.InitContainers, FieldPath.Spec.Child("initContainers"));
    }

    private static void CheckAnnotations(List<FieldError> errors, Pod pod)
    {
        var path = FieldPath.Metadata.Child("annotations");
        if (pod.Metadata.Annotations.TryGetValue(MirrorAnnotation, out var mirror) && pod.Spec.NodeName.Length == 0)
            errors.Add(FieldErrors.Invalid(path.Key(MirrorAnnotation), mirror, "must set spec.nodeName if mirror pod annotation is set"));
        if (pod.Metadata.Annotations.TryGetValue(DeletionCostAnnotation, out var cost)
            && (cost.StartsWith('+') || !int.TryParse(cost, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out _)))
            errors.Add(FieldErrors.Invalid(path.Key(DeletionCostAnnotation), cost, "must be a 32bit integer"));
    }

    private static void CheckMirror(List<FieldError> errors, ObjectMeta meta, ObjectMeta old)
    {
        var path = FieldPath.Metadata.Child("annotations").Key(MirrorAnnotation);
        var was = old.Annotations.TryGetValue(MirrorAnnotation, out var before);
        var isNow = meta.Annotations.TryGetValue(MirrorAnnotation, out var now);
        if (was && before != now) errors.Add(FieldErrors.Forbidden(path, "may not remove or update mirror pod annotation"));
        if (!was && isNow) errors.Add(FieldErrors.Forbidden(path, "may not add mirror pod annotation"));
    }

    private static void CheckNoTokens(List<FieldError> errors, IReadOnlyList<Volume> volumes)
    {
        for (var i = 0; i < volumes.Count; i++)
        {
            if (volumes[i].Projected is not { } projected) continue;
            for (var j = 0; j < projected.Sources.Count; j++)
                if (projected.Sources[j].ServiceAccountToken is not null)
                    errors.Add(FieldErrors.Forbidden(
                        FieldPath.Spec.Child("volumes").Index(i).Child("projected").Child("sources").Index(j).Child("serviceAccountToken"),
                        "must not be specified when serviceAccountName is not set"));
        }
    }
}
