namespace ClusterEmu.Api.Tests;

public class ServiceValidationTests
{
    [Theory]
    [InlineData("the guide's ClusterIP", """{"selector":{"app":"web"},"ports":[{"port":80,"targetPort":8080}]}""")]
    [InlineData("several ports", """{"ports":[{"name":"http","port":80,"targetPort":"http"},{"name":"https","port":443}]}""")]
    [InlineData("one number, two protocols", """{"ports":[{"name":"tcp","port":53},{"name":"udp","port":53,"protocol":"UDP"}]}""")]
    [InlineData("a node port for both protocols", """{"type":"NodePort","ports":[{"name":"a","port":1,"nodePort":30001},{"name":"b","port":1,"protocol":"UDP","nodePort":30001}]}""")]
    [InlineData("NodePort, local traffic", """{"type":"NodePort","externalTrafficPolicy":"Local","ports":[{"port":80,"nodePort":30080}]}""")]
    [InlineData("LoadBalancer with ranges and class", """{"type":"LoadBalancer","loadBalancerClass":"example.com/lb","loadBalancerSourceRanges":[" 10.0.0.0/8"],"ports":[{"port":80}]}""")]
    [InlineData("LoadBalancer with a health check port", """{"type":"LoadBalancer","externalTrafficPolicy":"Local","ports":[{"port":80}]}""")]
    [InlineData("ExternalName", """{"type":"ExternalName","externalName":"db.example.com"}""")]
    [InlineData("ExternalName, fully qualified", """{"type":"ExternalName","externalName":"db.example.com."}""")]
    [InlineData("headless without ports", """{"clusterIP":"None","selector":{"app":"web"}}""")]
    [InlineData("a chosen address", """{"clusterIP":"10.96.0.99","ports":[{"port":80}]}""")]
    [InlineData("affinity", """{"sessionAffinity":"ClientIP","sessionAffinityConfig":{"clientIP":{"timeoutSeconds":86400}},"ports":[{"port":80}]}""")]
    [InlineData("external IPs", """{"externalIPs":["203.0.113.10"],"ports":[{"port":80}]}""")]
    [InlineData("traffic stays close", """{"trafficDistribution":"PreferClose","internalTrafficPolicy":"Local","ports":[{"port":80}]}""")]
    [InlineData("topology keys of old", """{"topologyKeys":["kubernetes.io/hostname","*"],"ports":[{"port":80}]}""")]
    [InlineData("application protocol", """{"ports":[{"port":80,"appProtocol":"kubernetes.io/h2c"}]}""")]
    public void Create_Accepts(string because, string spec) =>
        Assert.True(ServiceValidation.Create(Some.Service(spec)) is [], $"{because}: {Some.Said(ServiceValidation.Create(Some.Service(spec)))}");

