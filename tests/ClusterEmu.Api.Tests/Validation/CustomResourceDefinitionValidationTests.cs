using System.Text;
using System.Text.Json.Nodes;

namespace ClusterEmu.Api.Tests;

public class CustomResourceDefinitionValidationTests
{
    private const string Schema = "spec.versions[0].schema.openAPIV3Schema";
    private const string Spec = Schema + ".properties[spec]";

    [Fact]
    public void TheExampleOfTheDocumentation_IsAccepted() => Assert.Equal("", Said("{}"));

    [Theory] // a merge patch of the example; what is refused
    [InlineData("""{"metadata":{"name":"tabs"}}""", "metadata.name: Invalid value: \"tabs\": must be spec.names.plural+\".\"+spec.group")]
    [InlineData("""{"metadata":{"name":"crontabs.apps"},"spec":{"group":"apps"}}""", "spec.group: Invalid value: \"apps\": should be a domain with at least one dot")]
    [InlineData("""{"spec":{"scope":"World"}}""", "spec.scope: Unsupported value: \"World\": supported values: \"Cluster\", \"Namespaced\"")]
    [InlineData("""{"spec":{"scope":null}}""", "spec.scope: Required value")]
    [InlineData("""{"spec":{"names":{"kind":"Cron_Tab","listKind":"Tabs"}}}""", "spec.names.kind: Invalid value: \"Cron_Tab\": may have mixed case, but should otherwise match: a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')")]
    [InlineData("""{"spec":{"names":{"listKind":"CronTab"}}}""", "spec.names.listKind: Invalid value: \"CronTab\": kind and listKind may not be the same")]
    [InlineData("""{"spec":{"preserveUnknownFields":true}}""", "spec.preserveUnknownFields: Invalid value: true: cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead")]
    [InlineData("""{"spec":{"conversion":{"strategy":"Webhook"}}}""", "spec.conversion.strategy: Invalid value: \"Webhook\": conversion by webhook is not available: this cluster is emulated, and no webhook could be called. Use None, with versions that differ in name only")]
    [InlineData("""{"spec":{"conversion":{"strategy":"Magic"}}}""", "spec.conversion.strategy: Unsupported value: \"Magic\": supported values: \"None\", \"Webhook\"")]
    [InlineData("""{"metadata":{"name":"crontabs.x.k8s.io"},"spec":{"group":"x.k8s.io"}}""", "metadata.annotations[api-approved.kubernetes.io]: Required value: protected groups must have approval annotation \"api-approved.kubernetes.io\", see https://github.com/kubernetes/enhancements/pull/1111")]
    public void Definitions_AreRefused(string patch, string expected) => Assert.Equal(expected, Said(patch));

    [Theory] // a merge patch of the first version
    [InlineData("""{"storage":false}""", "spec.versions: Invalid value: []apiextensions.CustomResourceDefinitionVersion{{Name:\"v1\", Served:true, Storage:false}}: must have exactly one version marked as storage version")]
    [InlineData("""{"name":"1"}""", "spec.versions[0].name: Invalid value: \"1\": a DNS-1035 label must consist of")]
    [InlineData("""{"schema":null}""", "spec.versions[0].schema.openAPIV3Schema: Required value: schemas are required")]
    [InlineData("""{"deprecationWarning":"x"}""", "spec.versions[0].deprecationWarning: Invalid value: \"x\": can only be set for deprecated versions")]
    [InlineData("""{"additionalPrinterColumns":[{"name":"A","type":"text","jsonPath":".spec.a"}]}""", "spec.versions[0].additionalPrinterColumns[0].type: Invalid value: \"text\": must be one of boolean,date,integer,number,string")]
    [InlineData("""{"additionalPrinterColumns":[{"name":"A","type":"string","format":"shoe","jsonPath":"spec.a"}]}""", "spec.versions[0].additionalPrinterColumns[0].format: Invalid value: \"shoe\": must be one of byte,date,date-time,double,float,int32,int64,password | spec.versions[0].additionalPrinterColumns[0].jsonPath: Invalid value: \"spec.a\": must be a simple json path starting with .")]
    [InlineData("""{"additionalPrinterColumns":[{"name":"A","type":"string","jsonPath":".spec["}]}""", "spec.versions[0].additionalPrinterColumns[0].jsonPath: Invalid value: \".spec[\": is not a valid json path: unterminated array")]
    [InlineData("""{"subresources":{"scale":{"specReplicasPath":".status.replicas","statusReplicasPath":""}}}""", "spec.versions[0].subresources.scale.specReplicasPath: Invalid value: \".status.replicas\": should be a json path under .spec | spec.versions[0].subresources.scale.statusReplicasPath: Required value")]
    [InlineData("""{"selectableFields":[{"jsonPath":".spec"}]}""", "spec.versions[0].selectableFields[0].jsonPath: Invalid value: \".spec\": must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed.")]
    public void Versions_AreRefused(string patch, string expected) => Assert.StartsWith(expected, Said("{}", version: patch), StringComparison.Ordinal);

