using System.Text.Json.Nodes;
using ClusterEmu.Api;
using ClusterEmu.Hosting;

namespace ClusterEmu.Simulation;

/// <summary>Reads scenarios from YAML. Strict: a key that nobody knows is refused, and the nearest known one named.</summary>
public static class ScenarioReader
{
    /// <param name="yaml">The file's text.</param>
    /// <param name="manifest">Gives the text of a manifest file that the scenario names, and the name to use in messages.</param>
    /// <exception cref="ScenarioException">The text is no scenario; the message names the place and what would do.</exception>
    public static Scenario Read(string yaml, Func<string, string> manifest)
    {
        var root = new ScenarioMap(Parse(yaml), "");
        var scenario = new Scenario
        {
            Name = root.Text("name"),
            Description = root.Text("description", ""),
            World = Topology(root.Map("topology")),
            Objects = [.. root.Maps("manifests").SelectMany(map => Manifests(map, manifest))],
            DurationMicroseconds = root.Time("duration", 60 * VirtualTime.Second, VirtualTime.Millisecond),
            Expect = Expect(root.Map("expect")),
        };
        if (scenario.Name.Length == 0 || !scenario.Name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.'))
            throw root.Refuse("name", $"is '{scenario.Name}', but must consist of letters, digits, - and ., for it begins a file's name");
        var changes = root.Maps("changes").Select(map => Change(map, manifest)).ToList();
        var clients = root.Maps("clients").Select(Client).ToList();
        if (clients.GroupBy(client => client.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ScenarioException($"clients: there are two called {twice.Key}. Give each a name of its own: its random numbers go by it.");
        var writers = root.Has("writers") ? Writers(root.Map("writers")) : null;
        var (mix, plan) = Faults(root.Map("faults"), scenario.World);
        root.Finish();
        return scenario with { Changes = changes, Clients = clients, Writers = writers, Faults = mix, FaultPlan = plan };
    }

    private static JsonObject Parse(string yaml)
    {
        try
        {
            var documents = YamlManifests.ToJson(yaml);
            if (documents.Count != 1) throw new ScenarioException($"A scenario is one YAML document; this text has {documents.Count}.");
            return JsonNode.Parse(documents[0].Json) as JsonObject ?? throw new ScenarioException("A scenario is a map with the keys name, topology, manifests, changes, clients, writers, faults, duration, expect.");
        }
        catch (ManifestException refused)
        {
            throw new ScenarioException(refused.Message);
        }
    }

    private static WorldOptions Topology(ScenarioMap map)
    {
        var usual = new WorldOptions();
        var nodes = map.Number("nodes", usual.Nodes, 1, 256);
        var world = usual with
        {
            Nodes = nodes,
            NodeProcesses = map.Has("nodeProcesses") ? map.Number("nodeProcesses", nodes, 1, nodes) : null,
            Zones = map.Number("zones", usual.Zones, 1, 26),
            ProxyMode = map.OneOf("proxyMode", usual.ProxyMode, "iptables", "ipvs"),
            Profile = map.OneOf("profile", usual.Profile, "fast", "default"),
            DnsReplicas = map.Number("dnsReplicas", usual.DnsReplicas, 0, 10),
            HistoryMicroseconds = map.Time("history", usual.HistoryMicroseconds, VirtualTime.Second),
        };
        map.Finish();
        return world;
    }

    private static IReadOnlyList<ScenarioObject> Manifests(ScenarioMap map, Func<string, string> manifest)
    {
        IReadOnlyList<ScenarioObject> objects;
        if (map.Has("file") == map.Has("text")) throw new ScenarioException($"{map.Path} must have either file or text.");
        if (map.Has("file")) objects = ScenarioObject.Parse(manifest(map.Text("file")), map.Text("file"));
        else objects = ScenarioObject.Parse(map.Text("text"), map.Path);
        map.Finish();
        return objects;
    }

    private static PlannedChange Change(ScenarioMap map, Func<string, string> manifest)
    {
        var actions = ChangeActions.All.Where(known => map.Has(known.Action)).ToList();
        if (actions.Count != 1)
            throw new ScenarioException($"{map.Path} must have exactly one of {string.Join(", ", ChangeActions.All.Select(known => known.Action))}, but has {(actions.Count == 0 ? "none" : string.Join(" and ", actions.Select(known => known.Action)))}.");
        var (action, needed, optional) = actions[0];
        var values = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var key in needed.Concat(optional))
        {
            if (map.Has(key)) values[key] = map.Texts(key);
            else if (needed.Contains(key)) throw new ScenarioException($"{map.Path}: {action} needs the key {key}. Add it.");
        }
        var change = new PlannedChange(action, action == "apply" ? "" : map.Text(action), map.Time("at", 0))
        {
            EveryMicroseconds = map.Time("every", 0),
            Times = map.Number("times", 0, 0, 100_000),
            Values = values,
            Objects = action == "apply" ? [.. map.Maps("apply").SelectMany(item => Manifests(item, manifest))] : [],
        };
        map.Finish();
        Check(change, map.Path);
        return change;
    }

    /// <summary>Makes each call once, so that a mistake shows when the file is read and not in the middle of a run.</summary>
    private static void Check(PlannedChange change, string path)
    {
        try
        {
            var variants = change.Values.Count == 0 ? 1 : change.Values.Values.Max(values => values.Count);
            for (var i = 0; i < variants; i++) _ = ChangeActions.CallOf(change, i);
            if (change.Action == "deletePods") _ = change.Values["count"].Select(count => int.Parse(count, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        }
        catch (Exception refused) when (refused is ScenarioException or FormatException or OverflowException)
        {
            throw new ScenarioException($"{path}: {refused.Message}");
        }
    }

    private static ClientPlan Client(ScenarioMap map)
    {
        var client = new ClientPlan(map.Text("name"), map.Text("from"), map.Text("url"), map.Number("perSecond", 10, 1, 10_000), map.Flag("mayFail"));
        if (client.Spec.Problems().FirstOrDefault() is { } problem) throw new ScenarioException($"{map.Path}: {problem}");
        map.Finish();
        return client;
    }

    private static WriterOptions Writers(ScenarioMap map)
    {
        var usual = new WriterOptions();
        var writers = new WriterOptions
        {
            Count = map.Number("count", usual.Count, 1, 100),
            PerSecond = map.Number("perSecond", usual.PerSecond, 1, 1000),
            Names = map.Number("names", usual.Names, 1, 1000),
            Namespace = map.Text("namespace", usual.Namespace),
        };
        map.Finish();
        return writers;
    }

    private static (FaultMix Mix, IReadOnlyList<PlannedFault>? Plan) Faults(ScenarioMap map, WorldOptions world)
    {
        var kinds = map.Map("kinds").NamedMaps().Select(named => Setting(named.Key, named.Map)).ToList();
        var plan = map.Has("plan") ? map.Maps("plan").Select(Fault).ToList() : null;
        if (plan is not null && kinds.Count > 0) throw new ScenarioException("faults has both kinds and plan. Keep kinds to let each seed draw its faults, or plan to have exactly these.");
        if (plan?.GroupBy(fault => fault.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ScenarioException($"faults.plan: there are two called {twice.Key}. Give each a name of its own: its random numbers go by it.");
        map.Finish();
        _ = world;
        return (new FaultMix(kinds), plan);
    }

    private static FaultSetting Setting(string kind, ScenarioMap map)
    {
        _ = FaultKinds.Find(kind);
        var usual = new FaultSetting(kind);
        var setting = usual with
        {
            Percent = map.Number("percent", usual.Percent, 1, 100),
            Most = map.Number("most", usual.Most, 1, 100),
            ShortestMicroseconds = map.Time("shortest", usual.ShortestMicroseconds, VirtualTime.Millisecond),
            LongestMicroseconds = map.Time("longest", usual.LongestMicroseconds, VirtualTime.Millisecond),
            Targets = map.Texts("targets"),
        };
        map.Finish();
        return setting;
    }

    private static PlannedFault Fault(ScenarioMap map)
    {
        var kind = FaultKinds.Find(map.Text("kind"));
        var fault = new PlannedFault(kind.Name, map.Time("at", 0), map.Time("for", VirtualTime.Second), new SortedDictionary<string, string>(StringComparer.Ordinal)) { Name = map.Text("name", kind.Name) };
        var parameters = map.Rest();
        foreach (var (key, _) in parameters)
        {
            if (!kind.Keys.Contains(key))
                throw new ScenarioException($"{map.Path}: the fault {kind.Name} has no parameter {key}. The nearest is {NearestName.Of(key, kind.Keys)}; it takes {string.Join(", ", kind.Keys)}.");
        }
        foreach (var key in kind.Keys)
        {
            if (!parameters.ContainsKey(key)) throw new ScenarioException($"{map.Path}: the fault {kind.Name} needs the parameter {key}. Add it.");
        }
        return fault with { Parameters = parameters };
    }

    private static Expectations Expect(ScenarioMap map)
    {
        var usual = new Expectations();
        var expect = new Expectations
        {
            ReadyMicroseconds = map.Time("ready", usual.ReadyMicroseconds, VirtualTime.Millisecond),
            ConvergedMicroseconds = map.Time("converged", usual.ConvergedMicroseconds, VirtualTime.Millisecond),
            Answered = map.Number("answered", 0, 0, int.MaxValue),
            Unready = [.. map.Texts("unready").Select((target, index) => ScenarioTarget.Parse(target, $"expect.unready[{index}]").ToString())],
        };
        map.Finish();
        return expect;
    }
}
