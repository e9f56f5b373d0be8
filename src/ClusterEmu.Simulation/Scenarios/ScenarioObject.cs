using ClusterEmu.Api;

namespace ClusterEmu.Simulation;

/// <summary>An object that a scenario applies.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Value">As the manifest has it, with its namespace.</param>
/// <param name="Json">The manifest as JSON.</param>
public sealed record ScenarioObject(KindInfo Kind, IKubeObject Value, byte[] Json)
{
    public string? Namespace => Kind.Namespaced ? Value.Metadata.Namespace : null;

    public string Name => Value.Metadata.Name;

    /// <summary>As a scenario names it: <c>deployment/default/web</c>, <c>node/node-1</c>.</summary>
    public string Target => Namespace is { } ns ? $"{Kind.Singular}/{ns}/{Name}" : $"{Kind.Singular}/{Name}";

    /// <summary>The objects of a manifest. Those without a namespace are in <c>default</c>.</summary>
    /// <param name="text">YAML or JSON, any number of documents.</param>
    /// <param name="where">For messages: the file, or the place in the scenario.</param>
    /// <exception cref="ScenarioException">The text is no manifest, or has fields that its kind has not.</exception>
    public static IReadOnlyList<ScenarioObject> Parse(string text, string where)
    {
        try
        {
            return [.. YamlManifests.ToJson(text).Select(document => Of(document, where))];
        }
        catch (ManifestException refused)
        {
            throw new ScenarioException($"{where}: {refused.Message}");
        }
    }

    private static ScenarioObject Of(ManifestDocument document, string where)
    {
        try
        {
            var (apiVersion, name, problem) = BodyDecoding.ReadKind(document.Json);
            if (problem is not null) throw new ScenarioException($"{where}, line {document.Line}: {problem}");
            var kind = KindCatalog.ByKind(apiVersion, name)
                ?? throw new ScenarioException($"{where}, line {document.Line}: the cluster serves no {apiVersion} {name}. It serves {string.Join(", ", KindCatalog.All.Select(known => known.Kind))}.");
            var unknown = StrictDecoding.Check(kind, document.Json);
            if (unknown.Count > 0) throw new ScenarioException($"{where}, line {document.Line}: {StrictDecoding.Describe(unknown)}");
            var value = kind.Decode(document.Json);
            if (kind.Namespaced && string.IsNullOrEmpty(value.Metadata.Namespace)) value = value.WithMetadata(value.Metadata with { Namespace = "default" });
            if (string.IsNullOrEmpty(value.Metadata.Name)) throw new ScenarioException($"{where}, line {document.Line}: metadata.name is missing. Give the {kind.Kind} a name.");
            return new ScenarioObject(kind, value, document.Json);
        }
        catch (ObjectDecodingException refused)
        {
            throw new ScenarioException($"{where}, line {document.Line}: {refused.Message}");
        }
    }
}
