using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>What each changing verb does, within the store's writer.</summary>
internal sealed class WriteVerbs
{
    private readonly Creation _creation;
    private readonly Updating _updating;
    private readonly Applying _applying;
    private readonly Func<ServedKinds> _served;

    /// <param name="tools">What writes need.</param>
    /// <param name="served">The kinds that are served now.</param>
    public WriteVerbs(WriteTools tools, Func<ServedKinds> served)
    {
        _served = served;
        _creation = new Creation(tools);
        _updating = new Updating(tools, _creation);
        _applying = new Applying(_creation, _updating, served);
    }

    /// <exception cref="ApiException">The request is refused.</exception>
    public ApiResponse Run(StoreTransaction transaction, ApiRequest request)
    {
        var response = Execute(transaction, request);
        QuotaAccounts.Settle(transaction);
        return response;
    }

    private ApiResponse Execute(StoreTransaction transaction, ApiRequest request) => (request.Verb, request.Subresource) switch
    {
        (ApiVerb.Create, "") when request.Kind == Kinds.Binding => PodBinding.Run(transaction, request),
        (ApiVerb.Create, "") => _creation.Run(transaction, request, AccountOf(request)),
        (ApiVerb.Create, "binding") => PodBinding.Run(transaction, request),
        (ApiVerb.Create, "eviction") => PodEviction.Run(transaction, request),
        (ApiVerb.Update, "scale") => Scale(transaction, request, Current(transaction, request), (Scale)request.Body!),
        (ApiVerb.Update, "" or "status" or "finalize" or "approval") => _updating.Put(transaction, request, AccountOf(request)),
        (ApiVerb.Patch, "scale") when request.PatchFormat == PatchFormat.Apply => _applying.RunOnScale(transaction, request, Current(transaction, request)),
        (ApiVerb.Patch, "" or "status" or "approval") when request.PatchFormat == PatchFormat.Apply => _applying.Run(transaction, request),
        (ApiVerb.Patch, "scale") => PatchScale(transaction, request),
        (ApiVerb.Patch, "" or "status" or "approval") => Patch(transaction, request),
        (ApiVerb.Delete, "") => Deletion.Run(transaction, request, Current(transaction, request)),
        (ApiVerb.DeleteCollection, "") => DeleteAll(transaction, request),
        _ => throw Refuse.MethodNotAllowed(),
    };

    /// <summary>Who writes owns what it changes.</summary>
    private FieldAccount AccountOf(ApiRequest request) => FieldAccount.Of(request, _served(), request.ServedAs.ApiVersion);

    private static StoredObject Current(StoreTransaction transaction, ApiRequest request) =>
        transaction.Objects.Find(request.Kind, request.Namespace, request.Name) ?? throw Refuse.NotFound(request.Kind, request.Name);

    private ApiResponse Patch(StoreTransaction transaction, ApiRequest request)
    {
        var current = Current(transaction, request);
        var served = request.ServedAs;
        var json = served == request.Kind ? current.Json : served.Encode(served.Show(current.Decode()));
        if (!Patching.MayTouchManagers(request)) json = ObjectText.WithoutManagedFields(json); // They stay as they are, and need not be read.
        var (value, warnings) = Patching.Apply(served, request, json);
        value = Creation.Located(served, value, request.Namespace);
        if (value.Metadata.Name != request.Name)
            throw Refuse.BadRequest($"the name of the object ({value.Metadata.Name}) does not match the name on the URL ({request.Name})");
        return _updating.Apply(transaction, request, current, request.Kind.WithDefaults(served.ToStorage(served.WithDefaults(value))), AccountOf(request)) with { Warnings = warnings };
    }

    private ApiResponse PatchScale(StoreTransaction transaction, ApiRequest request)
    {
        var current = Current(transaction, request);
        var (value, warnings) = Patching.Apply(Kinds.Scale, request, Kinds.Scale.Encode(Scaling.Of(request.Kind, current.Decode())));
        return Scale(transaction, request, current, (Scale)value) with { Warnings = warnings };
    }

    private ApiResponse Scale(StoreTransaction transaction, ApiRequest request, StoredObject current, Scale scale)
    {
        var whole = request with { Subresource = "" };
        var answer = _updating.Apply(transaction, whole, current, Scaling.Apply(request.Kind, current.Decode(), scale), FieldAccount.Of(request, _served(), request.Kind.ApiVersion));
        return ApiResponse.Of(Scaling.Of(request.Kind, answer.Object!));
    }

    private static ApiResponse DeleteAll(StoreTransaction transaction, ApiRequest request)
    {
        var filter = ListFilter.Of(request);
        var ns = request.Kind.Namespaced && request.Namespace.Length > 0 ? request.Namespace : null;
        var items = filter.Candidates(transaction.Objects, request.Kind, ns, null).Where(filter.Matches).ToList();
        foreach (var item in items)
        {
            if (transaction.Objects.Find(request.Kind, item.Namespace, item.Name) is { } current)
                Deletion.Run(transaction, request with { Namespace = item.Namespace, Name = item.Name }, current);
        }
        return new ApiResponse { Code = 200, List = new ApiList(request.Kind, items, transaction.Objects.Revision, "", null) };
    }
}