    [Theory]
    [InlineData("""{}""", "spec.ports: Required value")]
    [InlineData("""{"ports":[{"port":0},{"port":70000}]}""",
        "spec.ports[0].name: Required value | spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive | " +
        "spec.ports[0].targetPort: Invalid value: 0: must be between 1 and 65535, inclusive | spec.ports[1].name: Required value | " +
        "spec.ports[1].port: Invalid value: 70000: must be between 1 and 65535, inclusive | " +
        "spec.ports[1].targetPort: Invalid value: 70000: must be between 1 and 65535, inclusive")]
    [InlineData("""{"ports":[{"name":"a","port":80},{"name":"a","port":81}]}""", "spec.ports[1].name: Duplicate value: \"a\"")]
    [InlineData("""{"ports":[{"name":"a","port":80},{"name":"b","port":80}]}""",
        "spec.ports[1]: Duplicate value: core.ServicePort{Name:\"\", Protocol:\"TCP\", AppProtocol:(*string)(nil), Port:80, " +
        "TargetPort:intstr.IntOrString{Type:0, IntVal:0, StrVal:\"\"}, NodePort:0}")]
    [InlineData("""{"ports":[{"name":"Bad_","port":80}]}""",
        "spec.ports[0].name: Invalid value: \"Bad_\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', " +
        "and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')")]
    [InlineData("""{"ports":[{"port":80,"protocol":"ICMP"}]}""", "spec.ports[0].protocol: Unsupported value: \"ICMP\": supported values: \"SCTP\", \"TCP\", \"UDP\"")]
    [InlineData("""{"ports":[{"port":80,"targetPort":"-"}]}""",
        "spec.ports[0].targetPort: Invalid value: \"-\": must contain at least one letter (a-z) | spec.ports[0].targetPort: Invalid value: \"-\": must not begin or end with a hyphen")]
    [InlineData("""{"ports":[{"port":80,"targetPort":"a-name-far-too-long"}]}""", "spec.ports[0].targetPort: Invalid value: \"a-name-far-too-long\": must be no more than 15 characters")]
    [InlineData("""{"ports":[{"port":80,"nodePort":30080}]}""", "spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'")]
    [InlineData("""{"type":"NodePort","ports":[{"name":"a","port":80,"nodePort":30080},{"name":"b","port":81,"nodePort":30080}]}""", "spec.ports[1].nodePort: Duplicate value: 30080")]
    [InlineData("""{"type":"Nope","sessionAffinity":"Maybe","ports":[{"port":80}]}""",
        "spec.sessionAffinity: Unsupported value: \"Maybe\": supported values: \"ClientIP\", \"None\" | " +
        "spec.type: Unsupported value: \"Nope\": supported values: \"ClusterIP\", \"ExternalName\", \"LoadBalancer\", \"NodePort\"")]
    [InlineData("""{"type":"ExternalName","ports":[{"port":80}]}""", "spec.externalName: Required value")]
    [InlineData("""{"type":"ExternalName","externalName":"a.b","clusterIP":"None"}""", "spec.clusterIPs: Forbidden: may not be set for ExternalName services")]
    [InlineData("""{"type":"ExternalName","externalName":"a.b","ipFamilies":["IPv4"],"ipFamilyPolicy":"SingleStack"}""",
        "spec.ipFamilies: Forbidden: may not be set for ExternalName services | spec.ipFamilyPolicy: Forbidden: may not be set for ExternalName services")]
    [InlineData("""{"type":"NodePort","clusterIP":"None","ports":[{"port":80}]}""", "spec.clusterIPs[0]: Invalid value: \"None\": may not be set to 'None' for NodePort services")]
    [InlineData("""{"type":"LoadBalancer","clusterIP":"None","ports":[{"port":80}]}""", "spec.clusterIPs[0]: Invalid value: \"None\": may not be set to 'None' for LoadBalancer services")]
    [InlineData("""{"sessionAffinity":"ClientIP","sessionAffinityConfig":{"clientIP":{"timeoutSeconds":86401}},"ports":[{"port":80}]}""",
        "spec.sessionAffinityConfig.clientIP.timeoutSeconds: Invalid value: 86401: must be greater than 0 and less than 86400")]
    [InlineData("""{"sessionAffinity":"ClientIP","sessionAffinityConfig":{"clientIP":{"timeoutSeconds":0}},"ports":[{"port":80}]}""",
        "spec.sessionAffinityConfig.clientIP.timeoutSeconds: Invalid value: 0: must be greater than 0 and less than 86400")]
    [InlineData("""{"externalIPs":["127.0.0.1"],"ports":[{"port":80}]}""", "spec.externalIPs[0]: Invalid value: \"127.0.0.1\": may not be in the loopback range (127.0.0.0/8, ::1/128)")]
    [InlineData("""{"externalIPs":["0.0.0.0"],"ports":[{"port":80}]}""", "spec.externalIPs[0]: Invalid value: \"0.0.0.0\": may not be unspecified (0.0.0.0)")]
    [InlineData("""{"externalIPs":["169.254.169.254"],"ports":[{"port":80}]}""", "spec.externalIPs[0]: Invalid value: \"169.254.169.254\": may not be in the link-local range (169.254.0.0/16, fe80::/10)")]
    [InlineData("""{"externalIPs":["224.0.0.1"],"ports":[{"port":80}]}""", "spec.externalIPs[0]: Invalid value: \"224.0.0.1\": may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)")]
    [InlineData("""{"externalIPs":["myhost"],"ports":[{"port":80}]}""", "spec.externalIPs[0]: Invalid value: \"myhost\": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)")]
    [InlineData("""{"loadBalancerSourceRanges":["10.0.0.0/8"],"ports":[{"port":80}]}""", "spec.LoadBalancerSourceRanges: Forbidden: may only be used when `type` is 'LoadBalancer'")]
    [InlineData("""{"type":"LoadBalancer","loadBalancerSourceRanges":["10.0.0.0/33"],"ports":[{"port":80}]}""",
        "spec.LoadBalancerSourceRanges[0]: Invalid value: \"10.0.0.0/33\": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)")]
    [InlineData("""{"allocateLoadBalancerNodePorts":true,"ports":[{"port":80}]}""", "spec.allocateLoadBalancerNodePorts: Forbidden: may only be used when `type` is 'LoadBalancer'")]
    [InlineData("""{"loadBalancerClass":"a/b","ports":[{"port":80}]}""", "spec.loadBalancerClass: Forbidden: may only be used when `type` is 'LoadBalancer'")]
    [InlineData("""{"externalTrafficPolicy":"Local","ports":[{"port":80}]}""", "spec.externalTrafficPolicy: Invalid value: \"Local\": may only be set for externally-accessible services")]
    [InlineData("""{"type":"NodePort","externalTrafficPolicy":"Nearby","ports":[{"port":80}]}""", "spec.externalTrafficPolicy: Unsupported value: \"Nearby\": supported values: \"Cluster\", \"Local\"")]
    [InlineData("""{"type":"NodePort","healthCheckNodePort":31000,"ports":[{"port":80}]}""",
        "spec.healthCheckNodePort: Invalid value: 31000: may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'")]
    [InlineData("""{"internalTrafficPolicy":"Nearby","ports":[{"port":80}]}""", "spec.internalTrafficPolicy: Unsupported value: \"Nearby\": supported values: \"Cluster\", \"Local\"")]
    [InlineData("""{"trafficDistribution":"Far","ports":[{"port":80}]}""", "spec.trafficDistribution: Unsupported value: \"Far\": supported values: \"PreferClose\"")]
    [InlineData("""{"topologyKeys":["*","zone"],"ports":[{"port":80}]}""", "spec.topologyKeys[0]: Invalid value: \"*\": \"*\" must be the last value specified")]
    [InlineData("""{"topologyKeys":["zone","zone"],"ports":[{"port":80}]}""", "spec.topologyKeys[1]: Duplicate value: \"zone\"")]
    [InlineData("""{"selector":{"app":"not valid"},"ports":[{"port":80}]}""",
        "spec.selector: Invalid value: \"not valid\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end " +
        "with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')")]
    public void Create_Refuses(string spec, string said) => Assert.Equal(said, Some.Said(ServiceValidation.Create(Some.Service(spec))));

