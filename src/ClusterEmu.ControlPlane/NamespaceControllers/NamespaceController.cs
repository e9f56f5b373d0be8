using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane;

/// <summary>Carries the deletion of namespaces through. <see cref="NamespaceContent"/> decides.</summary>
public sealed class NamespaceController : ControllerActor
{
    private readonly InformerView<Namespace> _namespaces;
    private readonly Dictionary<string, Dictionary<string, KindLeft>> _counts = new(StringComparer.Ordinal);

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
        if (_counts.Remove(key.Name, out var counts) && counts.Count == NamespaceContent.Kinds.Count)
            return NamespaceContent.Plan(value, [.. counts.Values], Now);
        _counts[key.Name] = new(StringComparer.Ordinal);
        return NamespaceContent.Count(value);
    }

    protected override void Answered(ObjectKey key, ApiReply reply)
    {
        if (reply.Call.Verb != ApiVerb.List || reply.Items is null || !_counts.TryGetValue(key.Name, out var counts)) return;
        counts[reply.Call.Kind.QualifiedPlural] = KindLeft.Of(reply.Call.Kind, reply.Items);
        if (counts.Count == NamespaceContent.Kinds.Count) Enqueue(key);
    }
}
