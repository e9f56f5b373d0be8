using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane;

/// <summary>Carries the deletion of namespaces through. <see cref="NamespaceContent"/> decides.</summary>
/// <remarks>
/// Which custom kinds there are is asked of the API each time, after the namespace was marked: nothing new can come into it from then on, so no kind that
/// has objects there is missed, however late a watch may be.
/// </remarks>
public sealed class NamespaceController : ControllerActor
{
    private readonly InformerView<Namespace> _namespaces;
    private readonly Dictionary<string, Counting> _counts = new(StringComparer.Ordinal);

    public NamespaceController(ControllerServices services) : base(services, "namespace-controller") =>
        _namespaces = Follow<Namespace>(Kinds.Namespace, (before, now) => { Enqueue(ObjectKey.Of((now ?? before)!)); });

    public static Props PropsFor(ControllerServices services) => Props.Create(() => new NamespaceController(services));

    protected override ControllerPlan Reconcile(ObjectKey key)
    {
        if (_namespaces.Objects.Get(key) is not { } value || !NamespaceContent.IsEnding(value))
        {
            _counts.Remove(key.Name);
            return ControllerPlan.Nothing;
        }
        // A count serves one decision: what is left is found out anew each time.
        if (_counts.Remove(key.Name, out var counts) && counts.Custom is { } custom)
        {
            if (counts.IsComplete) return NamespaceContent.Plan(value, [.. counts.Left.Values], Now);
            _counts[key.Name] = counts = new Counting { Custom = custom };
            return NamespaceContent.Count(value, [.. NamespaceContent.Kinds, .. custom]);
        }
        _counts[key.Name] = new Counting();
        return ControllerPlan.Of(ApiCall.List(Kinds.CustomResourceDefinition));
    }

    protected override void Answered(ObjectKey key, ApiReply reply)
    {
        if (reply.Call.Verb != ApiVerb.List || !_counts.TryGetValue(key.Name, out var counts)) return;
        if (reply.Items is null)
        {
            if (reply.Call.Kind is CustomKind) _counts.Remove(key.Name); // Its definition has gone meanwhile: ask anew.
            return;
        }
        if (reply.Call.Kind == Kinds.CustomResourceDefinition) counts.Custom = NamespaceContent.CustomKindsOf(reply.Items.Cast<CustomResourceDefinition>());
        else counts.Left[reply.Call.Kind.QualifiedPlural] = KindLeft.Of(reply.Call.Kind, reply.Items);
        if (counts.Left.Count == 0 || counts.IsComplete) Enqueue(key);
    }

    /// <summary>What is known of a namespace's content so far.</summary>
    private sealed class Counting
    {
        /// <summary>The custom kinds to look for; null until the API has told.</summary>
        public IReadOnlyList<KindInfo>? Custom { get; set; }
        public Dictionary<string, KindLeft> Left { get; } = new(StringComparer.Ordinal);
        public bool IsComplete => Custom is { } custom && Left.Count == NamespaceContent.Kinds.Count + custom.Count;
    }
}
