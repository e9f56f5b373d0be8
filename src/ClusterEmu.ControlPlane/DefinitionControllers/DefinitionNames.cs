using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane;

/// <summary>Which of the names that a CustomResourceDefinition asks for it gets. Pure. Source: apiextensions-apiserver pkg/controller/status/naming_controller.go.</summary>
/// <param name="Accepted">The names that it may use, those that it had already among them.</param>
/// <param name="Conflict">Reason and message, if another kind of the group has one of the names; else null.</param>
public sealed record DefinitionNames(CustomResourceDefinitionNames Accepted, (string Reason, string Message)? Conflict)
{
    /// <param name="definition">The definition.</param>
    /// <param name="others">All definitions; this one and those of other groups do not count.</param>
    public static DefinitionNames Of(CustomResourceDefinition definition, IEnumerable<CustomResourceDefinition> others)
    {
        var group = definition.Spec.Group;
        var (resources, kinds) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var builtIn in KindCatalog.All.Where(kind => kind.Group == group))
        {
            resources.UnionWith([builtIn.Plural, builtIn.Singular, .. builtIn.ShortNames]);
            kinds.UnionWith([builtIn.Kind, builtIn.ListKind]);
        }
        foreach (var names in others.Where(other => other.Spec.Group == group && other.Metadata.Name != definition.Metadata.Name).Select(other => other.Status.AcceptedNames))
        {
            resources.UnionWith([names.Plural, names.Singular, .. names.ShortNames]);
            kinds.UnionWith([names.Kind, names.ListKind]);
        }
        return new Choice(definition.Spec.Names, definition.Status.AcceptedNames, resources, kinds).Make();
    }

    private sealed class Choice(CustomResourceDefinitionNames wanted, CustomResourceDefinitionNames had, HashSet<string> resources, HashSet<string> kinds)
    {
        private (string Reason, string Message)? _conflict;

        public DefinitionNames Make()
        {
            // In this order: of several conflicts, the last one is told.
            var accepted = new CustomResourceDefinitionNames
            {
                Plural = Take(wanted.Plural, had.Plural, resources, "PluralConflict"),
                Singular = Take(wanted.Singular, had.Singular, resources, "SingularConflict"),
                ShortNames = ShortNames(),
                Kind = Take(wanted.Kind, had.Kind, kinds, "KindConflict"),
                ListKind = Take(wanted.ListKind, had.ListKind, kinds, "ListKindConflict"),
                Categories = wanted.Categories,
            };
            return new DefinitionNames(accepted, _conflict);
        }

        private string Take(string name, string before, HashSet<string> used, string reason)
        {
            if (name == before || !used.Contains(name)) return name;
            _conflict = (reason, $"\"{name}\" is already in use");
            return before;
        }

        private IReadOnlyList<string> ShortNames()
        {
            var taken = wanted.ShortNames.Where(name => !had.ShortNames.Contains(name) && resources.Contains(name)).ToList();
            if (taken.Count == 0) return wanted.ShortNames;
            var messages = taken.Select(name => $"\"{name}\" is already in use").ToList();
            _conflict = ("ShortNamesConflict", messages.Count == 1 ? messages[0] : $"[{string.Join(", ", messages)}]");
            return had.ShortNames;
        }
    }
}
