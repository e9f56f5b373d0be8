using ClusterEmu.Api;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>The subresource <c>token</c> of a ServiceAccount. Source: pkg/registry/core/serviceaccount/storage/token.go.</summary>
internal sealed class TokenRequests(AccessTools tools, StoreReader reader)
{
    /// <exception cref="ApiException">The account or the bound object is not there, or the request is malformed.</exception>
    public ApiResponse Run(ApiRequest request)
    {
        PathNames.Check(request);
        if (tools.Tokens is not { } tokens) throw Refuse.NoSuchPath();
        var (objects, ns, name) = (reader.Current, request.Namespace, request.Name);
        var asked = (TokenRequest)Kinds.TokenRequest.WithDefaults(request.Body!);
        if (asked.Metadata.Namespace.Length > 0 && asked.Metadata.Namespace != ns)
            throw Refuse.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
        if (asked.Metadata.Name.Length > 0 && asked.Metadata.Name != name)
            throw Refuse.BadRequest($"the name of the object ({asked.Metadata.Name}) does not match the name on the URL ({name})");
        var account = (ServiceAccount)(objects.Find(Kinds.ServiceAccount, ns, name)?.Decode() ?? throw Refuse.NotFound(Kinds.ServiceAccount, name));
        if (Kinds.TokenRequest.ValidateCreate(asked) is { Count: > 0 } errors) throw Refuse.Invalid(Kinds.TokenRequest, "", errors);
        var bound = asked.Spec.BoundObjectRef is { } reference ? Bound(reference, ns, name, objects) : null;
        IReadOnlyList<string> audiences = asked.Spec.Audiences.Count > 0 ? asked.Spec.Audiences : [ServiceAccountTokens.Issuer];
        var (token, end) = tokens.Bound(account, audiences, asked.Spec.ExpirationSeconds!.Value, bound);
        return ApiResponse.Of(asked with
        {
            Metadata = asked.Metadata with { Name = name, Namespace = ns, CreationTimestamp = end.AddSeconds(-asked.Spec.ExpirationSeconds.Value) },
            Spec = asked.Spec with { Audiences = audiences },
            Status = new TokenRequestStatus { Token = token, ExpirationTimestamp = end },
        }, 201);
    }

    private static IKubeObject Bound(BoundObjectReference reference, string ns, string account, StoreSnapshot objects)
    {
        KindInfo kind = (reference.ApiVersion, reference.Kind) switch
        {
            ("v1", "Pod") => Kinds.Pod,
            ("v1", "Node") => Kinds.Node,
            ("v1", "Secret") => Kinds.Secret,
            var (apiVersion, other) => throw Refuse.BadRequest($"cannot bind token to object of type {GroupVersionKind(apiVersion, other)}"),
        };
        var found = objects.Find(kind, kind.Namespaced ? ns : "", reference.Name)?.Decode() ?? throw Refuse.NotFound(kind, reference.Name);
        if (found is Pod pod && pod.Spec.ServiceAccountName != account)
            throw Refuse.BadRequest($"cannot bind token for serviceaccount \"{account}\" to pod running with different serviceaccount name.");
        if (reference.Uid.Length > 0 && reference.Uid != found.Metadata.Uid)
        {
            throw Refuse.PreconditionFailed(kind, reference.Name,
                $"the UID in the bound object reference ({reference.Uid}) does not match the UID in record. The object might have been deleted and then recreated");
        }
        return found;
    }

    /// <summary>As Go prints a GroupVersionKind.</summary>
    private static string GroupVersionKind(string apiVersion, string kind)
    {
        var (group, version) = BodyDecoding.SplitApiVersion(apiVersion);
        return $"{group}/{version}, Kind={kind}";
    }
}
