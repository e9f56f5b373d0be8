using System.Text;
using System.Text.Json;

namespace ClusterEmu.Api.Tests;

/// <summary>Merging, taking out, and what a value's fields are.</summary>
public sealed class TypedMergeTests
{
    [Theory] // kind, live, applied, merged
    [InlineData("ConfigMap", """{"data":{"a":"1"}}""", """{"data":{"b":"2"}}""", """{"data":{"a":"1","b":"2"}}""")]
    [InlineData("Service", """{"spec":{"selector":{"a":"1"}}}""", """{"spec":{"selector":{"b":"2"}}}""", """{"spec":{"selector":{"b":"2"}}}""")]
    [InlineData("Service", """{"spec":{"ports":[{"port":80,"protocol":"TCP","nodePort":30000}]}}""", """{"spec":{"ports":[{"port":80,"targetPort":8080}]}}""", """{"spec":{"ports":[{"port":80,"protocol":"TCP","nodePort":30000,"targetPort":8080}]}}""")]
    [InlineData("Service", """{"spec":{"ports":[{"port":80,"protocol":"TCP"}]}}""", """{"spec":{"ports":[{"port":80,"protocol":"UDP"}]}}""", """{"spec":{"ports":[{"port":80,"protocol":"TCP"},{"port":80,"protocol":"UDP"}]}}""")]
    [InlineData("Pod", """{"spec":{"containers":[{"name":"a"},{"name":"x"},{"name":"b"}]}}""", """{"spec":{"containers":[{"name":"b"},{"name":"a"}]}}""", """{"spec":{"containers":[{"name":"x"},{"name":"b"},{"name":"a"}]}}""")]
    [InlineData("Pod", """{"spec":{"containers":[{"name":"a"},{"name":"x"}]}}""", """{"spec":{"containers":[{"name":"new"},{"name":"a"}]}}""", """{"spec":{"containers":[{"name":"new"},{"name":"a"},{"name":"x"}]}}""")]
    [InlineData("Pod", """{"metadata":{"finalizers":["a","b"]}}""", """{"metadata":{"finalizers":["c","a"]}}""", """{"metadata":{"finalizers":["c","a","b"]}}""")]
    [InlineData("Pod", """{"spec":{"containers":[{"name":"a","args":["1"]}]}}""", """{"spec":{"containers":[{"name":"a","args":["2","3"]}]}}""", """{"spec":{"containers":[{"name":"a","args":["2","3"]}]}}""")]
    [InlineData("Pod", """{"spec":{"containers":null}}""", """{"spec":{"containers":[{"name":"a"}]}}""", """{"spec":{"containers":[{"name":"a"}]}}""")]
    public void Merge(string name, string live, string applied, string merged)
    {
        var kind = KindCatalog.ByKind("v1", name)!;
        Assert.Equal(merged, Encoding.UTF8.GetString(TypedMerge.Merge(ApplyTexts.Json(live), ApplyTexts.Json(applied), kind.FieldType)));
    }

    [Theory] // kind, value, fields, without them, only them
    [InlineData("ConfigMap", """{"data":{"a":"1","b":"2"}}""", """{"f:data":{"f:a":{}}}""", """{"data":{"b":"2"}}""", """{"data":{"a":"1"}}""")]
    [InlineData("ConfigMap", """{"data":{"a":"1"}}""", """{"f:data":{"f:a":{}}}""", """{"data":null}""", """{"data":{"a":"1"}}""")]
    [InlineData("Service", """{"spec":{"ports":[{"port":80},{"port":81,"name":"x"}],"type":"ClusterIP"}}""", """{"f:spec":{"f:ports":{"k:{\"port\":81,\"protocol\":\"TCP\"}":{".":{},"f:name":{}}}}}""", """{"spec":{"ports":[{"port":80}],"type":"ClusterIP"}}""", """{"spec":{"ports":[{"name":"x"}]}}""")]
    [InlineData("Service", """{"spec":{"selector":{"a":"1"},"type":"x"}}""", """{"f:spec":{"f:selector":{}}}""", """{"spec":{"type":"x"}}""", """{"spec":{"selector":{"a":"1"}}}""")]
    public void RemoveAndExtract(string name, string value, string fields, string without, string only)
    {
        var type = KindCatalog.ByKind("v1", name)!.FieldType;
        Assert.Equal(without, Encoding.UTF8.GetString(TypedRemoval.Remove(ApplyTexts.Json(value), ApplyTexts.Set(fields), type)));
        Assert.Equal(only, Encoding.UTF8.GetString(TypedRemoval.Extract(ApplyTexts.Json(value), ApplyTexts.Set(fields), type)));
    }

