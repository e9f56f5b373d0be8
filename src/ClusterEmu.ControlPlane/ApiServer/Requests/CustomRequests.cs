using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>Requests for custom kinds, held against their definitions of now: a client may know an older one, or one that is gone.</summary>
internal static class CustomRequests
{
    /// <summary>The request with the kind as it is now. Others stay as they are.</summary>
    /// <exception cref="ApiException">404: the kind, or its version, is not served any more.</exception>
    public static ApiRequest Current(ApiRequest request, CustomKinds kinds)
    {
        if (request.Kind is not CustomKind kind) return request;
        var now = kinds.Find(kind) ?? throw Refuse.NoSuchPath();
        if (now == kind) return request;
        return request with { Kind = now, ServedAs = now, Body = request.Body is CustomObject body ? body with { Type = now } : request.Body };
    }

    /// <exception cref="ApiException">405: the definition is being deleted, and new objects would hold it up.</exception>
    public static void CheckVerb(ApiRequest request)
    {
        if (request is { Verb: ApiVerb.Create, Kind: CustomKind { IsTerminating: true } })
            throw Refuse.MethodNotAllowed("create not allowed while custom resource definition is terminating");
    }
}
