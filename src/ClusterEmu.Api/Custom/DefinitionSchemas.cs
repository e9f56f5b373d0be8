namespace ClusterEmu.Api;

/// <summary>The schemas of a CustomResourceDefinition as a whole. Pure.</summary>
public static class DefinitionSchemas
{
    /// <summary>Every place where a version's schema is not structural.</summary>
    public static IReadOnlyList<string> Violations(CustomResourceDefinition definition)
    {
        var found = new List<string>();
        for (var i = 0; i < definition.Spec.Versions.Count; i++)
        {
            if (definition.Spec.Versions[i].Schema?.OpenAPIV3Schema is not { } schema) continue;
            var path = FieldPath.Spec.Child("versions").Index(i).Child("schema").Child("openAPIV3Schema");
            found.AddRange(StructuralRules.Of(schema, path).Select(error => error.ToString()));
        }
        return found;
    }
}
