using ClusterEmu.Api;

namespace ClusterEmu.Client.Tests;

/// <summary>Objects that tests are about.</summary>
public static class Some
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Labels from text: <c>app=web,tier=front</c>.</summary>
    public static IReadOnlyDictionary<string, string> Labels(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    public static ConfigMap Map(string name, string labels = "", string version = "", string uid = "u") =>
        new() { Metadata = new ObjectMeta { Namespace = "default", Name = name, Labels = Labels(labels), ResourceVersion = version, Uid = uid } };
}