    [Theory] // kind, value, fields
    [InlineData("ConfigMap", """{"data":{"a":"1"}}""", """{"f:data":{"f:a":{}}}""")]
    [InlineData("ConfigMap", """{"data":{}}""", """{"f:data":{}}""")]
    [InlineData("ConfigMap", """{"data":null,"immutable":true}""", """{"f:data":{},"f:immutable":{}}""")]
    [InlineData("Service", """{"spec":{"ports":[{"port":80,"targetPort":"web"}],"selector":{"a":"1"}}}""", """{"f:spec":{"f:ports":{"k:{\"port\":80,\"protocol\":\"TCP\"}":{".":{},"f:port":{},"f:targetPort":{}}},"f:selector":{}}}""")]
    [InlineData("Pod", """{"metadata":{"labels":{"a":"1"},"finalizers":["x/y"]},"spec":{"volumes":[{"name":"v","emptyDir":{}}]}}""", """{"f:metadata":{"f:finalizers":{"v:\"x/y\"":{}},"f:labels":{"f:a":{}}},"f:spec":{"f:volumes":{"k:{\"name\":\"v\"}":{".":{},"f:emptyDir":{},"f:name":{}}}}}""")]
    public void FieldsOf(string name, string value, string fields) =>
        Assert.Equal(fields, ApplyTexts.Text(TypedFields.Of(ApplyTexts.Json(value), KindCatalog.ByKind("v1", name)!.FieldType)));

    [Theory] // kind, value, problem; source of the wording: structured-merge-diff, typed
    [InlineData("Service", """{"spec":{"ports":[{"port":80}],"selector":null}}""", null)]
    [InlineData("Service", """{"spec":{"bogus":1}}""", ".spec.bogus: field not declared in schema")]
    [InlineData("Service", """{"spec":{"ports":[{"port":80},{"port":80,"protocol":"TCP"}]}}""", ".spec.ports: duplicate entries for key [port=80,protocol=\"TCP\"]")]
    [InlineData("Service", """{"spec":{"ports":[{"name":"x"}]}}""", ".spec.ports: element 0: associative list with keys has an element that omits key field \"port\" (and doesn't have default value)")]
    [InlineData("Service", """{"spec":{"ports":{"a":[1,true]}}}""", ".spec.ports: expected list, got &{map[a:[1 true]]}")]
    [InlineData("Service", """{"spec":[1]}""", ".spec: expected map, got &{[1]}")]
    [InlineData("Service", """{"spec":{"ports":[{"port":"80"}]}}""", ".spec.ports[port=\"80\",protocol=\"TCP\"].port: expected numeric (int or float), got string")]
    [InlineData("ConfigMap", """{"data":{"a":1}}""", ".data.a: expected string, got &value.valueUnstructured{Value:1}")]
    [InlineData("ConfigMap", """{"immutable":"yes"}""", ".immutable: expected boolean, got &{yes}")]
    [InlineData("ConfigMap", """{"data":{"a":1},"x":2}""", "errors:\n  .data.a: expected string, got &value.valueUnstructured{Value:1}\n  .x: field not declared in schema")]
    [InlineData("Pod", """{"metadata":{"finalizers":[null]}}""", ".metadata.finalizers: element 0: associative list without keys has an element that's an explicit null")]
    public void Problem(string name, string value, string? problem) =>
        Assert.Equal(problem, TypedValidation.Problem(ApplyTexts.Json(value), KindCatalog.ByKind("v1", name)!.FieldType));

    [Fact]
    public void EveryKind_HasAType_ThatKnowsItsOwnBlankObject()
    {
        foreach (var kind in KindCatalog.All) Assert.Null(TypedValidation.Problem(JsonElement.Parse(kind.Blank.Span), kind.FieldType));
    }
}
