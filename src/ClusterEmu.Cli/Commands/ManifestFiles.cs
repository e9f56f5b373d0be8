using System.Text;
using System.Text.Json.Nodes;
using ClusterEmu.Api;

namespace ClusterEmu.Cli.Commands;

/// <summary>One object of a manifest, and the file that it came from as kubectl names it.</summary>
internal sealed record ManifestObject(string File, JsonObject Json);

/// <summary>What <c>-f</c> named, read and parsed.</summary>
/// <param name="Objects">In the order of the files and of the documents.</param>
/// <param name="Failures">What could not be parsed, a message each.</param>
internal sealed record ManifestFiles(IReadOnlyList<ManifestObject> Objects, IReadOnlyList<string> Failures)
{
    /// <summary>How standard input is named.</summary>
    public const string StandardInput = "-";

    /// <summary>Reads files, folders of *.yaml, *.yml and *.json (not what lies deeper), and standard input ('-').</summary>
    /// <exception cref="CommandFailure">A file is not there or cannot be read: then nothing is to be done with the others either, as kubectl has it.</exception>
    public static async Task<ManifestFiles> ReadAsync(IReadOnlyList<string> paths, TextReader standardInput, CancellationToken cancellationToken)
    {
        var texts = new List<(string File, string Text)>();
        foreach (var path in paths) texts.AddRange(await TextsAsync(path, standardInput, cancellationToken));
        var objects = new List<ManifestObject>();
        var failures = new List<string>();
        foreach (var (file, text) in texts)
        {
            try
            {
                foreach (var document in YamlManifests.ToJson(text))
                {
                    if (JsonNode.Parse(document.Json) is JsonObject manifest) objects.AddRange(Items(manifest).Select(item => new ManifestObject(file, item)));
                    else failures.Add($"error: error parsing {file}: the document at line {document.Line} is no map, so it is no object. Begin it with apiVersion and kind.");
                }
            }
            catch (ManifestException cause)
            {
                failures.Add($"error: error parsing {file}: {cause.Message}");
            }
        }
        if (objects.Count == 0 && failures.Count == 0 && paths.Count > 0)
            failures.Add($"error: no objects found in {string.Join(", ", paths)}. Name a manifest (YAML or JSON), a folder that holds *.yaml, *.yml or *.json, or - for standard input.");
        return new ManifestFiles(objects, failures);
    }

    private static IEnumerable<JsonObject> Items(JsonObject manifest) =>
        manifest["kind"]?.ToString() is { } kind && kind.EndsWith("List", StringComparison.Ordinal) && manifest["items"] is JsonArray items
            ? items.OfType<JsonObject>()
            : [manifest];

    private static async Task<IReadOnlyList<(string File, string Text)>> TextsAsync(string path, TextReader standardInput, CancellationToken cancellationToken)
    {
        if (path == StandardInput) return [("STDIN", await standardInput.ReadToEndAsync(cancellationToken))];
        var files = Directory.Exists(path)
            ? [.. Directory.GetFiles(path).Where(file => Path.GetExtension(file) is ".yaml" or ".yml" or ".json").Order(StringComparer.Ordinal)]
            : (IReadOnlyList<string>)[path];
        var texts = new List<(string, string)>();
        foreach (var file in files)
        {
            try
            {
                texts.Add((file, await File.ReadAllTextAsync(file, Encoding.UTF8, cancellationToken)));
            }
            catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
            {
                throw new CommandFailure($"error: the path \"{file}\" cannot be read: {cause.Message} Give a manifest that exists, or - for standard input.");
            }
        }
        return texts;
    }
}
