using System.Text.Json.Nodes;
using ClusterEmu.Api;

namespace ClusterEmu.Simulation;

/// <summary>Writes a scenario as YAML that <see cref="ScenarioReader"/> reads to the same scenario. Manifests stand in it as text.</summary>
public static class ScenarioWriter
{
    /// <summary>The file's text.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="comment">Lines for its head, without <c>#</c>.</param>
    public static string Write(Scenario scenario, params string[] comment)
    {
        var (world, usual) = (scenario.World, new Expectations());
        var topology = new JsonObject
        {
            ["nodes"] = world.Nodes,
            ["zones"] = world.Zones,
            ["proxyMode"] = world.ProxyMode,
            ["profile"] = world.Profile,
            ["dnsReplicas"] = world.DnsReplicas,
            ["history"] = VirtualTime.Text(world.HistoryMicroseconds),
        };
        if (world.NodeProcesses is { } processes) topology["nodeProcesses"] = processes;
        var expect = new JsonObject
        {
            ["ready"] = VirtualTime.Text(scenario.Expect.ReadyMicroseconds),
            ["converged"] = VirtualTime.Text(scenario.Expect.ConvergedMicroseconds),
        };
        if (scenario.Expect.Answered != usual.Answered) expect["answered"] = scenario.Expect.Answered;
        if (scenario.Expect.Unready.Count > 0) expect["unready"] = Texts(scenario.Expect.Unready);
        var root = new JsonObject
        {
            ["name"] = scenario.Name,
            ["topology"] = topology,
            ["manifests"] = Manifests(scenario.Objects),
            ["changes"] = List(scenario.Changes.Select(Change)),
            ["clients"] = List(scenario.Clients.Select(Client)),
            ["faults"] = scenario.FaultPlan is { } plan
                ? new JsonObject { ["plan"] = List(plan.Select(Fault)) }
                : new JsonObject { ["kinds"] = new JsonObject(scenario.Faults.Kinds.Select(kind => KeyValuePair.Create(kind.Kind, (JsonNode?)Setting(kind)))) },
            ["duration"] = VirtualTime.Text(scenario.DurationMicroseconds),
            ["expect"] = expect,
        };
        if (scenario.Writers is { } writers)
            root["writers"] = new JsonObject { ["count"] = writers.Count, ["perSecond"] = writers.PerSecond, ["names"] = writers.Names, ["namespace"] = writers.Namespace };
        if (scenario.Description.Length > 0) root["description"] = scenario.Description;
        return string.Concat(comment.Select(line => $"# {line}\n")) + YamlPrinter.Print(Bytes(root));
    }

    private static JsonArray Manifests(IEnumerable<ScenarioObject> objects) => List(objects.Select(item => new JsonObject { ["text"] = YamlPrinter.Print(item.Json) }));

    private static JsonObject Change(PlannedChange change)
    {
        var json = new JsonObject
        {
            ["at"] = VirtualTime.Text(change.AtMicroseconds),
            [change.Action] = change.Action == "apply" ? Manifests(change.Objects) : change.Target,
        };
        if (change.EveryMicroseconds > 0) json["every"] = VirtualTime.Text(change.EveryMicroseconds);
        if (change.Times > 0) json["times"] = change.Times;
        foreach (var (key, values) in change.Values) json[key] = Texts(values);
        return json;
    }

    private static JsonObject Client(ClientPlan client)
    {
        var json = new JsonObject { ["name"] = client.Name, ["from"] = client.From, ["url"] = client.Url, ["perSecond"] = client.PerSecond };
        if (client.MayFail) json["mayFail"] = true;
        return json;
    }

    private static JsonObject Fault(PlannedFault fault)
    {
        var json = new JsonObject { ["kind"] = fault.Kind, ["name"] = fault.Name, ["at"] = VirtualTime.Text(fault.StartMicroseconds), ["for"] = VirtualTime.Text(fault.DurationMicroseconds) };
        foreach (var (key, value) in fault.Parameters) json[key] = value;
        return json;
    }

    private static JsonObject Setting(FaultSetting setting)
    {
        var json = new JsonObject
        {
            ["percent"] = setting.Percent,
            ["most"] = setting.Most,
            ["shortest"] = VirtualTime.Text(setting.ShortestMicroseconds),
            ["longest"] = VirtualTime.Text(setting.LongestMicroseconds),
        };
        if (setting.Targets.Count > 0) json["targets"] = Texts(setting.Targets);
        return json;
    }

    private static JsonArray List(IEnumerable<JsonObject> items) => new([.. items]);

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);

    private static byte[] Bytes(JsonNode node) => System.Text.Encoding.UTF8.GetBytes(node.ToJsonString());
}
