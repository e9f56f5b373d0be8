using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace ClusterEmu.Api;

/// <summary>What an API server tells of itself under <c>/openapi</c>. Each document is made once, when it is first asked for.</summary>
public sealed class OpenApiDocuments
{
    private readonly ConcurrentDictionary<(string Group, string Version), Lazy<byte[]>> _third = new();
    private readonly Lazy<byte[]> _second;
    private readonly Lazy<byte[]> _secondAsProtobuf;
    private readonly Lazy<byte[]> _index;
    private readonly IReadOnlyList<KindInfo> _kinds;

    /// <param name="kinds">What is served.</param>
    public OpenApiDocuments(ServedKinds kinds)
    {
        Described = kinds;
        _kinds = [.. kinds.All, .. kinds.Transient.Where(kind => kind.HasPath)];
        GroupVersions = _kinds.Select(kind => (kind.Group, kind.Version)).Distinct().ToArray();
        _second = new Lazy<byte[]>(() => PatchText.Write(MakeV2()));
        _secondAsProtobuf = new Lazy<byte[]>(() => OpenApiProtobuf.Encode(MakeV2()));
        _index = new Lazy<byte[]>(MakeIndex);
    }

    /// <summary>What the documents describe.</summary>
    public ServedKinds Described { get; }

    /// <summary>Every group and version that has a document.</summary>
    public IReadOnlyList<(string Group, string Version)> GroupVersions { get; }

    /// <summary><c>/openapi/v3</c>: where the documents are. Their addresses carry a hash, so that clients may keep them.</summary>
    public byte[] V3Index() => _index.Value;

    /// <summary><c>/openapi/v3/api/v1</c>, <c>/openapi/v3/apis/apps/v1</c>, …</summary>
    /// <param name="group">Empty for the core group.</param>
    /// <param name="version">Such as <c>v1</c>.</param>
    /// <returns>Null if there is nothing in that group and version.</returns>
    public byte[]? V3(string group, string version) => GroupVersions.Contains((group, version))
        ? _third.GetOrAdd((group, version), key => new Lazy<byte[]>(() => MakeV3(key.Group, key.Version))).Value
        : null;

    /// <summary><c>/openapi/v2</c>, all groups in one document.</summary>
    public byte[] V2() => _second.Value;

    /// <summary>The same as protobuf, for clients that accept <see cref="V2ProtobufAccepted"/>; it is sent as <see cref="V2ProtobufContentType"/>.</summary>
    public byte[] V2Protobuf() => _secondAsProtobuf.Value;

    public const string V2ProtobufAccepted = OpenApiProtobuf.Accepted;
    public const string V2ProtobufContentType = OpenApiProtobuf.ContentType;

    /// <summary>The path below <c>/openapi/v3/</c>: <c>api/v1</c>, <c>apis/apps/v1</c>.</summary>
    public static string PathOf(string group, string version) => group.Length == 0 ? $"api/{version}" : $"apis/{group}/{version}";

    private byte[] MakeIndex()
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

    private byte[] MakeV3(string group, string version)
    {
        var schemas = new OpenApiSchemas(OpenApiDialect.V3);
        var paths = new OpenApiPaths(OpenApiDialect.V3, schemas);
        foreach (var kind in _kinds.Where(kind => kind.Group == group && kind.Version == version)) paths.Add(kind);
        return PatchText.Write(new JsonObject
        {
            ["openapi"] = "3.0.0",
            ["info"] = Info(),
            ["paths"] = paths.ToJson(),
            ["components"] = new JsonObject { ["schemas"] = schemas.ToJson() },
        });
    }

    private JsonObject MakeV2()
    {
        var schemas = new OpenApiSchemas(OpenApiDialect.V2);
        var paths = new OpenApiPaths(OpenApiDialect.V2, schemas);
        foreach (var kind in _kinds) paths.Add(kind);
        return new JsonObject { ["swagger"] = "2.0", ["info"] = Info(), ["paths"] = paths.ToJson(), ["definitions"] = schemas.ToJson() };
    }

    private static JsonObject Info() => new() { ["title"] = "Kubernetes", ["version"] = "unversioned" };
}
