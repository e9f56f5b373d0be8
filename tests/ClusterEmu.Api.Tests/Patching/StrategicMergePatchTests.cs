using System.Text;
using System.Text.Json.Nodes;

namespace ClusterEmu.Api.Tests;

public class StrategicMergePatchTests
{
    [Theory]
    // Services: ports merge by port.
    [InlineData("Service", """{"spec":{"ports":[{"port":80,"name":"a"},{"port":53,"name":"c"}]}}""", """{"spec":{"ports":[{"port":80,"targetPort":8080}]}}""", """{"spec":{"ports":[{"port":80,"name":"a","targetPort":8080},{"port":53,"name":"c"}]}}""")]
    [InlineData("Service", """{"spec":{"ports":[{"port":80},{"port":81}]}}""", """{"spec":{"ports":[{"$patch":"delete","port":81}]}}""", """{"spec":{"ports":[{"port":80}]}}""")]
    [InlineData("Service", """{"spec":{"ports":[{"port":80},{"port":81}]}}""", """{"spec":{"ports":[{"port":82},{"$patch":"replace"}]}}""", """{"spec":{"ports":[{"port":82}]}}""")]
    [InlineData("Service", """{"spec":{"ports":[{"port":80}]}}""", """{"spec":{"ports":[{"port":82}]}}""", """{"spec":{"ports":[{"port":82},{"port":80}]}}""")]
    [InlineData("Service", """{"spec":{"selector":{"app":"web","tier":"x"}}}""", """{"spec":{"selector":{"tier":null,"env":"prod"}}}""", """{"spec":{"selector":{"app":"web","env":"prod"}}}""")]
    [InlineData("Service", """{"spec":{"selector":{"app":"web"}}}""", """{"spec":{"selector":{"$patch":"replace","a":"b"}}}""", """{"spec":{"selector":{"a":"b"}}}""")]
    [InlineData("Service", """{"spec":{"selector":{"app":"web"},"type":"NodePort"}}""", """{"spec":{"selector":{"$patch":"delete"}}}""", """{"spec":{"selector":{},"type":"NodePort"}}""")]
    [InlineData("Service", """{"spec":{"externalIPs":["1.1.1.1"]}}""", """{"spec":{"externalIPs":["2.2.2.2"]}}""", """{"spec":{"externalIPs":["2.2.2.2"]}}""")]
    [InlineData("Service", """{"spec":{"type":"NodePort"}}""", """{"spec":{"sessionAffinityConfig":{"clientIP":{"timeoutSeconds":5,"x":null}}}}""", """{"spec":{"type":"NodePort","sessionAffinityConfig":{"clientIP":{"timeoutSeconds":5}}}}""")]
    [InlineData("Service", """{"metadata":{"finalizers":["a","b"]}}""", """{"metadata":{"finalizers":["b","c"]}}""", """{"metadata":{"finalizers":["a","b","c"]}}""")]
    [InlineData("Service", """{"metadata":{"finalizers":["a","b"]}}""", """{"metadata":{"$deleteFromPrimitiveList/finalizers":["a"]}}""", """{"metadata":{"finalizers":["b"]}}""")]
    [InlineData("Service", """{"metadata":{"finalizers":["a","b"]}}""", """{"metadata":{"$deleteFromPrimitiveList/finalizers":["a"],"$setElementOrder/finalizers":["c","b"],"finalizers":["c"]}}""", """{"metadata":{"finalizers":["c","b"]}}""")]
    [InlineData("Service", """{"metadata":{"ownerReferences":[{"uid":"1","name":"a"}]}}""", """{"metadata":{"ownerReferences":[{"uid":"1","controller":true}]}}""", """{"metadata":{"ownerReferences":[{"uid":"1","name":"a","controller":true}]}}""")]
    [InlineData("Service", """{"spec":{"ports":[{"port":80,"protocol":"TCP"},{"port":81,"name":"x"}]}}""", """{"spec":{"$setElementOrder/ports":[{"port":80}],"ports":[{"port":80,"targetPort":8080},{"$patch":"delete","port":81}]}}""", """{"spec":{"ports":[{"port":80,"protocol":"TCP","targetPort":8080}]}}""")] // As kubectl apply sends it.
    // Pods: containers by name, env by name, ports by containerPort, tolerations as a whole.
    [InlineData("Pod", """{"spec":{"containers":[{"name":"a","image":"x","env":[{"name":"A","value":"1"}]}]}}""", """{"spec":{"containers":[{"name":"a","env":[{"name":"B","value":"2"}]}]}}""", """{"spec":{"containers":[{"name":"a","image":"x","env":[{"name":"B","value":"2"},{"name":"A","value":"1"}]}]}}""")]
    [InlineData("Pod", """{"spec":{"containers":[{"name":"a"},{"name":"b"},{"name":"c"}]}}""", """{"spec":{"$setElementOrder/containers":[{"name":"c"},{"name":"a"}],"containers":[{"name":"a","image":"y"}]}}""", """{"spec":{"containers":[{"name":"b"},{"name":"c"},{"name":"a","image":"y"}]}}""")]
    [InlineData("Pod", """{"spec":{"containers":[{"name":"a"},{"name":"b"}]}}""", """{"spec":{"$setElementOrder/containers":[{"name":"b"},{"name":"a"}]}}""", """{"spec":{"containers":[{"name":"b"},{"name":"a"}]}}""")]
    [InlineData("Pod", """{"spec":{"tolerations":[{"key":"a"}]}}""", """{"spec":{"tolerations":[{"key":"b"}]}}""", """{"spec":{"tolerations":[{"key":"b"}]}}""")]
    [InlineData("Pod", """{"spec":{"volumes":[{"name":"v","emptyDir":{}}]}}""", """{"spec":{"volumes":[{"name":"v","$retainKeys":["name","hostPath"],"hostPath":{"path":"/x"}}]}}""", """{"spec":{"volumes":[{"name":"v","hostPath":{"path":"/x"}}]}}""")]
    [InlineData("Deployment", """{"spec":{"strategy":{"type":"RollingUpdate","rollingUpdate":{"maxSurge":1}}}}""", """{"spec":{"strategy":{"$retainKeys":["type"],"type":"Recreate"}}}""", """{"spec":{"strategy":{"type":"Recreate"}}}""")]
    [InlineData("Deployment", """{"spec":{"replicas":1}}""", """{"spec":{"strategy":{"$retainKeys":["type"],"type":"Recreate"}}}""", """{"spec":{"replicas":1,"strategy":{"type":"Recreate"}}}""")]
    [InlineData("Deployment", """{"status":{"conditions":[{"type":"Available","status":"True"},{"type":"Progressing","status":"True"}]}}""", """{"status":{"conditions":[{"type":"Progressing","status":"False"}]}}""", """{"status":{"conditions":[{"type":"Available","status":"True"},{"type":"Progressing","status":"False"}]}}""")]
    [InlineData("Node", """{"status":{"addresses":[{"type":"InternalIP","address":"1"}]}}""", """{"status":{"$setElementOrder/addresses":[{"type":"InternalIP"},{"type":"Hostname"}],"addresses":[{"type":"Hostname","address":"n"}]}}""", """{"status":{"addresses":[{"type":"InternalIP","address":"1"},{"type":"Hostname","address":"n"}]}}""")]
    [InlineData("ConfigMap", """{"data":{"k":"v"}}""", """{"data":{"z":"1"}}""", """{"data":{"k":"v","z":"1"}}""")]
    [InlineData("ConfigMap", "{}", """{"data":{"z":"1","n":null}}""", """{"data":{"z":"1"}}""")]
    public void PatchesMergeAsTheRecordSays(string kind, string target, string patch, string wanted)
    {
        var info = KindCatalog.Stored.Single(known => known.Kind == kind);
        JsonDifference.AssertSame(wanted, Encoding.UTF8.GetString(StrategicMergePatch.Apply(info, Encoding.UTF8.GetBytes(target), Encoding.UTF8.GetBytes(patch))));
    }

