using System.Globalization;
using System.Text.Json.Nodes;
using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.Simulation;

/// <summary>The kinds of changes, and what each asks of the API.</summary>
public static class ChangeActions
{
    /// <summary>Each action with the keys that it takes beside its own.</summary>
    public static readonly IReadOnlyList<(string Action, string[] Needed, string[] Optional)> All =
    [
        ("apply", [], []),
        ("delete", [], ["gracePeriod"]),
        ("deletePods", ["count"], ["namespace"]),
        ("scale", ["replicas"], []),
        ("setImage", ["image"], ["container"]),
        ("restart", [], []),
        ("cordon", [], []),
        ("uncordon", [], []),
        ("label", ["value"], []),
        ("annotate", ["value"], []),
        ("patch", ["merge"], []),
    ];

    /// <summary>The call of one occurrence; null for those that are not a single call (<c>apply</c>, <c>deletePods</c>).</summary>
    /// <param name="change">The change.</param>
    /// <param name="occurrence">From 0.</param>
    /// <exception cref="ScenarioException">A value cannot be used.</exception>
    public static ApiCall? CallOf(PlannedChange change, int occurrence)
    {
        if (change.Action is "apply" or "deletePods") return null;
        var target = ScenarioTarget.Parse(change.Target, change.Action);
        string Value(string key) => change.Value(key, occurrence);
        return change.Action switch
        {
            "delete" => ApiCall.Delete(target.Kind, target.Namespace, target.Name, GraceOf(Value("gracePeriod"))),
            "scale" => Merge(target, new JsonObject { ["spec"] = new JsonObject { ["replicas"] = int.Parse(Value("replicas"), CultureInfo.InvariantCulture) } }),
            "setImage" => Merge(target, Template(new JsonObject
            {
                ["spec"] = new JsonObject
                {
                    ["containers"] = new JsonArray(new JsonObject
                    {
                        ["name"] = Value("container") is { Length: > 0 } container ? container : target.Name,
                        ["image"] = Value("image"),
                    }),
                },
            })) with
            { PatchFormat = PatchFormat.StrategicMerge },
            "restart" => Merge(target, Template(Annotated(new JsonObject { ["kubectl.kubernetes.io/restartedAt"] = $"restart {occurrence + 1}" }))),
            "cordon" or "uncordon" => Merge(target, new JsonObject { ["spec"] = new JsonObject { ["unschedulable"] = change.Action == "cordon" ? true : null } }),
            "label" => Merge(target, new JsonObject { ["metadata"] = new JsonObject { ["labels"] = Pairs(Value("value")) } }),
            "annotate" => Merge(target, Annotated(Pairs(Value("value")))),
            "patch" => ApiCall.MergePatch(target.Kind, target.Namespace, target.Name, System.Text.Encoding.UTF8.GetBytes(Value("merge"))),
            _ => throw new ScenarioException($"There is no change {change.Action}. There are {string.Join(", ", All.Select(known => known.Action))}."),
        };
    }

    private static ApiCall Merge(ScenarioTarget target, JsonObject patch) =>
        ApiCall.MergePatch(target.Kind, target.Namespace, target.Name, System.Text.Encoding.UTF8.GetBytes(patch.ToJsonString()));

    private static JsonObject Template(JsonObject template) => new() { ["spec"] = new JsonObject { ["template"] = template } };

    private static JsonObject Annotated(JsonObject annotations) => new() { ["metadata"] = new JsonObject { ["annotations"] = annotations } };

    /// <summary><c>a=b,c=d</c>; <c>a-</c> takes a away.</summary>
    private static JsonObject Pairs(string text)
    {
        var pairs = new JsonObject();
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            if (at > 0) pairs[part[..at]] = part[(at + 1)..];
            else if (part.EndsWith('-')) pairs[part[..^1]] = null;
            else throw new ScenarioException($"'{part}' is no label. Write NAME=VALUE, or NAME- to take it away.");
        }
        return pairs;
    }

    private static DeleteOptions? GraceOf(string text) => text.Length == 0 ? null : new DeleteOptions { GracePeriodSeconds = long.Parse(text, CultureInfo.InvariantCulture) };
}
