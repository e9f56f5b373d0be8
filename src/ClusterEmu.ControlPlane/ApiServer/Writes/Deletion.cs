using ClusterEmu.Api;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>Deletes an object: at once, or by marking it and waiting for finalizers or the kubelet. Source: registry/rest/delete.go.</summary>
internal static class Deletion
{
    private const string Orphan = "orphan";
    private const string Foreground = "foregroundDeletion";
    private const long DefaultGraceSeconds = 30;

    /// <summary>Kinds whose deletion is answered with what was deleted, not with a Status (ReturnDeletedObject in pkg/registry/core).</summary>
    private static readonly KindInfo[] ShownWhenGone =
    [
        Kinds.Pod, Kinds.Service, Kinds.ServiceAccount, Kinds.PodTemplate, Kinds.PersistentVolume, Kinds.PersistentVolumeClaim, Kinds.ResourceQuota,
    ];

    /// <summary>True once nothing holds a marked object any more.</summary>
    public static bool IsOver(IKubeObject value) =>
        value.Metadata.DeletionTimestamp is not null
        && value.Metadata.Finalizers.Count == 0
        && value.Metadata.DeletionGracePeriodSeconds is null or 0
        && value is not Namespace { Spec.Finalizers.Count: > 0 };

    /// <summary>Deletes, or marks.</summary>
    /// <param name="transaction">The write.</param>
    /// <param name="request">With the options.</param>
    /// <param name="current">The object as stored.</param>
    /// <param name="change">What else becomes of it in the same write; null for nothing.</param>
    /// <exception cref="ApiException">The options are wrong, or a precondition does not hold.</exception>
    public static ApiResponse Run(StoreTransaction transaction, ApiRequest request, StoredObject current, Func<IKubeObject, IKubeObject>? change = null)
    {
        var (kind, options) = (request.Kind, request.DeleteOptions);
        CheckOptions(options);
        NamespaceAdmission.CheckDelete(kind, current.Name);
        PriorityAdmission.CheckDelete(kind, current.Name);
        var old = current.Decode();
        CheckPreconditions(kind, current.Name, options.Preconditions, old.Metadata);
        if (change is not null) old = change(old);
        var marked = old is Namespace space ? MarkNamespace(transaction, space) : Mark(transaction, kind, old, options);
        if (request.DryRun) return IsOver(marked) ? Gone(kind, current, marked) : ApiResponse.Of(marked);
        if (IsOver(marked))
        {
            var last = transaction.Delete(current, old is Pod ? marked : old);
            return Gone(kind, last, marked);
        }
        return Updating.Store(transaction, current, marked);
    }

    private static ApiResponse Gone(KindInfo kind, StoredObject last, IKubeObject marked) => ShownWhenGone.Contains(kind)
        ? ApiResponse.Of(marked.WithMetadata(marked.Metadata with { ResourceVersion = Revisions.Text(last.Revision) }))
        : ApiResponse.Of(new Status
        {
            Outcome = "Success",
            Details = new StatusDetails { Name = last.Name, Group = kind.Group, Kind = kind.Plural, Uid = last.Uid },
        });

    private static IKubeObject Mark(StoreTransaction transaction, KindInfo kind, IKubeObject old, DeleteOptions options)
    {
        var meta = old.Metadata with { Finalizers = FinalizersFor(kind, old, options) };
        var grace = old is Pod pod ? GraceSeconds(pod, options) : 0;
        if (meta.DeletionTimestamp is { } until)
        {
            // Marked already: the wait can only become shorter.
            if (grace < (meta.DeletionGracePeriodSeconds ?? 0))
            {
                var begun = until.AddSeconds(-(meta.DeletionGracePeriodSeconds ?? 0));
                meta = meta with { DeletionTimestamp = begun.AddSeconds(grace), DeletionGracePeriodSeconds = grace };
            }
            return old.WithMetadata(meta);
        }
        return old.WithMetadata(meta with
        {
            DeletionTimestamp = transaction.Now.AddSeconds(grace),
            DeletionGracePeriodSeconds = grace,
            Generation = meta.Generation > 0 ? meta.Generation + 1 : 0,
        });
    }

