using System.Text.RegularExpressions;

namespace ClusterEmu.Actors;

/// <summary>The actors at a path, which may hold <c>..</c>, <c>*</c>, <c>?</c> and a last <c>**</c>. Looked up anew for each message.</summary>
public class ActorSelection : ICanTell
{
    private readonly string[] _elements;

    public ActorSelection()
        : this(ActorRefs.Nobody, "")
    {
    }

    public ActorSelection(IActorRef anchor, string path)
        : this(anchor, path.Split('/'))
    {
    }

    public ActorSelection(IActorRef anchor, IEnumerable<string> elements)
    {
        Anchor = anchor;
        _elements = elements.Where(element => !string.IsNullOrEmpty(element)).ToArray();
        if (Array.IndexOf(_elements, "**") is >= 0 and var at && at != _elements.Length - 1)
            throw new InvalidActorNameException("Double wildcard can only appear at the last path entry");
    }

    public IActorRef Anchor { get; private set; }

    public string PathString => "/" + string.Join("/", _elements);

    public void Tell(object message, IActorRef? sender = null)
    {
        sender ??= ActorCell.Current ?? AmbientSender.Current;
        if (_elements.Length == 0) Anchor.Tell(message, sender!);
        else if (Anchor is IInternalActorRef { Cell: { } cell }) Deliver(cell, 0, message, sender, afterWildcard: false);
        else if (Anchor is IInternalActorRef { OwningSystem: { } system }) Missing(system).Tell(message, sender!);
    }

    public Task<IActorRef> ResolveOne(TimeSpan timeout) => ResolveOne(timeout, CancellationToken.None);

    /// <exception cref="ActorNotFoundException">No actor answered in time.</exception>
    public Task<IActorRef> ResolveOne(TimeSpan timeout, CancellationToken ct) => SelectionResolver.ResolveOne(this, timeout, ct);

    private void Deliver(ActorCell from, int index, object message, IActorRef? sender, bool afterWildcard)
    {
        var element = _elements[index];
        var isLast = index == _elements.Length - 1;
        if (element == "**")
        {
            DeliverBelow(from, message, sender);
            return;
        }

        var isWildcard = element.AsSpan().ContainsAny('*', '?');
        ActorCell[] found = element == ".."
            ? from.ParentRef.Cell is { } parent ? [parent] : [from]
            : isWildcard
                ? from.ChildCells().Where(child => Matches(child.Path.Name, element)).ToArray()
                : from.GetSingleChild(element) is { } named ? [named] : [];
        if (found.Length == 0 && !afterWildcard) Missing(from.System).Tell(message, sender!);
        foreach (var cell in found)
            if (isLast) cell.Tell(message, sender!);
            else Deliver(cell, index + 1, message, sender, afterWildcard || (isWildcard && found.Length > 1));
    }

    private static void DeliverBelow(ActorCell from, object message, IActorRef? sender)
    {
        foreach (var child in from.ChildCells())
        {
            child.Tell(message, sender!);
            DeliverBelow(child, message, sender);
        }
    }

    private EmptyRef Missing(EmbeddedActorSystem system) => new(system, Anchor.Path / _elements);

    private static bool Matches(string name, string pattern) =>
        Regex.IsMatch(name, "^" + Regex.Escape(pattern).Replace("\\*", ".*").Replace("\\?", ".") + "$", RegexOptions.CultureInvariant);

    public override string ToString() => $"ActorSelection[Anchor({Anchor.Path}), Path({PathString})]";

    public override bool Equals(object? obj) =>
        obj is ActorSelection other && Anchor.Equals(other.Anchor) && PathString == other.PathString;

    public override int GetHashCode() => HashCode.Combine(Anchor, PathString.Length);
}
