using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>Names in URLs that can be no object's name. Source: k8s.io/apimachinery api/validation/path, k8s.io/apiserver generic/registry/store.go.</summary>
internal static class PathNames
{
    /// <exception cref="ApiException">400: the name in the URL is one that no object can have.</exception>
    public static void Check(ApiRequest request)
    {
        if (Problem(request.Name) is { } problem) throw Refuse.BadRequest($"Name parameter invalid: {GoSyntax.Quote(request.Name)}: {problem}");
    }

    private static string? Problem(string name)
    {
        if (name is "." or "..") return $"may not be '{name}'";
        var slash = name.Contains('/', StringComparison.Ordinal);
        var percent = name.Contains('%', StringComparison.Ordinal);
        return (slash, percent) switch
        {
            (true, true) => "may not contain '/';may not contain '%'",
            (true, false) => "may not contain '/'",
            (false, true) => "may not contain '%'",
            _ => null,
        };
    }
}
