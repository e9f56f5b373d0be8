using System.Text;
using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.Testing;

/// <content>Reading and writing objects.</content>
public sealed partial class EmulatedCluster
{
    private const string Default = "default";

    /// <summary>Creates or changes the object of each document, as <c>kubectl apply -f</c> does; unknown fields are refused.</summary>
    /// <param name="yaml">One or more documents, YAML or JSON; kinds ending in List are taken apart.</param>
    /// <param name="ns">Namespace of the objects that name none. Default: default.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The objects as the server answered, in the order of the documents.</returns>
    /// <exception cref="ApplyException">Documents were refused; the message names each with its line and the server's reason. The others were applied.</exception>
    public Task<IReadOnlyList<IKubeObject>> ApplyAsync(string yaml, string ns = Default, CancellationToken cancellationToken = default) =>
        new ManifestApplier(Client, ns).ApplyAsync(yaml, cancellationToken);

    /// <summary>Deletes the object of each document, as <c>kubectl delete -f --wait=false</c> does.</summary>
    /// <param name="yaml">The documents.</param>
    /// <param name="ns">Namespace of the objects that name none. Default: default.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ApplyException">Documents were refused or their objects do not exist. The others were deleted.</exception>
    public Task DeleteManifestAsync(string yaml, string ns = Default, CancellationToken cancellationToken = default) =>
        new ManifestApplier(Client, ns).DeleteAsync(yaml, cancellationToken);

    /// <summary>Reads an object; null if there is none of that name.</summary>
    /// <typeparam name="T">Its kind: <see cref="Pod"/>, <see cref="Service"/>, …</typeparam>
    /// <param name="name">Its name.</param>
    /// <param name="ns">Its namespace; of no account for kinds without one. Default: default.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ClusterApiException">The server refused.</exception>
    public async Task<T?> FindAsync<T>(string name, string ns = Default, CancellationToken cancellationToken = default) where T : class, IKubeObject
    {
        var kind = KindCatalog.Of<T>();
        var reply = await Client.SendAsync(ApiCall.Get(kind, In(kind, ns), name), cancellationToken).ConfigureAwait(false);
        return reply.NotFound ? null : Object<T>(reply);
    }

    /// <summary>Reads an object that is there.</summary>
    /// <typeparam name="T">Its kind: <see cref="Pod"/>, <see cref="Service"/>, …</typeparam>
    /// <param name="name">Its name.</param>
    /// <param name="ns">Its namespace; of no account for kinds without one. Default: default.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ClusterApiException">The server refused; code 404: there is none of that name.</exception>
    public async Task<T> GetAsync<T>(string name, string ns = Default, CancellationToken cancellationToken = default) where T : class, IKubeObject
    {
        var kind = KindCatalog.Of<T>();
        return Object<T>(await Client.SendAsync(ApiCall.Get(kind, In(kind, ns), name), cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Lists objects, by namespace and name.</summary>
    /// <typeparam name="T">Their kind.</typeparam>
    /// <param name="ns">Their namespace; null for all.</param>
    /// <param name="labels">A label selector, such as <c>app=web</c>; null for all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ClusterApiException">The server refused.</exception>
    public async Task<IReadOnlyList<T>> ListAsync<T>(string? ns = Default, string? labels = null, CancellationToken cancellationToken = default) where T : class, IKubeObject
    {
        var kind = KindCatalog.Of<T>();
        var reply = await Client.SendAsync(ApiCall.List(kind, In(kind, ns)) with { LabelSelector = labels }, cancellationToken).ConfigureAwait(false);
        return reply.Ok && reply.Items is { } items ? [.. items.Cast<T>()] : throw new ClusterApiException(reply);
    }

    /// <summary>Creates an object; one without namespace comes into <c>default</c>.</summary>
    /// <returns>The object as the server made it, with defaults and addresses.</returns>
    /// <exception cref="ClusterApiException">The server refused; the message lists every wrong field.</exception>
    public async Task<T> CreateAsync<T>(T value, CancellationToken cancellationToken = default) where T : class, IKubeObject
    {
        var metadata = value.Metadata;
        var placed = KindCatalog.Of<T>().Namespaced && metadata.Namespace.Length == 0 ? value.WithMetadata(metadata with { Namespace = Default }) : value;
        return Object<T>(await Client.SendAsync(ApiCall.Create(placed), cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Replaces an object (HTTP PUT).</summary>
    /// <exception cref="ClusterApiException">The server refused; code 409: it changed since <paramref name="value"/> was read.</exception>
    public async Task<T> UpdateAsync<T>(T value, CancellationToken cancellationToken = default) where T : class, IKubeObject =>
        Object<T>(await Client.SendAsync(ApiCall.Update(value), cancellationToken).ConfigureAwait(false));

    /// <summary>Changes an object.</summary>
    /// <typeparam name="T">Its kind: <see cref="Pod"/>, <see cref="Service"/>, …</typeparam>
    /// <param name="name">Its name.</param>
    /// <param name="patch">JSON in the given format.</param>
    /// <param name="ns">Its namespace; of no account for kinds without one. Default: default.</param>
    /// <param name="format">Default: JSON merge patch, where null deletes.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ClusterApiException">The server refused.</exception>
    public async Task<T> PatchAsync<T>(
        string name, string patch, string ns = Default, PatchFormat format = PatchFormat.Merge, CancellationToken cancellationToken = default) where T : class, IKubeObject
    {
        var kind = KindCatalog.Of<T>();
        var call = ApiCall.MergePatch(kind, In(kind, ns), name, Encoding.UTF8.GetBytes(patch)) with { PatchFormat = format };
        return Object<T>(await Client.SendAsync(call, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Asks for an object's deletion. Pods and others that end in good order are there for a while yet; see <see cref="WaitForGoneAsync{T}"/>.</summary>
    /// <typeparam name="T">Its kind: <see cref="Pod"/>, <see cref="Service"/>, …</typeparam>
    /// <param name="name">Its name.</param>
    /// <param name="ns">Its namespace; of no account for kinds without one. Default: default.</param>
    /// <param name="options">Grace period, propagation, preconditions; null for the kind's own.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ClusterApiException">The server refused; code 404: there is none of that name.</exception>
    public async Task DeleteAsync<T>(string name, string ns = Default, DeleteOptions? options = null, CancellationToken cancellationToken = default) where T : class, IKubeObject
    {
        var kind = KindCatalog.Of<T>();
        var reply = await Client.SendAsync(ApiCall.Delete(kind, In(kind, ns), name, options), cancellationToken).ConfigureAwait(false);
        if (!reply.Ok) throw new ClusterApiException(reply);
    }

    private static string? In(KindInfo kind, string? ns) => kind.Namespaced ? ns : null;

    private static T Object<T>(ApiReply reply) where T : class, IKubeObject =>
        reply is { Ok: true, Object: T value } ? value : throw new ClusterApiException(reply);
}
