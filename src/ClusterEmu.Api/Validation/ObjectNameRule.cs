namespace ClusterEmu.Api;

/// <summary>The rule that the names of one kind obey.</summary>
/// <param name="name">The name, or what a generated name starts with.</param>
/// <param name="prefix">True if a suffix will follow: a trailing '-' is then fine.</param>
/// <returns>The complaints; empty if the name is accepted.</returns>
public delegate IReadOnlyList<string> ObjectNameRule(string name, bool prefix);

/// <summary>The rules that kinds use. Source: k8s.io/apimachinery api/validation/generic.go.</summary>
public static class ObjectNameRules
{
    /// <summary>Most kinds.</summary>
    public static readonly ObjectNameRule Subdomain = (name, prefix) => NameRules.Dns1123Subdomain(prefix ? Completed(name) : name);

    /// <summary>Namespaces.</summary>
    public static readonly ObjectNameRule Label = (name, prefix) => NameRules.Dns1123Label(prefix ? Completed(name) : name);

    /// <summary>Services.</summary>
    public static readonly ObjectNameRule ServiceLabel = (name, prefix) => NameRules.Dns1035Label(prefix ? Completed(name) : name);

    /// <summary>What every kind must obey, even one without a rule of its own (Events).</summary>
    public static readonly ObjectNameRule PathSegment = NameRules.PathSegment;

    private static string Completed(string name) => name.Length > 1 && name.EndsWith('-') ? name[..^2] + "a" : name;
}
