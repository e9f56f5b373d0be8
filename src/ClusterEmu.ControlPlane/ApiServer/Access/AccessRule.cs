using System.Text.Json;
using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>One rule of a role: what it allows. Pure. Source: pkg/apis/rbac/v1/evaluation_helpers.go.</summary>
internal sealed record AccessRule(
    IReadOnlyList<string> Verbs, IReadOnlyList<string> Groups, IReadOnlyList<string> Resources, IReadOnlyList<string> Names, IReadOnlyList<string> Paths)
{
    private const string All = "*";

    public static AccessRule Read(JsonElement rule) =>
        new(Texts(rule, "verbs"), Texts(rule, "apiGroups"), Texts(rule, "resources"), Texts(rule, "resourceNames"), Texts(rule, "nonResourceURLs"));

    public bool Allows(AccessQuestion question)
    {
        if (!Has(Verbs, question.Verb)) return false;
        if (question.Path.Length > 0) return Paths.Any(path => path == All || path == question.Path || (path.EndsWith('*') && question.Path.StartsWith(path[..^1], StringComparison.Ordinal)));
        return Has(Groups, question.Group) && AllowsResource(question.Resource, question.Subresource) && (Names.Count == 0 || Names.Contains(question.Name));
    }

    public ResourceRule ToResourceRule() => new() { Verbs = Verbs, ApiGroups = Groups, Resources = Resources, ResourceNames = Names };

    public NonResourceRule ToNonResourceRule() => new() { Verbs = Verbs, NonResourceURLs = Paths };

    private bool AllowsResource(string resource, string subresource)
    {
        var whole = subresource.Length == 0 ? resource : $"{resource}/{subresource}";
        return Resources.Any(allowed => allowed == All || allowed == whole || (subresource.Length > 0 && allowed == $"*/{subresource}"));
    }

    private static bool Has(IReadOnlyList<string> allowed, string wanted) => allowed.Contains(All) || allowed.Contains(wanted);

    internal static IReadOnlyList<string> Texts(JsonElement value, string name) =>
        value.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Select(item => item.GetString() ?? "")] : [];

    internal static string Text(JsonElement value, string name) => value.TryGetProperty(name, out var text) ? text.GetString() ?? "" : "";
}
