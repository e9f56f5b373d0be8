using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>The API server without HTTP: callable from any thread, answers by callback.</summary>
/// <remarks>Reads are answered at once from the newest durable snapshot, and refused with 503 until there is one; writes go through the store's writer.</remarks>
public sealed class ApiCore
{
    private readonly IActorRef _writer;
    private readonly IActorRef _watches;
    private readonly IActorRef _retries;
    private readonly ILoggingAdapter _log;
    private readonly ReadVerbs _reads;
    private readonly WriteVerbs _writes;
    private readonly AccessReviews _reviews;
    private readonly TokenRequests _tokens;
    private long _watchNumber;

    /// <param name="reader">The store's published snapshots.</param>
    /// <param name="writer">The store's writer, whose derived state is <see cref="ServiceAllocations"/>.</param>
    /// <param name="watches">The store's watch hub.</param>
    /// <param name="retries">Sends writes again that wait for another object.</param>
    /// <param name="tools">Given to this core alone.</param>
    /// <param name="log">For mistakes of the server's own.</param>
    /// <param name="access">What is known of users. Null: no tokens, and everybody may do everything.</param>
    public ApiCore(StoreReader reader, IActorRef writer, IActorRef watches, IActorRef retries, WriteTools tools, ILoggingAdapter log, AccessTools? access = null)
    {
        Reader = reader;
        _writer = writer;
        _watches = watches;
        _retries = retries;
        _log = log;
        _reads = new ReadVerbs(reader, tools.Determinism);
        _writes = new WriteVerbs(tools, () => Served);
        Access = access ?? AccessTools.None;
        _reviews = new AccessReviews(Access, reader);
        _tokens = new TokenRequests(Access, reader);
    }

    public StoreReader Reader { get; }

    /// <summary>What is known of users.</summary>
    public AccessTools Access { get; }

    /// <summary>The kinds that are served now.</summary>
    public ServedKinds Served { get; } = KindCatalog.BuiltIn;

    /// <summary>Carries out a request. <paramref name="reply"/> is completed once, maybe before this returns.</summary>
    public void Handle(ApiRequest request, IApiReply reply)
    {
        try
        {
            request = request.AsStored();
        }
        catch (ObjectDecodingException refused)
        {
            reply.Complete(ApiResponse.Of(refused));
            return;
        }
        var reviews = AccessReviews.Covers(request.Kind);
        var asksForToken = request.Subresource == "token";
        if (request.Verb is not (ApiVerb.Get or ApiVerb.List) && !reviews && !asksForToken)
        {
            _writer.Tell(new ApiWrite(request, _writes, _retries, _log, reply), ActorRefs.NoSender);
            return;
        }
        ApiResponse response;
        try
        {
            if (!Reader.HasRecovered) throw Refuse.Unavailable("The API server is still reading its store. Try again in a moment.");
            response = reviews ? _reviews.Run(request) : asksForToken ? _tokens.Run(request) : _reads.Run(request);
        }
        catch (Exception problem) when (problem is ApiException or SelectorException)
        {
            response = ApiResponse.Of(problem);
        }
        reply.Complete(response);
    }

    /// <summary>Opens a watch. What is wrong with the request is thrown here; all else goes to the sink.</summary>
    /// <returns>Closes the watch and gives the sink room again.</returns>
    /// <exception cref="ApiException">The options are refused: see <see cref="WatchRules"/>.</exception>
    /// <exception cref="SelectorException">A selector cannot be read.</exception>
    public OpenWatch Watch(ApiRequest request, WatchOptions options, IWatchSink sink)
    {
        request = request.AsStored();
        var ns = request.Namespace.Length > 0 ? request.Namespace : null;
        var asked = ListFilter.Of(request);
        if (request.Name.Length > 0 && !asked.Fields.IsEverything && asked.Name != request.Name)
            throw Refuse.BadRequest("fieldSelector metadata.name doesn't match requested name");
        var filter = asked.ForWatch(request.Kind, ns);
        if (request.Name.Length > 0) filter = filter with { Name = request.Name };
        var after = WatchRules.Start(request, Reader.Current.Revision);
        var id = Interlocked.Increment(ref _watchNumber);
        _watches.Tell(new WatchHub.Command.Open(id, new WatchRequest
        {
            Filter = filter,
            Sink = sink,
            After = after,
            Bookmarks = options.Bookmarks,
            EndInitialEvents = options.Bookmarks && request.SendInitialEvents == true,
            Timeout = options.Timeout,
        }), ActorRefs.NoSender);
        return new OpenWatch(_watches, id);
    }
}

/// <param name="Bookmarks">allowWatchBookmarks.</param>
/// <param name="Timeout">When the server ends it; null: never.</param>
public sealed record WatchOptions(bool Bookmarks = false, TimeSpan? Timeout = null);

/// <summary>A watch that is open. Both calls are harmless at any time.</summary>
public sealed class OpenWatch(IActorRef hub, long id) : IWatch
{
    /// <summary>The sink has room again.</summary>
    public void Resume() => hub.Tell(new WatchHub.Command.Resume(id), ActorRefs.NoSender);

    public void Dispose() => hub.Tell(new WatchHub.Command.Close(id), ActorRefs.NoSender);
}
