using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace ClusterEmu.Api;

/// <summary>What the API server tells of itself under <c>/openapi</c>. Each document is made once, when it is first asked for.</summary>
public static class OpenApiDocuments
{
    private static readonly ConcurrentDictionary<(string Group, string Version), Lazy<byte[]>> Third = new();
    private static readonly Lazy<byte[]> Second = new(() => PatchText.Write(MakeV2()));
    private static readonly Lazy<byte[]> SecondAsProtobuf = new(() => OpenApiProtobuf.Encode(MakeV2()));
    private static readonly Lazy<byte[]> Index = new(MakeIndex);

    /// <summary>Every group and version that has a document.</summary>
    public static IReadOnlyList<(string Group, string Version)> GroupVersions { get; } =
        KindCatalog.All.Select(kind => (kind.Group, kind.Version)).Distinct().ToArray();

    /// <summary><c>/openapi/v3</c>: where the documents are. Their addresses carry a hash, so that clients may keep them.</summary>
    public static byte[] V3Index() => Index.Value;

    /// <summary><c>/openapi/v3/api/v1</c>, <c>/openapi/v3/apis/apps/v1</c>, …</summary>
    /// <param name="group">Empty for the core group.</param>
    /// <param name="version">Such as <c>v1</c>.</param>
    /// <returns>Null if there is nothing in that group and version.</returns>
    public static byte[]? V3(string group, string version) => GroupVersions.Contains((group, version))
        ? Third.GetOrAdd((group, version), static key => new Lazy<byte[]>(() => MakeV3(key.Group, key.Version))).Value
        : null;

    /// <summary><c>/openapi/v2</c>, all groups in one document.</summary>
    public static byte[] V2() => Second.Value;

    /// <summary>The same as protobuf, for clients that accept <see cref="V2ProtobufAccepted"/>; it is sent as <see cref="V2ProtobufContentType"/>.</summary>
    public static byte[] V2Protobuf() => SecondAsProtobuf.Value;

    public const string V2ProtobufAccepted = OpenApiProtobuf.Accepted;
    public const string V2ProtobufContentType = OpenApiProtobuf.ContentType;

    /// <summary>The path below <c>/openapi/v3/</c>: <c>api/v1</c>, <c>apis/apps/v1</c>.</summary>
    public static string PathOf(string group, string version) => group.Length == 0 ? $"api/{version}" : $"apis/{group}/{version}";

    private static byte[] MakeIndex()
    {
        var paths = new JsonObject();
        foreach (var (group, version) in GroupVersions.OrderBy(pair => PathOf(pair.Group, pair.Version), StringComparer.Ordinal))
        {
            var path = PathOf(group, version);
            var hash = Convert.ToHexString(SHA256.HashData(V3(group, version)!));
            paths[path] = new JsonObject { ["serverRelativeURL"] = $"/openapi/v3/{path}?hash={hash}" };
        }
        return PatchText.Write(new JsonObject { ["paths"] = paths });
    }

    private static byte[] MakeV3(string group, string version)
    {
        var schemas = new OpenApiSchemas(OpenApiDialect.V3);
        var paths = new OpenApiPaths(OpenApiDialect.V3, schemas);
        foreach (var kind in KindCatalog.All.Append(Kinds.Binding).Where(kind => kind.Group == group && kind.Version == version)) paths.Add(kind);
        return PatchText.Write(new JsonObject
        {
            ["openapi"] = "3.0.0",
            ["info"] = Info(),
            ["paths"] = paths.ToJson(),
            ["components"] = new JsonObject { ["schemas"] = schemas.ToJson() },
        });
    }

    private static JsonObject MakeV2()
    {
        var schemas = new OpenApiSchemas(OpenApiDialect.V2);
        var paths = new OpenApiPaths(OpenApiDialect.V2, schemas);
        foreach (var kind in KindCatalog.All.Append(Kinds.Binding)) paths.Add(kind);
        return new JsonObject { ["swagger"] = "2.0", ["info"] = Info(), ["paths"] = paths.ToJson(), ["definitions"] = schemas.ToJson() };
    }

    private static JsonObject Info() => new() { ["title"] = "Kubernetes", ["version"] = "unversioned" };
}
