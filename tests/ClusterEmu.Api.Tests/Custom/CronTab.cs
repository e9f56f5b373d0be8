using System.Text;

namespace ClusterEmu.Api.Tests;

/// <summary>The custom kind of the Kubernetes documentation, with a second version, and status and scale.</summary>
internal static class CronTab
{
    public const string Definition = """
        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"crontabs.stable.example.com"},
         "spec":{"group":"stable.example.com","scope":"Namespaced","names":{"plural":"crontabs","singular":"crontab","kind":"CronTab","shortNames":["ct"]},
          "versions":[{"name":"v1","served":true,"storage":true,
            "schema":{"openAPIV3Schema":{"type":"object","properties":{
              "spec":{"type":"object","properties":{"cronSpec":{"type":"string","pattern":"^\\S+( \\S+){4}$"},"image":{"type":"string","default":"busybox"},"replicas":{"type":"integer","minimum":1,"maximum":10}}},
              "status":{"type":"object","properties":{"replicas":{"type":"integer"},"labelSelector":{"type":"string"}}}}}},
            "selectableFields":[{"jsonPath":".spec.image"}],
            "subresources":{"status":{},"scale":{"specReplicasPath":".spec.replicas","statusReplicasPath":".status.replicas","labelSelectorPath":".status.labelSelector"}}},
           {"name":"v1beta1","served":true,"storage":false,"schema":{"openAPIV3Schema":{"type":"object","properties":{"spec":{"type":"object","properties":{"cronSpec":{"type":"string"}}}}}}}]}}
        """;

    public static CustomResourceDefinition Read(string json = Definition) =>
        CustomResourceDefinitionDefaults.Apply(ApiJson.Decode<CustomResourceDefinition>(Encoding.UTF8.GetBytes(json)));

    public static CustomResourceDefinition Established(string json = Definition)
    {
        var definition = CustomResourceDefinitionStrategy.PrepareForCreate(Read(json));
        return definition with
        {
            Metadata = definition.Metadata with { Uid = "u-" + definition.Metadata.Name, ResourceVersion = "5" },
            Status = definition.Status with
            {
                AcceptedNames = definition.Spec.Names,
                Conditions = DefinitionConditions.With([], DefinitionConditions.Established, true, "InitialNamesAccepted", "", DateTimeOffset.UnixEpoch),
            },
        };
    }

    public static CustomKind Kind(string version = "v1", string json = Definition) => CustomKind.ServedBy(Established(json)).Single(kind => kind.Version == version);

    public static CustomObject Of(string spec, string version = "v1") => (CustomObject)Kind(version).Decode(Encoding.UTF8.GetBytes(
        $$"""{"apiVersion":"stable.example.com/{{version}}","kind":"CronTab","metadata":{"name":"c","namespace":"default","resourceVersion":"7","uid":"u"},"spec":{{spec}}}"""));
}
