using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace ClusterEmu.Cli.Kubeconfigs;

/// <summary>A kubeconfig as a tree, so that what we do not know stays as it is. Source: client-go tools/clientcmd/api/v1.</summary>
public sealed class KubeconfigDocument
{
    private readonly YamlMappingNode _root;

    private KubeconfigDocument(YamlMappingNode root) => _root = root;

    public static KubeconfigDocument Empty() => new(new YamlMappingNode
    {
        { "apiVersion", "v1" },
        { "kind", "Config" },
        { "preferences", new YamlMappingNode() },
        { "clusters", new YamlSequenceNode() },
        { "users", new YamlSequenceNode() },
        { "contexts", new YamlSequenceNode() },
        { "current-context", "" },
    });

    /// <exception cref="CommandFailure">The text is no kubeconfig.</exception>
    public static KubeconfigDocument Parse(string text, string path)
    {
        if (string.IsNullOrWhiteSpace(text)) return Empty();
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents.Count == 1 && stream.Documents[0].RootNode is YamlMappingNode root) return new KubeconfigDocument(root);
        }
        catch (YamlException cause)
        {
            throw new CommandFailure($"{path} is no valid kubeconfig (line {cause.Start.Line}: {cause.Message}), so the cluster's context was not added. Mend the file, or use --kubeconfig FILE to write another.");
        }
        throw new CommandFailure($"{path} is no kubeconfig: its top level is no map. Mend the file, or use --kubeconfig FILE to write another.");
    }

    public string CurrentContext
    {
        get => (_root.Children.TryGetValue("current-context", out var node) ? (node as YamlScalarNode)?.Value : null) ?? "";
        set => _root.Children["current-context"] = Quoted(value);
    }

    public bool HasContext(string name) => Find("contexts", name) is not null;

    /// <summary>Adds the entry, or replaces those of its name, and makes it current.</summary>
    public void Add(KubeconfigEntry entry)
    {
        Put("clusters", entry.Name, "cluster", new YamlMappingNode
        {
            { "certificate-authority-data", Base64(entry.AuthorityPem) },
            { "server", entry.Server },
        });
        Put("users", entry.Name, "user", new YamlMappingNode
        {
            { "client-certificate-data", Base64(entry.CertificatePem) },
            { "client-key-data", Base64(entry.KeyPem) },
        });
        Put("contexts", entry.Name, "context", new YamlMappingNode { { "cluster", entry.Name }, { "user", entry.Name } });
        CurrentContext = entry.Name;
    }

    /// <summary>Takes out exactly what <see cref="Add"/> put in. If it still is current, the first of the former contexts that is still there becomes current again.</summary>
    /// <param name="name">Of the entry.</param>
    /// <param name="former">The contexts that were current before, the latest first.</param>
    /// <param name="isElsewhere">Whether another file of the KUBECONFIG list has a context of this name.</param>
    public void Remove(string name, IReadOnlyList<string> former, Func<string, bool> isElsewhere)
    {
        foreach (var section in (string[])["clusters", "users", "contexts"])
        {
            if (Find(section, name) is { } node) Section(section).Children.Remove(node);
        }
        if (CurrentContext == name) CurrentContext = former.FirstOrDefault(context => HasContext(context) || isElsewhere(context)) ?? "";
    }

    public override string ToString()
    {
        var writer = new StringWriter();
        new YamlStream(new YamlDocument(_root)).Save(writer, assignAnchors: false);
        var text = writer.ToString();
        return text.EndsWith("...\n", StringComparison.Ordinal) ? text[..^4] : text.Replace("...\r\n", "", StringComparison.Ordinal);
    }

    private YamlSequenceNode Section(string name)
    {
        if (_root.Children.TryGetValue(name, out var node) && node is YamlSequenceNode sequence) return sequence;
        var made = new YamlSequenceNode(); // Left out, or null as kubectl writes an empty list.
        _root.Children[name] = made;
        return made;
    }

    private YamlNode? Find(string section, string name) => Section(section).Children.FirstOrDefault(node =>
        node is YamlMappingNode map && map.Children.TryGetValue("name", out var value) && (value as YamlScalarNode)?.Value == name);

    private void Put(string section, string name, string field, YamlMappingNode value)
    {
        if (Find(section, name) is { } old) Section(section).Children.Remove(old);
        if (Section(section).Children.Count == 0) Section(section).Style = SequenceStyle.Block;
        Section(section).Add(new YamlMappingNode { { "name", name }, { field, value } });
    }

    private static YamlScalarNode Quoted(string value) => new(value) { Style = value.Length == 0 ? ScalarStyle.DoubleQuoted : ScalarStyle.Any };

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
