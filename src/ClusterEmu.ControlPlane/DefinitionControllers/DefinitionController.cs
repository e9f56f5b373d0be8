using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane;

/// <summary>Establishes CustomResourceDefinitions, and carries their deletion through. <see cref="DefinitionReconciler"/> decides.</summary>
public sealed class DefinitionController : ControllerActor
{
    private readonly InformerView<CustomResourceDefinition> _definitions;
    private readonly Dictionary<string, IReadOnlyList<IKubeObject>> _left = new(StringComparer.Ordinal);

    public DefinitionController(ControllerServices services) : base(services, "customresourcedefinition-controller") =>
        _definitions = Follow<CustomResourceDefinition>(Kinds.CustomResourceDefinition, Changed);

    public static Props PropsFor(ControllerServices services) => Props.Create(() => new DefinitionController(services));

    protected override ControllerPlan Reconcile(ObjectKey key)
    {
        var counted = _left.Remove(key.Name, out var left); // A count serves one decision.
        if (_definitions.Objects.Get(key) is not { } definition) return ControllerPlan.Nothing;
        if (definition.Metadata.DeletionTimestamp is null) return DefinitionReconciler.Plan(definition, _definitions.Objects.All, Now);
        if (!DefinitionReconciler.IsEnding(definition)) return ControllerPlan.Nothing;
        if (counted) return DefinitionReconciler.PlanEnd(definition, left!, Now);
        return DefinitionReconciler.Count(definition) is { } count ? ControllerPlan.Of(count) : DefinitionReconciler.PlanEnd(definition, [], Now);
    }

    protected override void Answered(ObjectKey key, ApiReply reply)
    {
        if (reply.Call.Verb != ApiVerb.List || reply.Items is null) return;
        _left[key.Name] = reply.Items;
        Enqueue(key);
    }

    private void Changed(CustomResourceDefinition? before, CustomResourceDefinition? now)
    {
        var changed = (now ?? before)!;
        Enqueue(ObjectKey.Of(changed));
        // Names that it has let go, or that it has taken now, may be what another one waits for.
        foreach (var other in _definitions.Objects.All.Where(other => other.Spec.Group == changed.Spec.Group && !DefinitionConditions.IsTrue(other, DefinitionConditions.NamesAccepted)))
            Enqueue(ObjectKey.Of(other));
    }
}
