using ClusterEmu.Api;

namespace ClusterEmu.Client;

/// <summary>
/// Sent to the process's <c>InformerHub</c>: from now on <paramref name="Subscriber"/> hears of every object of
/// <paramref name="Kind"/> in all namespaces: first one <see cref="InformerSynced"/> with what there is, then
/// <see cref="InformerChanged"/> for each change, in order. Ends when the subscriber stops.
/// </summary>
/// <remarks>One list and one watch per kind and process feed all subscribers; they share the decoded objects.</remarks>
public sealed record SubscribeInformer(KindInfo Kind, IActorRef Subscriber);

/// <summary>
/// Sent to the process's <c>InformerHub</c>: <paramref name="Subscriber"/> hears of the kind no more, though what is on its way may still come. When nobody
/// else follows the kind, the hub forgets it.
/// </summary>
public sealed record UnsubscribeInformer(KindInfo Kind, IActorRef Subscriber);

/// <summary>The first list. It comes once: after a gap (410) the hub works out the differences and sends those.</summary>
public sealed record InformerSynced(KindInfo Kind, IReadOnlyList<IKubeObject> Items, string ResourceVersion);

/// <summary>One change. <paramref name="Previous"/> is the object as the subscriber knew it, null for an addition.</summary>
/// <param name="Kind">The kind subscribed to.</param>
/// <param name="Type">Added, Modified or Deleted.</param>
/// <param name="Object">The object now; for Deleted its last state.</param>
/// <param name="Previous">The object before.</param>
/// <param name="ResourceVersion">The revision of the change.</param>
public sealed record InformerChanged(KindInfo Kind, WatchEventType Type, IKubeObject Object, IKubeObject? Previous, string ResourceVersion);
