using ClusterEmu.Api;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>Creates an object, in the order in which Kubernetes does: admission, allocation, strategy, validation, storage.</summary>
internal sealed class Creation(WriteTools tools)
{
    private const int MaxGeneratedBase = 58;
    private const int NameTries = 8;

    /// <param name="transaction">What is stored.</param>
    /// <param name="request">Its body is the object.</param>
    /// <param name="account">Who will own its fields.</param>
    /// <exception cref="ApiException">The object is refused.</exception>
    public ApiResponse Run(StoreTransaction transaction, ApiRequest request, FieldAccount account)
    {
        var kind = request.Kind;
        var value = Located(kind, request.Body!, request.Namespace);
        var meta = value.Metadata;
        NamespaceAdmission.CheckCreate(kind, request.Namespace, meta.Name, transaction.Objects);
        if (meta.ResourceVersion.Length > 0) throw Refuse.BadRequest("resourceVersion should not be set on objects to be created");
        value = kind.WithDefaults(value);
        var wanted = value; // All that comes now is the server's.
        value = LimitAdmission.WithDefaults(value, transaction.Objects);
        value = KindAdmission.OfNew(value, transaction.Objects, tools.Random, request.User);
        value = Named(transaction, kind, value);
        value = request.ServedAs.PrepareStoredForCreate(value);
        if (value is Service service) value = tools.Services.Complete(service, null, (ServiceAllocations)transaction.Derived);
        if (value is Namespace space) value = WithFinalizer(space);
        var errors = request.ServedAs.ValidateStoredCreate(value);
        if (errors.Count > 0) throw Refuse.Invalid(kind, value.Metadata.Name, errors);
        LimitAdmission.Check(kind, value, transaction.Objects);
        QuotaAdmission.Check(kind, value, null, transaction.Objects);
        if (transaction.Objects.Find(kind, value.Metadata.Namespace, value.Metadata.Name) is not null)
        {
            throw meta.Name.Length > 0
                ? Refuse.AlreadyExists(kind, value.Metadata.Name)
                : Refuse.GeneratedNameExists(kind, value.Metadata.Name);
        }
        value = value.WithMetadata(value.Metadata with { ManagedFields = account.Created(kind, wanted, transaction.Now) });
        return request.DryRun ? ApiResponse.Of(value, 201) : ApiResponse.Of(transaction.Put(kind, value), 201);
    }

    /// <summary>The object in the namespace of the URL.</summary>
    /// <exception cref="ApiException">It says another one.</exception>
    public static IKubeObject Located(KindInfo kind, IKubeObject value, string ns)
    {
        var said = value.Metadata.Namespace;
        if (said == ns) return value;
        if (!kind.Namespaced) return value; // Validation says what is wrong with it.
        if (said.Length > 0) throw Refuse.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
        return value.WithMetadata(value.Metadata with { Namespace = ns });
    }

    private IKubeObject Named(StoreTransaction transaction, KindInfo kind, IKubeObject value)
    {
        var meta = value.Metadata;
        var name = meta.Name;
        if (name.Length == 0 && meta.GenerateName.Length > 0)
        {
            var stem = meta.GenerateName.Length > MaxGeneratedBase ? meta.GenerateName[..MaxGeneratedBase] : meta.GenerateName;
            for (var i = 0; i < NameTries; i++)
            {
                name = stem + tools.Random.NameSuffix();
                if (transaction.Objects.Find(kind, meta.Namespace, name) is null) break;
            }
        }
        return value.WithMetadata(meta with
        {
            Name = name,
            Uid = tools.Determinism.NewUid(),
            CreationTimestamp = transaction.Now,
            DeletionTimestamp = null,
            DeletionGracePeriodSeconds = null,
        });
    }

    /// <summary>A namespace goes only once its content is gone; the namespace controller takes this finalizer off.</summary>
    private static Namespace WithFinalizer(Namespace space)
    {
        var finalizers = space.Spec.Finalizers.Contains("kubernetes") ? space.Spec.Finalizers : [.. space.Spec.Finalizers, "kubernetes"];
        var labels = space.Metadata.Labels;
        if (space.Metadata.Name.Length > 0 && labels.GetValueOrDefault("kubernetes.io/metadata.name") != space.Metadata.Name)
            labels = new Dictionary<string, string>(labels, StringComparer.Ordinal) { ["kubernetes.io/metadata.name"] = space.Metadata.Name };
        return space with
        {
            Metadata = space.Metadata with { Labels = labels },
            Spec = space.Spec with { Finalizers = finalizers },
            Status = space.Status.Phase.Length > 0 ? space.Status : space.Status with { Phase = "Active" },
        };
    }
}
