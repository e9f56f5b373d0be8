using ClusterEmu.Api;
using ClusterEmu.Hosting;

namespace ClusterEmu.Simulation;

/// <summary>One object by its name in a scenario: <c>deployment/web</c>, <c>service/shop/cart</c>, <c>node/node-1</c>.</summary>
/// <param name="Kind">By any of its names.</param>
/// <param name="Namespace">Null for kinds without one; <c>default</c> if it was left out.</param>
/// <param name="Name">Its name.</param>
public sealed record ScenarioTarget(KindInfo Kind, string? Namespace, string Name)
{
    /// <exception cref="ScenarioException">The text names no object.</exception>
    public static ScenarioTarget Parse(string text, string where)
    {
        var parts = text.Split('/');
        if (parts.Length is < 2 or > 3 || parts.Any(part => part.Length == 0))
            throw new ScenarioException($"{where} is '{text}', but must name an object as KIND/NAME or KIND/NAMESPACE/NAME, such as deployment/web.");
        var kind = KindCatalog.ByAnyName(parts[0])
            ?? throw new ScenarioException($"{where}: there is no kind {parts[0]}. The nearest is {NearestName.Of(parts[0], KindCatalog.All.Select(known => known.Singular))}.");
        if (!kind.Namespaced && parts.Length == 3) throw new ScenarioException($"{where} is '{text}', but a {kind.Kind} has no namespace. Write {kind.Singular}/{parts[2]}.");
        return new ScenarioTarget(kind, kind.Namespaced ? parts.Length == 3 ? parts[1] : "default" : null, parts[^1]);
    }

    public override string ToString() => Namespace is null ? $"{Kind.Singular}/{Name}" : $"{Kind.Singular}/{Namespace}/{Name}";
}
