using System.Text.Json;
using ClusterEmu.Api;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>Server-side apply: merges what a manager applies, and creates what is not there. Source: KEP-555.</summary>
internal sealed class Applying(Creation creation, Updating updating, Func<ServedKinds> served)
{
    private static readonly FieldSet Replicas = FieldSet.OfFields("spec.replicas");

    /// <exception cref="ApiException">The body is refused, or others own what it would change.</exception>
    public ApiResponse Run(StoreTransaction transaction, ApiRequest request)
    {
        var (kind, version) = (request.Kind, request.ServedAs);
        var (body, warnings) = ApplyBody.Read(version, request);
        var current = transaction.Objects.Find(kind, request.Namespace, request.Name);
        if (current is null && request.Subresource.Length > 0) throw Refuse.NotFound(kind, request.Name);
        var live = current is null ? version.Blank : TextOf(version, current);
        var outcome = Merge(version, request, live, current?.Managers ?? ManagedFields.None, body, transaction.Now, new KindVersions(kind, served()));
        var value = version.Decode(outcome.Merged ?? live.Span);
        if (request.FieldManager == LastApplied.Manager) value = WithLastApplied(value, body);
        value = Creation.Located(version, value, request.Namespace);
        if (value.Metadata.Name != request.Name)
            throw Refuse.BadRequest($"the name of the object ({value.Metadata.Name}) does not match the name on the URL ({request.Name})");
        var wanted = kind.WithDefaults(version.ToStorage(version.WithDefaults(value)));
        var account = FieldAccount.Settled(outcome.Managers);
        if (current is not null) return updating.Apply(transaction, request, current, wanted, account) with { Warnings = warnings };
        if (wanted.Metadata.Uid.Length > 0)
            throw Refuse.Conflict(kind, request.Name, $"uid mismatch: the provided object specified uid {wanted.Metadata.Uid}, and no existing object was found");
        return creation.Run(transaction, request with { Body = wanted }, account) with { Warnings = warnings };
    }

    /// <summary>An apply to the scale subresource: a Scale with nothing but its count.</summary>
    public ApiResponse RunOnScale(StoreTransaction transaction, ApiRequest request, StoredObject current)
    {
        var (body, warnings) = ApplyBody.Read(Kinds.Scale, request);
        var managers = new ScaleManagers(request.Kind.ApiVersion, Replicas, Kinds.Scale.ApiVersion);
        var live = Kinds.Scale.Encode(Scaling.Of(request.Kind, current.Decode()));
        var outcome = Merge(Kinds.Scale, request, live, managers.ToScale(current.Managers), body, transaction.Now, new KindVersions(Kinds.Scale, served()));
        var scale = (Scale)Kinds.Scale.Decode(outcome.Merged ?? live);
        var account = FieldAccount.Settled(managers.ToParent(current.Managers, outcome.Managers));
        var answer = updating.Apply(transaction, request with { Subresource = "" }, current, Scaling.Apply(request.Kind, current.Decode(), scale), account);
        return ApiResponse.Of(Scaling.Of(request.Kind, answer.Object!)) with { Warnings = warnings };
    }

    private static ApplyOutcome Merge(
        KindInfo version, ApiRequest request, ReadOnlyMemory<byte> live, ManagedFields managed, JsonElement body, DateTimeOffset now, KindVersions versions)
    {
        var manager = new FieldManager(request.FieldManager, FieldOperation.Apply, version.ApiVersion, request.Subresource);
        var apply = new ServerSideApply(versions, version.ResetFields(request.Subresource));
        var (old, blank) = (JsonElement.Parse(live.Span), JsonElement.Parse(version.Blank.Span));
        var outcome = apply.Apply(old, blank, body, managed, manager, request.Force, now);
        if (outcome.Conflicts.Count == 0) return outcome;
        var conflicts = outcome.Conflicts;
        if (request.FieldManager == LastApplied.Manager)
        {
            // What kubectl has applied on the client's side it may go on applying on the server's.
            var owned = LastApplied.StillOwned(old, version.FieldType, version.ApiVersion);
            if (!owned.IsEmpty) conflicts = [.. conflicts.Where(conflict => !owned.Has([.. conflict.Path]))];
            if (conflicts.Count == 0) return apply.Apply(old, blank, body, managed, manager, force: true, now);
        }
        throw Refuse.ApplyConflicts(conflicts);
    }

    private static ReadOnlyMemory<byte> TextOf(KindInfo version, StoredObject current) => version == current.Kind
        ? ObjectText.WithoutManagedFields(current.Json)
        : ObjectText.WithoutManagedFields(version.Encode(version.Show(current.Decode())));

    /// <summary>Keeps kubectl's annotation of client-side apply in step, where there is one.</summary>
    private static IKubeObject WithLastApplied(IKubeObject value, JsonElement body)
    {
        if (value.Metadata.Annotations.GetValueOrDefault(LastApplied.Annotation) is not { Length: > 0 }) return value;
        var annotations = new Dictionary<string, string>(value.Metadata.Annotations, StringComparer.Ordinal) { [LastApplied.Annotation] = LastApplied.TextOf(body) };
        return value.WithMetadata(value.Metadata with { Annotations = annotations });
    }
}