    [Theory]
    [InlineData("""{"spec":{"ports":[{"name":"x"}]}}""", 400, "map: map[name:x] does not contain declared merge key: port")]
    [InlineData("""{"spec":{"ports":[{"$patch":"delete"}]}}""", 400, "map: map[$patch:delete] does not contain declared merge key: port")]
    [InlineData("""{"spec":{"$patch":"bogus"}}""", 400, "unknown patch type: bogus in map: map[$patch:bogus]")]
    [InlineData("""{"spec":{"ports":[{"port":1,"$patch":"bogus"}]}}""", 400, "unknown patch type: bogus in map: map[$patch:bogus port:1]")]
    [InlineData("""{"spec":{"$retainKeys":"x"}}""", 400, "invalid patch format of retainKeys")]
    [InlineData("""{"spec":{"$retainKeys":["a"],"b":1}}""", 400, "invalid patch format of retainKeys")]
    [InlineData("""{"metadata":{"$deleteFromPrimitiveList/finalizers":"a"}}""", 400, "invalid patch format of primitive list")]
    [InlineData("""{"spec":{"$setElementOrder/ports":1}}""", 400, "invalid patch format of setElementOrder list")]
    [InlineData("""{"spec":{"$setElementOrder/ports":[{"port":1}],"ports":[{"port":2}]}}""", 400, "The order in patch list:\n[map[port:2]]\n doesn't match $setElementOrder/ports list:\n[map[port:1]]\n")]
    [InlineData("[]", 400, "error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}")]
    public void WrongPatchesAreRefused(string patch, int code, string message)
    {
        var refused = Assert.Throws<PatchException>(() => StrategicMergePatch.Apply(
            Kinds.Service, """{"metadata":{"finalizers":["a"]},"spec":{"ports":[{"port":80}]}}"""u8, Encoding.UTF8.GetBytes(patch)));
        Assert.Equal((code, message), (refused.Code, refused.Message));
    }

    /// <summary>The real server's exchanges, from the state that each one left behind.</summary>
    [ReferenceFact]
    public void ListsOfARealServersAnswersComeOutAlike()
    {
        var exchanges = ReferenceFiles.Read("patches.json").AsArray();
        var before = (JsonObject)exchanges[1]!["response"]!["body"]!.DeepClone();
        var wanted = exchanges[0]!["response"]!["body"]!["spec"]!["ports"]!;
        var grown = StrategicMergePatch.Apply(
            Kinds.Service,
            Encoding.UTF8.GetBytes(before.ToJsonString()),
            """{"spec":{"$setElementOrder/ports":[{"port":80},{"port":81},{"port":53}],"ports":[{"port":81,"protocol":"TCP","targetPort":10,"name":"b"}]}}"""u8);
        JsonDifference.AssertSame(wanted.ToJsonString(), JsonNode.Parse(grown)!["spec"]!["ports"]!.ToJsonString());
        var shrunk = StrategicMergePatch.Apply(Kinds.Service, grown, Encoding.UTF8.GetBytes(exchanges[1]!["request"]!["body"]!.ToJsonString()));
        JsonDifference.AssertSame(before["spec"]!["ports"]!.ToJsonString(), JsonNode.Parse(shrunk)!["spec"]!["ports"]!.ToJsonString());
    }
}