    [Theory]
    [InlineData("""{"service.beta.kubernetes.io/load-balancer-source-ranges":"10.0.0.0/8, x"}""",
        "metadata.annotations[service.beta.kubernetes.io/load-balancer-source-ranges]: Forbidden: may only be used when `type` is 'LoadBalancer' | " +
        "metadata.annotations[service.beta.kubernetes.io/load-balancer-source-ranges]: Invalid value: \"x\": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)")]
    [InlineData("""{"service.kubernetes.io/topology-aware-hints":"auto","service.kubernetes.io/topology-mode":"none"}""",
        "metadata.annotations[service.kubernetes.io/topology-mode]: Invalid value: \"none\": must match annotations[service.kubernetes.io/topology-aware-hints] when both are specified")]
    public void Create_ReadsAnnotations(string annotations, string said) =>
        Assert.Equal(said, Some.Said(ServiceValidation.Create(Some.Service("""{"ports":[{"port":80}]}""", annotations))));

    [Theory]
    [InlineData("X_bad", "metadata.name: Invalid value: \"X_bad\": a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, " +
        "and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')")]
    [InlineData("1web", "metadata.name: Invalid value: \"1web\": a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, " +
        "and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')")]
    [InlineData("", "metadata.name: Required value: name or generateName is required")]
    public void Create_ChecksTheName(string name, string said)
    {
        var service = Some.Service("""{"ports":[{"port":80}]}""");
        Assert.Equal(said, Some.Said(ServiceValidation.Create(service with { Metadata = service.Metadata with { Name = name } })));
    }

    [Fact]
    public void AllocationErrors_SayWhatKubernetesSays()
    {
        Assert.Equal("spec.ports[1].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767",
            ServiceAllocationErrors.NodePortOutOfRange(1, 80, 30000, 32767).ToString());
        Assert.Equal("spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated", ServiceAllocationErrors.NodePortTaken(0, 30080).ToString());
        Assert.Equal("spec.clusterIPs: Invalid value: []string{\"10.96.0.1\"}: failed to allocate IP 10.96.0.1: provided IP is already allocated",
            ServiceAllocationErrors.ClusterIPTaken(["10.96.0.1"], "10.96.0.1").ToString());
        Assert.Equal("spec.clusterIPs: Invalid value: []string{\"1.2.3.4\"}: failed to allocate IP 1.2.3.4: the provided IP (1.2.3.4) is not in the valid range. The range of valid IPs is 10.96.0.0/12",
            ServiceAllocationErrors.ClusterIPOutOfRange(["1.2.3.4"], "1.2.3.4", "10.96.0.0/12").ToString());
    }
}
