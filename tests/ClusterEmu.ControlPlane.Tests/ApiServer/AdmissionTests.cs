using System.Text.Json.Nodes;

namespace ClusterEmu.ControlPlane.Tests;

/// <summary>What the server fills in or refuses because of other objects.</summary>
public sealed class AdmissionTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const string Priorities = "/apis/scheduling.k8s.io/v1/priorityclasses";
    private const string Merge = "application/merge-patch+json";

    [Fact]
    public async Task APodsPriority_ComesFromItsClass()
    {
        var path = $"/api/v1/namespaces/{await server.NewNamespace()}/pods";
        Assert.Equal(201, (await server.Send("POST", Priorities, """{"metadata":{"name":"quiet"},"value":7,"preemptionPolicy":"Never"}""")).Code);
        Assert.Equal((201, "7 Never quiet"), await Pod("a", "\"priorityClassName\":\"quiet\","));
        Assert.Equal((201, "2000001000 PreemptLowerPriority system-node-critical"), await Pod("b", "\"priorityClassName\":\"system-node-critical\","));
        Assert.Equal((201, "0 PreemptLowerPriority "), await Pod("c", ""));
        Assert.Equal((403, "pods \"d\" is forbidden: no PriorityClass with name loud was found"), await Pod("d", "\"priorityClassName\":\"loud\","));
        Assert.Equal(
            (403, "pods \"d\" is forbidden: the integer value of priority (8) must not be provided in pod spec; priority admission controller computed 7 from the given PriorityClass name"),
            await Pod("d", "\"priorityClassName\":\"quiet\",\"priority\":8,"));
        Assert.Equal(
            (403, "pods \"d\" is forbidden: the string value of PreemptionPolicy (PreemptLowerPriority) must not be provided in pod spec; priority admission controller computed Never from the given PriorityClass name"),
            await Pod("d", "\"priorityClassName\":\"quiet\",\"preemptionPolicy\":\"PreemptLowerPriority\","));

        // A default class is for Pods that name none; there is one at most.
        Assert.Equal(201, (await server.Send("POST", Priorities, """{"metadata":{"name":"usual"},"value":3,"globalDefault":true}""")).Code);
        Assert.Equal((201, "3 PreemptLowerPriority usual"), await Pod("e", ""));
        var second = await server.Send("POST", Priorities, """{"metadata":{"name":"other"},"value":3,"globalDefault":true}""");
        Assert.Equal((403, "priorityclasses.scheduling.k8s.io \"other\" is forbidden: PriorityClass usual is already marked as default. Only one default can exist"), (second.Code, (string?)second.Body["message"]));
        Assert.Equal(200, (await server.Send("PATCH", $"{Priorities}/usual", """{"description":"x"}""", Merge)).Code);
        Assert.Equal(403, (await server.Send("PATCH", $"{Priorities}/quiet", """{"globalDefault":true}""", Merge)).Code);
        Assert.Equal(200, (await server.Send("DELETE", $"{Priorities}/usual")).Code);
        var kept = await server.Send("DELETE", $"{Priorities}/system-cluster-critical");
        Assert.Equal((403, "priorityclasses.scheduling.k8s.io \"system-cluster-critical\" is forbidden: this is a system priority class and cannot be deleted"), (kept.Code, (string?)kept.Body["message"]));

        async Task<(int Code, string Text)> Pod(string name, string part)
        {
            var (code, body) = await server.Send("POST", path, $$$"""{"metadata":{"name":"{{{name}}}"},"spec":{{{{part}}}"containers":[{"name":"c","image":"nginx"}]}}""");
            return (code, code == 201 ? $"{body["spec"]!["priority"]} {body["spec"]!["preemptionPolicy"]} {body["spec"]!["priorityClassName"]}" : (string)body["message"]!);
        }
    }

    [Fact]
    public async Task AnIngressWithoutClass_GetsTheDefaultOne()
    {
        const string classes = "/apis/networking.k8s.io/v1/ingressclasses";
        var path = $"/apis/networking.k8s.io/v1/namespaces/{await server.NewNamespace()}/ingresses";
        Assert.Null(await Class("a", "{}"));
        await server.Send("POST", classes, """{"metadata":{"name":"plain"},"spec":{"controller":"example.com/plain"}}""");
        Assert.Null(await Class("b", "{}"));
        foreach (var name in (string[])["one", "two"])
            await server.Send("POST", classes, $$$"""{"metadata":{"name":"{{{name}}}","annotations":{"ingressclass.kubernetes.io/is-default-class":"true"}},"spec":{"controller":"example.com/x"}}""");
        Assert.Contains(await Class("c", "{}"), (string[])["one", "two"]); // The newest; of those of one second, the first.
        Assert.Null(await Class("d", """{"kubernetes.io/ingress.class":"old"}"""));
        Assert.Equal("plain", await Class("e", "{}", "\"ingressClassName\":\"plain\","));

        async Task<string?> Class(string name, string annotations, string part = "")
        {
            var (code, body) = await server.Send("POST", path, $$$$$$"""
                {"metadata":{"name":"{{{{{{name}}}}}}","annotations":{{{{{{annotations}}}}}}},"spec":{{{{{{{part}}}}}}"defaultBackend":{"service":{"name":"web","port":{"number":80}}}}}
                """);
            Assert.True(code == 201, body.ToJsonString());
            return (string?)body["spec"]!["ingressClassName"];
        }
    }

    [Fact]
    public async Task ACertificateRequest_NamesWhoAsks_AndIsApprovedByItsSubresource()
    {
        const string path = "/apis/certificates.k8s.io/v1/certificatesigningrequests";
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        var pem = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=jane", key, System.Security.Cryptography.HashAlgorithmName.SHA256).CreateSigningRequestPem();
        var (code, made) = await server.Send("POST", path, $$$"""
            {"metadata":{"name":"jane"},"spec":{"request":"{{{Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(pem))}}}","signerName":"example.com/s","usages":["client auth"],"username":"root"}}
            """);
        Assert.True(code == 201, made.ToJsonString());
        Assert.Equal("kubernetes-admin system:masters,system:authenticated", $"{made["spec"]!["username"]} {string.Join(',', made["spec"]!["groups"]!.AsArray().Select(group => (string)group!))}");
        Assert.Equal("jane", (string?)(await server.Send("GET", $"{path}?fieldSelector=spec.signerName%3Dexample.com/s")).Body["items"]![0]!["metadata"]!["name"]);

        var approved = JsonNode.Parse(made.ToJsonString())!;
        approved["status"] = JsonNode.Parse("""{"conditions":[{"type":"Approved","status":"True","reason":"Because"}]}""");
        Assert.Empty((await server.Send("PUT", $"{path}/jane", approved.ToJsonString())).Body["status"]!.AsObject());
        (code, var after) = await server.Send("PUT", $"{path}/jane/approval", approved.ToJsonString());
        Assert.Equal((200, "Approved"), (code, (string?)after["status"]!["conditions"]![0]!["type"]));
        Assert.NotNull(after["status"]!["conditions"]![0]!["lastTransitionTime"]);
        (code, var refused) = await server.Send("PATCH", $"{path}/jane/approval", """{"status":{"conditions":[]}}""", Merge);
        Assert.Equal(
            (422, "CertificateSigningRequest.certificates.k8s.io \"jane\" is invalid: status.conditions: Forbidden: updates may not remove a condition of type \"Approved\""), (code, (string?)refused["message"]));
        Assert.Equal(200, (await server.Send("GET", $"{path}/jane/approval")).Code);
        Assert.Equal(404, (await server.Send("GET", "/apis/scheduling.k8s.io/v1/priorityclasses/system-node-critical/approval")).Code);
    }
}
