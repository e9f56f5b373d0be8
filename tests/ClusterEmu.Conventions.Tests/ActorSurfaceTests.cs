using System.Reflection;

namespace ClusterEmu.Conventions.Tests;

/// <summary>
/// What the embedded actor runtime offers on a type of Akka's has the name and shape that Akka.NET 1.5 gives it, so that the
/// same sources compile against both. Types and members may be missing, none may be added.
/// </summary>
public sealed class ActorSurfaceTests
{
    private static readonly string[] Assemblies = ["ClusterEmu.Actors", "ClusterEmu.Actors.TestKit"];

    [AkkaApiFact]
    public void TheEmbeddedRuntimeAddsNothingToAkkasTypes()
    {
        var file = AkkaApi.FindFile()!;
        var api = AkkaApi.Read(file);
        Assert.True(api.Count > 80, $"Only {api.Count} types were found in {file}. Is it the list of the Akka.NET API?");
        var problems = new List<string>();
        var compared = 0;
        var types = Assemblies.SelectMany(name => Assembly.Load(name).GetExportedTypes()).ToArray();
        var offered = types.Select(ApiPrinter.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var type in types)
        {
            if (!api.TryGetValue(ApiPrinter.Name(type), out var expected)) continue;
            compared++;
            var kind = expected.Header.Split(" : ")[0];
            if (kind != ApiPrinter.Kind(type))
                problems.Add($"{type.FullName} is a {ApiPrinter.Kind(type)}, in Akka.NET 1.5 it is a {kind}. Declare it so.");
            var bases = expected.Header.Contains(" : ", StringComparison.Ordinal) ? expected.Header.Split(" : ")[1].Split(", ") : [];
            if (Array.TrueForAll(bases, each => offered.Contains(each) || each.StartsWith('I'))) // Else the interfaces come from a base left out.
                problems.AddRange(type.GetInterfaces().Where(t => t.IsVisible && !bases.Contains(ApiPrinter.Name(t)) && !IsInherited(type, t))
                    .Select(t => $"{type.FullName} implements {ApiPrinter.Name(t)}, which it does not in Akka.NET 1.5. Leave it out."));
            problems.AddRange(ApiPrinter.Members(type).Where(member => !expected.Members.Contains(member))
                .Select(member => $"{type.FullName}: {member}\n    {Cure(member, expected.Members)}"));
        }

        Assert.True(compared > 80, $"Only {compared} types were compared.");
        Assert.True(problems.Count == 0, $"{problems.Count} members differ from {file}:\n{string.Join("\n", problems)}");
    }

    private static bool IsInherited(Type type, Type @interface) =>
        (type.BaseType is not null && @interface.IsAssignableFrom(type.BaseType))
        || type.GetInterfaces().Any(other => other != @interface && @interface.IsAssignableFrom(other));

    private static string Cure(string member, IEnumerable<string> known)
    {
        var name = NameOf(member);
        var alike = known.Where(other => NameOf(other) == name).ToArray();
        return alike.Length == 0
            ? "Akka.NET 1.5 has no such member. Make it internal, or move it to a type of a name of its own."
            : $"Akka.NET 1.5 has: {string.Join("\n                      ", alike)}\n    Give it that shape.";
    }

    private static string NameOf(string member) => member.Split('(', '{', '=')[0].Trim().Split('<')[0].Split(' ')[^1];
}
