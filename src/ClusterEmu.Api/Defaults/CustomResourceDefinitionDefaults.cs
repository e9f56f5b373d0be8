namespace ClusterEmu.Api;

/// <summary>Source: k8s.io/apiextensions-apiserver pkg/apis/apiextensions/v1/defaults.go.</summary>
internal static class CustomResourceDefinitionDefaults
{
    internal static CustomResourceDefinition Apply(CustomResourceDefinition definition)
    {
        var names = definition.Spec.Names;
        if (names.Singular.Length == 0) names = names with { Singular = names.Kind.ToLowerInvariant() };
        if (names.ListKind.Length == 0 && names.Kind.Length > 0) names = names with { ListKind = names.Kind + "List" };
        var conversion = definition.Spec.Conversion ?? new CustomResourceConversion { Strategy = "None" };
        if (conversion.Webhook is { ClientConfig.Service: { Port: null } service } webhook)
            conversion = conversion with { Webhook = webhook with { ClientConfig = webhook.ClientConfig! with { Service = service with { Port = 443 } } } };
        return definition with { Spec = definition.Spec with { Names = names, Conversion = conversion } };
    }
}
