using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>Translates between what actors ask of the Kubernetes API and what the server's core takes and gives.</summary>
public static class ApiCalls
{
    /// <param name="call">What is asked.</param>
    /// <param name="user">In whose name.</param>
    public static ApiRequest RequestOf(ApiCall call, string user) => new()
    {
        Verb = call.Verb,
        Kind = call.Kind,
        Namespace = call.Namespace ?? "",
        Name = call.Name ?? "",
        Subresource = call.Subresource ?? "",
        Body = call.Body,
        Patch = call.Patch,
        PatchFormat = call.PatchFormat,
        FieldManager = ManagerNames.Of(call.FieldManager, KubeTransport.Program),
        Force = call.Force,
        LabelSelector = call.LabelSelector,
        FieldSelector = call.FieldSelector,
        ResourceVersion = call.ResourceVersion,
        Limit = call.Limit ?? 0,
        Continue = call.Continue,
        DeleteOptions = call.DeleteOptions ?? new DeleteOptions(),
        FieldValidation = FieldValidation.Ignore,
        User = user,
    };

    /// <param name="call">The watch to open; give it to <see cref="ApiCore.Watch"/>.</param>
    /// <param name="user">In whose name.</param>
    public static ApiRequest RequestOf(WatchCall call, string user) => new()
    {
        Verb = ApiVerb.List,
        Kind = call.Kind,
        Namespace = call.Namespace ?? "",
        LabelSelector = call.LabelSelector,
        FieldSelector = call.FieldSelector,
        ResourceVersion = call.ResourceVersion,
        User = user,
    };

    /// <summary>The answer. Objects of a list are decoded when they are read.</summary>
    public static ApiReply ReplyTo(ApiCall call, ApiResponse response)
    {
        if (response.Failed) return new ApiReply(call, response.Code, null, null, null, null, response.Status);
        if (response.List is { } list)
        {
            return new ApiReply(
                call, response.Code, null, new DecodedItems(list.Items, call.Kind), Revisions.Text(list.Revision), list.Continue.Length > 0 ? list.Continue : null, null);
        }
        var value = response.Object is { } stored ? call.Kind.Show(stored) : null;
        return new ApiReply(call, response.Code, value, null, value?.Metadata.ResourceVersion, null, null);
    }

    public static WatchEvent EventOf(WatchCall call, WatchDelivery delivery) =>
        new(call, delivery.Type, delivery.Object is { } stored ? call.Kind.Show(stored.Decode()) : null, Revisions.Text(delivery.Revision));
}
