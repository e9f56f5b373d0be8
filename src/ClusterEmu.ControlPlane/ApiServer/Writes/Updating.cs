using ClusterEmu.Api;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>Changes an object: preconditions, allocation, strategy, validation, storage. PUT, PATCH and subresources end here.</summary>
internal sealed class Updating(WriteTools tools, Creation creation)
{
    /// <summary>Source: AllowCreateOnUpdate of pkg/registry/*/strategy.go.</summary>
    private static readonly string[] CreatedByPut =
        ["ClusterRole", "ClusterRoleBinding", "Endpoints", "Event", "Lease", "LimitRange", "PriorityClass", "Role", "RoleBinding", "Service"];

    /// <summary>A PUT. Some kinds are created by it where they do not exist.</summary>
    /// <exception cref="ApiException">The change is refused.</exception>
    public ApiResponse Put(StoreTransaction transaction, ApiRequest request, FieldAccount account)
    {
        var (kind, name) = (request.Kind, request.Name);
        var value = Creation.Located(kind, request.Body!, request.Namespace);
        if (value.Metadata.Name.Length == 0) value = value.WithMetadata(value.Metadata with { Name = name });
        if (value.Metadata.Name != name)
            throw Refuse.BadRequest($"the name of the object ({value.Metadata.Name}) does not match the name on the URL ({name})");
        if (transaction.Objects.TryFind(kind, request.Namespace, name, out var current))
            return Apply(transaction, request, current, kind.WithDefaults(value), account);
        var fresh = value.Metadata is { Uid: "", ResourceVersion: "" or "0" };
        if (!fresh || request.Subresource.Length > 0 || !CreatedByPut.Contains(kind.Kind, StringComparer.Ordinal)) throw Refuse.NotFound(kind, name);
        var unversioned = value.WithMetadata(value.Metadata with { ResourceVersion = "" });
        return creation.Run(transaction, request with { Body = unversioned }, account);
    }

    /// <summary>Replaces <paramref name="current"/> by what the client wants, as far as strategy and rules let it.</summary>
    /// <param name="transaction">What is stored.</param>
    /// <param name="request">The request.</param>
    /// <param name="current">The object as stored.</param>
    /// <param name="wanted">The object as the client wants it, with defaults.</param>
    /// <param name="account">Who will own its fields.</param>
    /// <exception cref="ApiException">The change is refused.</exception>
    public ApiResponse Apply(StoreTransaction transaction, ApiRequest request, StoredObject current, IKubeObject wanted, FieldAccount account)
    {
        var (kind, name, status) = (request.Kind, request.Name, request.Subresource == "status");
        var old = current.Decode();
        CheckPreconditions(kind, name, wanted.Metadata, old.Metadata);
        var approval = request.Subresource == "approval";
        var value = approval
            ? CertificateSigningRequestStrategy.PrepareForApproval((CertificateSigningRequest)Kept(wanted, old.Metadata), (CertificateSigningRequest)old)
            : request.ServedAs.PrepareStoredForUpdate(Kept(wanted, old.Metadata), old, status);
        var asked = value; // What comes now is the server's.
        value = KindAdmission.OfChanged(value, old, transaction.Objects, transaction.Now);
        if (value is Service service && !status) value = tools.Services.Complete(service, (Service)old, (ServiceAllocations)transaction.Derived);
        if (status && value is PersistentVolume volume) value = PersistentVolumeStrategy.Stamped(volume, (PersistentVolume)old, transaction.Now);
        if (request.Subresource == "finalize" && value is Namespace space) asked = value = space with { Spec = ((Namespace)wanted).Spec };
        var errors = approval
            ? CertificateSigningRequestValidation.Approval((CertificateSigningRequest)value, (CertificateSigningRequest)old)
            : request.ServedAs.ValidateStoredUpdate(value, old);
        if (errors.Count > 0) throw Refuse.Invalid(kind, name, errors);
        if (request.Subresource.Length == 0)
        {
            if (kind == Kinds.PersistentVolumeClaim) LimitAdmission.Check(kind, value, transaction.Objects);
            QuotaAdmission.Check(kind, value, old, transaction.Objects);
        }
        var draft = Draft(kind, value, old.Metadata);
        var seen = ReferenceEquals(asked, value) ? draft : Draft(kind, asked, old.Metadata);
        var managers = account.Changed(current, wanted.Metadata.ManagedFields, seen, transaction.Now);
        value = value.WithMetadata(value.Metadata with { ResourceVersion = old.Metadata.ResourceVersion, ManagedFields = managers });
        if (request.DryRun) return ApiResponse.Of(value);
        if (Deletion.IsOver(value)) return ApiResponse.Of(transaction.Delete(current, value));
        return ApiResponse.Of(transaction.PutIfChanged(current, value, draft));
    }

    /// <summary>The object's JSON with the revision and the managers that are stored: so that only what is asked for differs.</summary>
    private static byte[] Draft(KindInfo kind, IKubeObject value, ObjectMeta old) =>
        kind.Encode(value.WithMetadata(value.Metadata with { ResourceVersion = old.ResourceVersion, ManagedFields = old.ManagedFields }));

    /// <summary>Stores an object that the server itself has changed; one that waits for nothing but the removal of its last finalizer goes instead.</summary>
    public static ApiResponse Store(StoreTransaction transaction, StoredObject current, IKubeObject value)
    {
        if (Deletion.IsOver(value)) return ApiResponse.Of(transaction.Delete(current, value));
        return ApiResponse.Of(transaction.PutIfChanged(current, value));
    }

    /// <summary>What the system has set and the client did not repeat.</summary>
    private static IKubeObject Kept(IKubeObject wanted, ObjectMeta old)
    {
        var meta = wanted.Metadata;
        return wanted.WithMetadata(meta with
        {
            Uid = meta.Uid.Length > 0 ? meta.Uid : old.Uid,
            GenerateName = meta.GenerateName.Length > 0 ? meta.GenerateName : old.GenerateName,
            CreationTimestamp = meta.CreationTimestamp ?? old.CreationTimestamp,
            DeletionTimestamp = old.DeletionTimestamp,
            DeletionGracePeriodSeconds = old.DeletionGracePeriodSeconds,
        });
    }

    private static void CheckPreconditions(KindInfo kind, string name, ObjectMeta wanted, ObjectMeta old)
    {
        if (wanted.Uid.Length > 0 && wanted.Uid != old.Uid)
            throw Refuse.Conflict(kind, name, $"Precondition failed: UID in precondition: {wanted.Uid}, UID in object meta: {old.Uid}");
        var revision = wanted.ResourceVersion;
        if (revision.Length == 0 || revision == old.ResourceVersion || revision == "0") return;
        if (!Revisions.TryParse(revision, out _))
        {
            throw Refuse.Invalid(kind, name,
                [new FieldError("FieldValueInvalid", "metadata.resourceVersion", $"Invalid value: \"{revision}\": is no resource version of this server; use the one that a get answers with")]);
        }
        throw Refuse.Modified(kind, name);
    }
}
