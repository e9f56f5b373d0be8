namespace ClusterEmu.Api.Tests;

public class NetworkingValidationTests
{
    private const string Backend = """{"service":{"name":"web","port":{"number":80}}}""";

    [Theory]
    [InlineData("\"defaultBackend\":" + Backend, "")]
    [InlineData("\"rules\":[{\"host\":\"*.example.com\",\"http\":{\"paths\":[{\"path\":\"/a\",\"pathType\":\"Prefix\",\"backend\":" + Backend + "}]}}]", "")]
    [InlineData("", "spec: Invalid value: []networking.IngressRule(nil): either `defaultBackend` or `rules` must be specified")]
    [InlineData("\"defaultBackend\":{}", "spec.defaultBackend: Invalid value: \"\": resource or service backend is required")]
    [InlineData("\"defaultBackend\":{\"service\":{\"name\":\"9a\",\"port\":{}}}", "spec.defaultBackend.service.name: Invalid value: \"9a\": a DNS-1035 label must")]
    [InlineData("\"defaultBackend\":{\"service\":{\"name\":\"a\",\"port\":{}}}", "spec.defaultBackend: Required value: port name or number is required")]
    [InlineData("\"defaultBackend\":{\"service\":{\"name\":\"a\",\"port\":{\"name\":\"http\",\"number\":80}}}", "spec.defaultBackend: Invalid value: \"\": cannot set both port name & port number")]
    [InlineData("\"defaultBackend\":{\"service\":{\"name\":\"a\",\"port\":{\"number\":1}},\"resource\":{\"kind\":\"B\",\"name\":\"b\"}}", "spec.defaultBackend: Invalid value: \"\": cannot set both resource and service backends")]
    [InlineData("\"defaultBackend\":{\"resource\":{\"kind\":\"\",\"name\":\"a/b\"}}", "spec.defaultBackend.resource.kind: Required value | spec.defaultBackend.resource.name: Invalid value: \"a/b\": may not contain '/'")]
    [InlineData("\"rules\":[{\"host\":\"10.0.0.1\"}]", "spec.rules[0].host: Invalid value: \"10.0.0.1\": must be a DNS name, not an IP address")]
    [InlineData("\"rules\":[{\"host\":\"a.*.b\"}]", "spec.rules[0].host: Invalid value: \"a.*.b\": a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain")]
    [InlineData("\"rules\":[{\"http\":{\"paths\":[]}}]", "spec.rules[0].http.paths: Required value")]
    [InlineData("\"rules\":[{\"http\":{\"paths\":[{\"backend\":" + Backend + "}]}}]", "spec.rules[0].http.paths[0].pathType: Required value: pathType must be specified")]
    [InlineData("\"rules\":[{\"http\":{\"paths\":[{\"path\":\"a//b/..\",\"pathType\":\"Exact\",\"backend\":" + Backend + "}]}}]",
        "spec.rules[0].http.paths[0].path: Invalid value: \"a//b/..\": must be an absolute path | spec.rules[0].http.paths[0].path: Invalid value: \"a//b/..\": must not contain '//' | " +
        "spec.rules[0].http.paths[0].path: Invalid value: \"a//b/..\": cannot end with '/..'")]
    [InlineData("\"rules\":[{\"http\":{\"paths\":[{\"pathType\":\"Fuzzy\",\"backend\":" + Backend + "}]}}]",
        "spec.rules[0].http.paths[0].pathType: Unsupported value: \"Fuzzy\": supported values: \"Exact\", \"ImplementationSpecific\", \"Prefix\"")]
    [InlineData("\"defaultBackend\":" + Backend + ",\"tls\":[{\"hosts\":[\"A\"],\"secretName\":\"B\"}]", "spec.tls[0].hosts[0]: Invalid value: \"A\": a lowercase RFC 1123 subdomain must")]
    [InlineData("\"defaultBackend\":" + Backend + ",\"ingressClassName\":\"N\"", "spec.ingressClassName: Invalid value: \"N\": a lowercase RFC 1123 subdomain must")]
    public void Ingresses_AreChecked(string spec, string said) => Begins(said, Kinds.Ingress, $$$$"""{"metadata":{"name":"i","namespace":"shop"},"spec":{{{{{spec}}}}}}""");

    [Fact]
    public void TheOldAnnotation_MustAgreeWithTheClass() => Begins(
        "annotations.kubernetes.io/ingress.class: Invalid value: \"a\": must match `ingressClassName` when both are specified", Kinds.Ingress,
        $$$$"""{"metadata":{"name":"i","namespace":"shop","annotations":{"kubernetes.io/ingress.class":"a"}},"spec":{"ingressClassName":"b","defaultBackend":{{{{Backend}}}}}}""");