    [Theory] // the schema of spec
    [InlineData("""{"properties":{"a":{"type":"string"}}}""", Spec + ".type: Required value: must not be empty for specified object fields")]
    [InlineData("""{"type":"array"}""", Spec + ".items: Required value: must be specified")]
    [InlineData("""{"type":"array","items":{}}""", Spec + ".items.type: Required value: must not be empty for specified array items")]
    [InlineData("""{"type":"text"}""", Spec + ".type: Unsupported value: \"text\": supported values: \"array\", \"boolean\", \"integer\", \"number\", \"object\", \"string\"")]
    [InlineData("""{"type":"string","uniqueItems":true}""", Spec + ".uniqueItems: Forbidden: uniqueItems cannot be set to true since the runtime complexity becomes quadratic")]
    [InlineData("""{"type":"object","$ref":"#/x"}""", Spec + ".$ref: Forbidden: $ref is not supported")]
    [InlineData("""{"type":"array","items":[{"type":"string"}]}""", Spec + ".items: Forbidden: items must be a schema object and not an array")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":{"type":"string"}}""", Spec + ".additionalProperties: Forbidden: additionalProperties and properties are mutual exclusive")]
    [InlineData("""{"type":"object","anyOf":[{"type":"string","description":"x"}]}""", Spec + ".anyOf[0].description: Forbidden: must be empty to be structural | " + Spec + ".anyOf[0].type: Forbidden: must be empty to be structural")]
    [InlineData("""{"x-kubernetes-int-or-string":true,"anyOf":[{"type":"integer"},{"type":"string"}]}""", "")]
    [InlineData("""{"x-kubernetes-int-or-string":true,"allOf":[{"anyOf":[{"type":"integer"},{"type":"string"}]},{"pattern":"^a$"}]}""", "")]
    [InlineData("""{"type":"string","pattern":"("}""", Spec + ".pattern: Invalid value: \"(\": must be a valid regular expression, but isn't: error parsing regexp: ")]
    [InlineData("""{"type":"array","x-kubernetes-list-type":"bag","items":{"type":"string"}}""", Spec + ".x-kubernetes-list-type: Unsupported value: \"bag\": supported values: \"atomic\", \"map\", \"set\"")]
    [InlineData("""{"type":"array","x-kubernetes-list-type":"map","items":{"type":"object","properties":{"n":{"type":"string"}}}}""", Spec + ".x-kubernetes-list-map-keys: Required value: must not be empty if x-kubernetes-list-type is map")]
    [InlineData("""{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["n"],"items":{"type":"object","properties":{"n":{"type":"string"}}}}""", Spec + ".items.properties[n].default: Required value: this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property")]
    [InlineData("""{"type":"object","x-kubernetes-embedded-resource":true}""", Spec + ".properties: Required value: must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"integer","default":"x"}}}""", Spec + ".properties[a].default: Invalid value: \"string\": " + Spec + ".properties[a].default in body must be of type integer: \"string\"")]
    [InlineData("""{"type":"object","default":{"b":1},"properties":{"a":{"type":"integer"}}}""", Spec + ".default: Invalid value: map[string]interface {}{\"b\":1}: must not have unknown fields: b")]
    [InlineData("""{"type":"string","x-kubernetes-validations":[{"rule":"self.shout()"}]}""", Spec + ".x-kubernetes-validations[0].rule: Invalid value: apiextensions.ValidationRule{Rule:\"self.shout()\", Message:\"\"")]
    [InlineData("""{"type":"string","x-kubernetes-validations":[{"rule":""}]}""", Spec + ".x-kubernetes-validations[0].rule: Required value: rule is not specified")]
    public void Schemas_AreRefused(string spec, string expected) => Assert.StartsWith(expected, Said("{}", spec: spec), StringComparison.Ordinal);

    [Theory] // a merge patch of an established definition
    [InlineData("""{"spec":{"scope":"Cluster"}}""", "spec.scope: Invalid value: \"Cluster\": field is immutable")]
    [InlineData("""{"spec":{"names":{"kind":"Tab"}}}""", "spec.names.kind: Invalid value: \"Tab\": field is immutable")]
    [InlineData("""{"spec":{"names":{"shortNames":["x"]}}}""", "")]
    [InlineData("""{"spec":{"versions":[{"name":"v2","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object"}}}]}}""", "status.storedVersions[0]: Invalid value: \"v1\": must appear in spec.versions")]
    public void Updates_AreRefused(string patch, string expected)
    {
        var old = CronTab.Established();
        var next = Some.Of(Kinds.CustomResourceDefinition, Patched(Encoding.UTF8.GetString(Kinds.CustomResourceDefinition.Encode(old)), patch));
        Assert.Equal(expected, Some.Said(CustomResourceDefinitionValidation.Update(CustomResourceDefinitionStrategy.PrepareForUpdate(next, old, status: false), old)));
    }

    private static string Said(string patch, string? version = null, string? spec = null)
    {
        var json = JsonNode.Parse(Patched(CronTab.Definition, patch))!;
        if (version is not null) json["spec"]!["versions"] = new JsonArray(JsonNode.Parse(Patched("""{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object"}}}""", version)));
        if (spec is not null)
        {
            const string around = """{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","properties":{"spec":SPEC}}}}""";
            json["spec"]!["versions"] = new JsonArray(JsonNode.Parse(around.Replace("SPEC", spec, StringComparison.Ordinal)));
        }
        var definition = CustomResourceDefinitionStrategy.PrepareForCreate(CronTab.Read(json.ToJsonString()));
        return Some.Said(CustomResourceDefinitionValidation.Create(definition));
    }

    private static string Patched(string json, string patch) => Encoding.UTF8.GetString(MergePatch.Apply(Encoding.UTF8.GetBytes(json), Encoding.UTF8.GetBytes(patch)));
}