    /// <exception cref="ApiException">It is on its way out already.</exception>
    private static Namespace MarkNamespace(StoreTransaction transaction, Namespace space)
    {
        if (space.Metadata.DeletionTimestamp is null)
        {
            return space with
            {
                Metadata = space.Metadata with { DeletionTimestamp = transaction.Now },
                Status = space.Status with { Phase = "Terminating" },
            };
        }
        if (space.Spec.Finalizers.Count == 0) return space;
        throw Refuse.Conflict(Kinds.Namespace, space.Metadata.Name,
            "The system is ensuring all content is removed from this namespace.  Upon completion, this namespace will automatically be purged by the system.");
    }

    private static long GraceSeconds(Pod pod, DeleteOptions options)
    {
        // Nobody has to stop a Pod that runs nowhere or has ended.
        if (pod.Spec.NodeName.Length == 0 || pod.Status.Phase is "Succeeded" or "Failed") return 0;
        var grace = options.GracePeriodSeconds ?? pod.Spec.TerminationGracePeriodSeconds ?? DefaultGraceSeconds;
        return grace < 0 ? 1 : grace; // Kubernetes takes all negative numbers for a second.
    }

    private static IReadOnlyList<string> FinalizersFor(KindInfo kind, IKubeObject old, DeleteOptions options)
    {
        var has = old.Metadata.Finalizers;
        if (old is Event) return has;
        var wanted = options.OrphanDependents switch
        {
            true => Orphan,
            false => "",
            null => options.PropagationPolicy switch
            {
                "Orphan" => Orphan,
                "Foreground" => Foreground,
                "Background" => "",
                _ => kind.OrphansByDefault && !has.Contains(Foreground) ? Orphan : null,
            },
        };
        if (wanted is null) return has; // What stands there already decides.
        var kept = has.Where(finalizer => finalizer is not (Orphan or Foreground));
        if (wanted.Length == 0) return has.Any(finalizer => finalizer is Orphan or Foreground) ? [.. kept] : has;
        return has.Contains(wanted) && !has.Contains(wanted == Orphan ? Foreground : Orphan) ? has : [.. kept, wanted];
    }

    private static void CheckOptions(DeleteOptions options)
    {
        var errors = new List<FieldError>();
        if (options is { OrphanDependents: not null, PropagationPolicy: not null })
        {
            errors.Add(new FieldError("FieldValueInvalid", "propagationPolicy",
                $"Invalid value: \"{options.PropagationPolicy}\": orphanDependents and deletionPropagation cannot be both set"));
        }
        if (options.PropagationPolicy is not (null or "Foreground" or "Background" or "Orphan"))
        {
            errors.Add(new FieldError("FieldValueNotSupported", "propagationPolicy",
                $"Unsupported value: \"{options.PropagationPolicy}\": supported values: \"Foreground\", \"Background\", \"Orphan\", \"nil\""));
        }
        errors.AddRange(WriteOptionRules.DryRunProblems(FieldPath.Of("dryRun"), options.DryRun));
        if (errors.Count > 0) throw Refuse.Invalid("meta.k8s.io", "DeleteOptions", "", errors);
    }

    private static void CheckPreconditions(KindInfo kind, string name, Preconditions? wanted, ObjectMeta meta)
    {
        if (wanted?.Uid is { } uid && uid != meta.Uid)
        {
            throw Refuse.PreconditionFailed(kind, name,
                $"the UID in the precondition ({uid}) does not match the UID in record ({meta.Uid}). The object might have been deleted and then recreated");
        }
        if (wanted?.ResourceVersion is { } revision && revision != meta.ResourceVersion)
        {
            throw Refuse.PreconditionFailed(kind, name,
                $"the ResourceVersion in the precondition ({revision}) does not match the ResourceVersion in record ({meta.ResourceVersion}). The object might have been modified");
        }
    }
}