    [Fact]
    public void AnIngressStatus_IsCheckedAlone_AndGenerationsCountSpecifications()
    {
        var old = Some.Stored(SpecStrategy.PrepareForCreate(Some.Of(Kinds.Ingress, $$$$"""{"metadata":{"name":"i","namespace":"shop"},"spec":{"defaultBackend":{{{{Backend}}}}}}""")));
        var wanted = old with
        {
            Spec = old.Spec with { IngressClassName = "nginx" },
            Status = new IngressStatus { LoadBalancer = new IngressLoadBalancerStatus { Ingress = [new IngressLoadBalancerIngress { IP = "1.2.3", Hostname = "1.2.3.4" }] } },
        };
        Assert.Equal(2, SpecStrategy.PrepareForUpdate(wanted, old, status: false).Metadata.Generation);
        Assert.Equal(
            "status.loadBalancer.ingress[0].ip: Invalid value: \"1.2.3\": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff) | " +
            "status.loadBalancer.ingress[0].hostname: Invalid value: \"1.2.3.4\": must be a DNS name, not an IP address",
            Some.Said(IngressValidation.Update(SpecStrategy.PrepareForUpdate(wanted, old, status: true), old)));
    }

    [Theory]
    [InlineData("\"controller\":\"example.com/nginx\"", "")]
    [InlineData("", "spec.controller: Required value")]
    [InlineData("\"controller\":\"nginx\"", "spec.controller: Invalid value: \"nginx\": must be a domain-prefixed path (such as \"acme.io/foo\")")]
    [InlineData("\"controller\":\"a.b/c\",\"parameters\":{\"kind\":\"P\",\"name\":\"n\",\"scope\":\"Namespace\"}", "spec.parameters.namespace: Required value: `parameters.scope` is set to 'Namespace'")]
    [InlineData("\"controller\":\"a.b/c\",\"parameters\":{\"kind\":\"P\",\"name\":\"n\",\"namespace\":\"x\"}", "spec.parameters.namespace: Forbidden: `parameters.scope` is set to 'Cluster'")]
    [InlineData("\"controller\":\"a.b/c\",\"parameters\":{\"kind\":\"P\",\"name\":\"n\",\"scope\":\"Galaxy\"}", "spec.parameters.scope: Unsupported value: \"Galaxy\": supported values: \"Cluster\", \"Namespace\"")]
    public void IngressClasses_AreChecked(string spec, string said) => Begins(said, Kinds.IngressClass, $$$$"""{"metadata":{"name":"c"},"spec":{{{{{spec}}}}}}""");

    [Theory]
    [InlineData("\"ingress\":[{\"from\":[{\"ipBlock\":{\"cidr\":\"10.0.0.0/8\",\"except\":[\"10.1.0.0/16\"]}}],\"ports\":[{\"port\":80,\"endPort\":90},{\"port\":\"http\"}]}]", "")]
    [InlineData("\"policyTypes\":[\"Sideways\"]", "spec.policyTypes[0]: Unsupported value: \"Sideways\": supported values: \"Ingress\", \"Egress\"")]
    [InlineData("\"policyTypes\":[\"Ingress\",\"Egress\",\"Ingress\"]", "spec.policyTypes: Invalid value: &[]networking.PolicyType{\"Ingress\", \"Egress\", \"Ingress\"}: may not specify more than two policyTypes")]
    [InlineData("\"egress\":[{\"to\":[{}]}]", "spec.egress[0].to[0]: Required value: must specify a peer")]
    [InlineData("\"egress\":[{\"to\":[{\"podSelector\":{},\"ipBlock\":{\"cidr\":\"::/0\"}}]}]", "spec.egress[0].to[0]: Forbidden: may not specify both ipBlock and another peer")]
    [InlineData("\"ingress\":[{\"from\":[{\"ipBlock\":{\"cidr\":\"\"}}]}]", "spec.ingress[0].from[0].ipBlock.cidr: Required value")]
    [InlineData("\"ingress\":[{\"from\":[{\"ipBlock\":{\"cidr\":\"10.0.0.0/8\",\"except\":[\"10.0.0.0/8\",\"11.0.0.0/16\"]}}]}]",
        "spec.ingress[0].from[0].ipBlock.except[0]: Invalid value: \"10.0.0.0/8\": must be a strict subset of `cidr` | " +
        "spec.ingress[0].from[0].ipBlock.except[1]: Invalid value: \"11.0.0.0/16\": must be a strict subset of `cidr`")]
    [InlineData("\"ingress\":[{\"ports\":[{\"protocol\":\"ICMP\",\"port\":80,\"endPort\":70}]}]",
        "spec.ingress[0].ports[0].protocol: Unsupported value: \"ICMP\": supported values: \"TCP\", \"UDP\", \"SCTP\" | spec.ingress[0].ports[0].endPort: Invalid value: 70: must be greater than or equal to `port`")]
    [InlineData("\"ingress\":[{\"ports\":[{\"port\":\"http\",\"endPort\":70},{\"endPort\":7}]}]",
        "spec.ingress[0].ports[0].endPort: Invalid value: 70: may not be specified when `port` is non-numeric | spec.ingress[0].ports[1].endPort: Invalid value: 7: may not be specified when `port` is not specified")]
    public void NetworkPolicies_AreChecked(string spec, string said) => Begins(said, Kinds.NetworkPolicy, $$$$"""{"metadata":{"name":"n","namespace":"shop"},"spec":{{{{{spec}}}}}}""");

    private static void Begins<T>(string said, KindInfo<T> kind, string json) where T : class, IKubeObject
    {
        var found = Some.Said(kind.ValidateCreate(kind.WithDefaults(Some.Of(kind, json))));
        if (said.Length == 0) Assert.Equal("", found);
        else Assert.StartsWith(said, found, StringComparison.Ordinal);
    }
}
