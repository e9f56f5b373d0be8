using System.Globalization;
using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane;

/// <summary>What is left of one kind in a namespace that is being deleted.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Count">Objects left, as far as they were counted.</param>
/// <param name="Finalizers">Finalizers among them, with how many objects have each.</param>
public sealed record KindLeft(KindInfo Kind, int Count, IReadOnlyDictionary<string, int> Finalizers)
{
    public static KindLeft Of(KindInfo kind, IReadOnlyList<IKubeObject> items)
    {
        var finalizers = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var finalizer in items.SelectMany(item => item.Metadata.Finalizers))
            finalizers[finalizer] = finalizers.GetValueOrDefault(finalizer) + 1;
        return new(kind, items.Count, finalizers);
    }
}

/// <summary>Empties namespaces that are being deleted. Pure. Source: pkg/controller/namespace.</summary>
public static class NamespaceContent
{
    public const string Finalizer = "kubernetes";

    /// <summary>Every kind that can be in a namespace.</summary>
    public static IReadOnlyList<KindInfo> Kinds { get; } = [.. KindCatalog.Stored.Where(kind => kind.Namespaced && kind.Verbs.Contains("deletecollection"))];

    public static bool IsEnding(Namespace value) =>
        value.Metadata.DeletionTimestamp is not null && value.Spec.Finalizers.Contains(Finalizer);

    /// <summary>The calls that find out what is left.</summary>
    public static ControllerPlan Count(Namespace value) => new()
    {
        Calls = [.. Kinds.Select(kind => ApiCall.List(kind, value.Metadata.Name) with { Limit = 500 })],
    };

    /// <summary>What to do, knowing what is left.</summary>
    public static ControllerPlan Plan(Namespace value, IReadOnlyList<KindLeft> left, DateTimeOffset now)
    {
        List<KindLeft> remaining = [.. left.Where(kind => kind.Count > 0).OrderBy(kind => kind.Kind.QualifiedPlural, StringComparer.Ordinal)];
        if (remaining.Count == 0)
        {
            var finalizers = value.Spec.Finalizers.Where(finalizer => finalizer != Finalizer);
            return ControllerPlan.Of(ApiCall.Update(value with { Spec = value.Spec with { Finalizers = [.. finalizers] } }) with { Subresource = "finalize" });
        }
        List<ApiCall> calls = [.. remaining.Select(kind => new ApiCall
        {
            Verb = ApiVerb.DeleteCollection,
            Kind = kind.Kind,
            Namespace = value.Metadata.Name,
            DeleteOptions = new DeleteOptions { PropagationPolicy = "Background" },
        })];
        var conditions = Conditions(value, remaining, now);
        if (!value.Status.Conditions.SequenceEqual(conditions))
            calls.Add(ApiCall.UpdateStatus(value with { Status = value.Status with { Conditions = conditions } }));
        return new ControllerPlan { Calls = calls, LookAgainAfter = TimeSpan.FromMilliseconds(250) };
    }

    private static List<NamespaceCondition> Conditions(Namespace value, List<KindLeft> remaining, DateTimeOffset now)
    {
        var finalizers = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var (finalizer, count) in remaining.SelectMany(kind => kind.Finalizers))
            finalizers[finalizer] = finalizers.GetValueOrDefault(finalizer) + count;
        var what = remaining.Select(kind => string.Create(CultureInfo.InvariantCulture, $"{kind.Kind.QualifiedPlural} has {kind.Count} resource instances"));
        var held = finalizers.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Key} in {one.Value} resource instances"));
        NamespaceCondition[] wanted =
        [
            Condition("NamespaceDeletionDiscoveryFailure", false, "ResourcesDiscovered", "All resources successfully discovered"),
            Condition("NamespaceDeletionGroupVersionParsingFailure", false, "ParsedGroupVersions", "All legacy kube types successfully parsed"),
            Condition("NamespaceDeletionContentFailure", false, "ContentDeleted", "All content successfully deleted, may be waiting on finalization"),
            Condition("NamespaceContentRemaining", true, "SomeResourcesRemain", $"Some resources are remaining: {string.Join(", ", what)}"),
            finalizers.Count == 0
                ? Condition("NamespaceFinalizersRemaining", false, "ContentHasNoFinalizers", "All content-preserving finalizers finished")
                : Condition("NamespaceFinalizersRemaining", true, "SomeFinalizersRemain", $"Some content in the namespace has finalizers remaining: {string.Join(", ", held)}"),
        ];
        return [.. wanted.Select(condition =>
        {
            var known = value.Status.Conditions.FirstOrDefault(old => old.Type == condition.Type && old.Status == condition.Status);
            return condition with { LastTransitionTime = known?.LastTransitionTime ?? now };
        })];
    }

    private static NamespaceCondition Condition(string type, bool status, string reason, string message) =>
        new() { Type = type, Status = status ? "True" : "False", Reason = reason, Message = message };
}
