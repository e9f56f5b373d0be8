using System.Globalization;
using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.Simulation;

/// <summary>Carries out a scenario's changes at their moments.</summary>
internal static class ChangeMaker
{
    /// <param name="world">The cluster.</param>
    /// <param name="scenario">With the changes.</param>
    /// <param name="start">The moment from which they count.</param>
    /// <param name="note">Is told of each.</param>
    public static void Schedule(SimulatedWorld world, Scenario scenario, long start, Action<string> note)
    {
        for (var index = 0; index < scenario.Changes.Count; index++)
        {
            var change = scenario.Changes[index];
            var random = world.Stream($"change/{change.Action}/{change.Target}/{change.AtMicroseconds}");
            var occurrence = 0;
            foreach (var moment in change.Moments(scenario.DurationMicroseconds))
            {
                var number = occurrence++;
                world.Executor.At(start + moment, () =>
                {
                    note($"{change.Action} {change.Target}");
                    Make(world, change, number, random);
                });
            }
        }
    }

    private static void Make(SimulatedWorld world, PlannedChange change, int occurrence, Hosting.RandomStream random)
    {
        if (change.Action == "apply")
        {
            foreach (var item in change.Objects) world.Operator.Apply(item);
        }
        else if (change.Action == "deletePods")
        {
            DeletePods(world, change, occurrence, random);
        }
        else if (ChangeActions.CallOf(change, occurrence) is { } call)
        {
            world.Operator.Submit(ScenarioTarget.Parse(change.Target, change.Action).ToString(), call);
        }
    }

    private static void DeletePods(SimulatedWorld world, PlannedChange change, int occurrence, Hosting.RandomStream random)
    {
        var ns = change.Value("namespace", occurrence) is { Length: > 0 } given ? given : "default";
        var count = int.Parse(change.Value("count", occurrence), CultureInfo.InvariantCulture);
        world.Operator.Submit($"pods/{ns}/{change.Target}", ApiCall.List(Kinds.Pod, ns) with { LabelSelector = change.Target }, reply =>
        {
            var pods = (reply.Items ?? []).Select(pod => pod.Metadata.Name).Order(StringComparer.Ordinal).ToList();
            for (var i = 0; i < count && pods.Count > 0; i++)
            {
                var name = pods[random.Next(pods.Count)];
                pods.Remove(name);
                world.Operator.Submit($"pod/{ns}/{name}", ApiCall.Delete(Kinds.Pod, ns, name));
            }
        });
    }
}
