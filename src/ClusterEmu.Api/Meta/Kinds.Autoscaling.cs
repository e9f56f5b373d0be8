namespace ClusterEmu.Api;

public static partial class Kinds
{
    /// <summary>Never stored: what the <c>scale</c> subresource shows and takes. It has no URL of its own.</summary>
    public static readonly KindInfo<Scale> Scale = new()
    {
        Group = "autoscaling",
        Version = "v1",
        Kind = "Scale",
        Plural = "scales",
        Singular = "scale",
        Namespaced = true,
        Verbs = [],
        HasPath = false,
        Rules = RulesOf.Scale,
    };
}
