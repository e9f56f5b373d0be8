namespace ClusterEmu.Api.Tests;

/// <summary>The rules of the smaller kinds.</summary>
public class KindValidationTests
{
    private const string Meta = "\"metadata\":{\"name\":\"a\",\"namespace\":\"shop\"},";
    private const string Bare = "\"metadata\":{\"name\":\"a\"},";

    [Theory]
    [InlineData("\"data\":{\"a\":\"1\"},\"binaryData\":{\"b\":\"MQ==\"}", "")]
    [InlineData("\"data\":{\"a b\":\"1\"}", "data[a b]: Invalid value: \"a b\": a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')")]
    [InlineData("\"data\":{\"a\":\"1\"},\"binaryData\":{\"a\":\"MQ==\",\"..\":\"\"}", "data[a]: Invalid value: \"a\": duplicate of key present in binaryData | binaryData[..]: Invalid value: \"..\": must not be '..'")]
    public void ConfigMaps(string rest, string said) => Assert.Equal(said, Some.Said(ConfigMapValidation.Create(Some.Of(Kinds.ConfigMap, "{" + Meta + rest + "}"))));

    [Fact]
    public void ConfigMapsAndSecrets_AreBounded()
    {
        var map = new ConfigMap { Metadata = new() { Name = "a", Namespace = "b" }, Data = new Dictionary<string, string> { ["k"] = new('x', SecretValidation.MaxBytes) } };
        Assert.Empty(ConfigMapValidation.Create(map));
        Assert.Equal("[]: Too long: may not be more than 1048576 bytes", Some.Said(ConfigMapValidation.Create(map with { BinaryData = new Dictionary<string, byte[]> { ["b"] = [1] } })));
        var secret = new Secret { Metadata = map.Metadata, Type = "Opaque", Data = new Dictionary<string, byte[]> { ["k"] = new byte[SecretValidation.MaxBytes + 1] } };
        Assert.Equal("data: Too long: may not be more than 1048576 bytes", Some.Said(SecretValidation.Create(secret)));
    }

    [Fact]
    public void ImmutableConfigMapsAndSecrets_StayAsTheyAre()
    {
        var map = Some.Stored(Some.Of(Kinds.ConfigMap, "{" + Meta + "\"immutable\":true,\"data\":{\"a\":\"1\"},\"binaryData\":{\"b\":\"MQ==\"}}"));
        Assert.Empty(ConfigMapValidation.Update(map with { Data = new Dictionary<string, string> { ["a"] = "1" }, BinaryData = new Dictionary<string, byte[]> { ["b"] = "1"u8.ToArray() } }, map));
        Assert.Equal(
            "immutable: Forbidden: field is immutable when `immutable` is set | data: Forbidden: field is immutable when `immutable` is set | binaryData: Forbidden: field is immutable when `immutable` is set",
            Some.Said(ConfigMapValidation.Update(map with { Immutable = null, Data = EmptyMap.Strings, BinaryData = EmptyMap.Bytes }, map)));

        var secret = Some.Stored(SecretDefaults.Apply(Some.Of(Kinds.Secret, "{" + Meta + "\"immutable\":true,\"stringData\":{\"a\":\"1\"}}")));
        Assert.Equal("data: Forbidden: field is immutable when `immutable` is set", Some.Said(SecretValidation.Update(secret with { Data = EmptyMap.Bytes }, secret)));
        Assert.Equal("type: Invalid value: \"x/y\": field is immutable", Some.Said(SecretValidation.Update(secret with { Type = "x/y" }, secret)));
    }

    [Theory]
    [InlineData("\"stringData\":{\"any\":\"thing\"}", "")]
    [InlineData("\"type\":\"my.example.com/own\"", "")]
    [InlineData("\"type\":\"kubernetes.io/tls\",\"stringData\":{\"tls.crt\":\"\",\"tls.key\":\"\"}", "")]
    [InlineData("\"type\":\"kubernetes.io/tls\"", "data[tls.crt]: Required value | data[tls.key]: Required value")]
    [InlineData("\"type\":\"kubernetes.io/basic-auth\"", "data[username]: Required value | data[password]: Required value")]
    [InlineData("\"type\":\"kubernetes.io/ssh-auth\",\"stringData\":{\"ssh-privatekey\":\"\"}", "data[ssh-privatekey]: Required value")]
    [InlineData("\"type\":\"kubernetes.io/dockerconfigjson\"", "data[.dockerconfigjson]: Required value")]
    [InlineData("\"type\":\"kubernetes.io/dockerconfigjson\",\"stringData\":{\".dockerconfigjson\":\"{}\"}", "")]
    [InlineData("\"type\":\"kubernetes.io/dockercfg\",\"stringData\":{\".dockercfg\":\"[]\"}", "data[.dockercfg]: Invalid value: \"<secret contents redacted>\": json: cannot unmarshal into Go value of type map[string]interface {}")]
    [InlineData("\"type\":\"kubernetes.io/service-account-token\"", "metadata.annotations[kubernetes.io/service-account.name]: Required value")]
    public void Secrets(string rest, string said) => Assert.Equal(said, Some.Said(SecretValidation.Create(SecretDefaults.Apply(Some.Of(Kinds.Secret, "{" + Meta + rest + "}")))));

    [Theory]
    [InlineData("\"spec\":{\"holderIdentity\":\"x\",\"leaseDurationSeconds\":40,\"leaseTransitions\":0}", "")]
    [InlineData("\"spec\":{\"leaseDurationSeconds\":0,\"leaseTransitions\":-1}",
        "spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0 | spec.leaseTransitions: Invalid value: -1: must be greater than or equal to 0")]
    [InlineData("\"spec\":{\"preferredHolder\":\"x\"}", "spec.preferredHolder: Forbidden: may only be specified if `strategy` is defined")]
    [InlineData("\"spec\":{\"strategy\":\"Loudest\"}", "spec.strategy.strategy: Unsupported value: \"Loudest\": supported values: \"OldestEmulationVersion\"")]
    public void Leases(string rest, string said) => Assert.Equal(said, Some.Said(LeaseValidation.Create(Some.Of(Kinds.Lease, "{" + Meta + rest + "}"))));

    [Fact]
    public void Leases_AreNeverOverwrittenBlindly()
    {
        var old = Some.Stored(Some.Of(Kinds.Lease, "{" + Meta + "\"spec\":{}}"));
        var blind = (Lease)Kinds.Lease.PrepareForUpdate(old with { Metadata = old.Metadata with { ResourceVersion = "" } }, old, status: false);
        Assert.Equal("metadata.resourceVersion: Invalid value: 0x0: must be specified for an update", Some.Said(Kinds.Lease.ValidateUpdate(blind, old)));
        var map = Some.Stored(Some.Of(Kinds.ConfigMap, "{" + Meta + "\"data\":{}}"));
        Assert.Equal("7", Kinds.ConfigMap.PrepareForUpdate(map with { Metadata = map.Metadata with { ResourceVersion = "" } }, map, status: false).Metadata.ResourceVersion);
    }

    [Theory]
    [InlineData("\"spec\":{\"podCIDR\":\"172.17.0.0/24\",\"taints\":[{\"key\":\"a\",\"effect\":\"NoSchedule\"},{\"key\":\"a\",\"effect\":\"NoExecute\"}]},\"status\":{\"capacity\":{\"cpu\":\"2\",\"pods\":\"110\"}}", "")]
    [InlineData("\"spec\":{\"podCIDRs\":[\"172.17.0.0/24\",\"fd00::/64\"]}", "")]
    [InlineData("\"spec\":{\"podCIDRs\":[\"172.17.0.0\"]}", "spec.podCIDRs[0]: Invalid value: \"172.17.0.0\": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)")]
    [InlineData("\"spec\":{\"podCIDRs\":[\"10.0.0.0/24\",\"10.0.0.0/24\"]}",
        "spec.podCIDRs: Invalid value: []string{\"10.0.0.0/24\", \"10.0.0.0/24\"}: may specify no more than one CIDR for each IP family | spec.podCIDRs[1]: Duplicate value: \"10.0.0.0/24\"")]
    [InlineData("\"spec\":{\"taints\":[{\"key\":\"a\",\"effect\":\"NoSchedule\"},{\"key\":\"a\",\"effect\":\"NoSchedule\"},{\"key\":\"a\",\"effect\":\"Slow\"},{\"key\":\"a\"}]}",
        "metadata.taints[1]: Duplicate value: core.Taint{Key:\"a\", Value:\"\", Effect:\"NoSchedule\", TimeAdded:<nil>}: taints must be unique by key and effect pair | " +
        "metadata.taints[2].effect: Unsupported value: \"Slow\": supported values: \"NoSchedule\", \"PreferNoSchedule\", \"NoExecute\" | metadata.taints[3].effect: Required value")]
    [InlineData("\"status\":{\"capacity\":{\"cpu\":\"-1\"}}", "status.capacity.cpu: Invalid value: \"-1\": must be greater than or equal to 0 | status.allocatable.cpu: Invalid value: \"-1\": must be greater than or equal to 0")]
    public void Nodes(string rest, string said) => Assert.Equal(said, Some.Said(NodeValidation.Create(NodeDefaults.Apply(Some.Of(Kinds.Node, "{" + Bare + rest + "}")))));

    [Fact]
    public void Nodes_GetTheirRangeOnce()
    {
        var fresh = Some.Stored(Some.Of(Kinds.Node, "{" + Bare + "\"spec\":{}}"));
        var given = fresh with { Spec = new() { PodCIDR = "172.17.0.0/24", PodCIDRs = ["172.17.0.0/24"], ProviderID = "p" } };
        Assert.Empty(NodeValidation.Update(given, fresh));
        Assert.Empty(NodeValidation.Update(given with { Spec = given.Spec with { Unschedulable = true, Taints = [new() { Key = "a", Effect = "NoSchedule" }] } }, given));
        Assert.Equal(
            "spec.podCIDRs: Forbidden: node updates may not change podCIDR except from \"\" to valid | spec.providerID: Forbidden: node updates may not change providerID except from \"\" to valid",
            Some.Said(NodeValidation.Update(given with { Spec = new() }, given)));
        var twice = given with { Status = new() { Addresses = [new() { Type = "InternalIP", Address = "1" }, new() { Type = "InternalIP", Address = "1" }] } };
        Assert.Equal("status.addresses[1]: Duplicate value: core.NodeAddress{Type:\"InternalIP\", Address:\"1\"}", Some.Said(NodeValidation.Update(twice, given)));
        Assert.Same(given.Status, NodeStrategy.PrepareForUpdate(twice, given, status: false).Status);
        Assert.Same(given.Spec, NodeStrategy.PrepareForUpdate(twice with { Spec = new() }, given, status: true).Spec);
    }

    [Fact]
    public void Namespaces()
    {
        var created = NamespaceStrategy.PrepareForCreate(NamespaceDefaults.Apply(Some.Of(Kinds.Namespace, "{\"metadata\":{\"name\":\"shop\"},\"status\":{\"phase\":\"Terminating\"}}")));
        Assert.Equal(("kubernetes", "Active", "shop"), (created.Spec.Finalizers.Single(), created.Status.Phase, created.Metadata.Labels["kubernetes.io/metadata.name"]));
        Assert.Empty(NamespaceValidation.Create(created));
        Assert.Equal("spec.finalizers: Invalid value: \"mine\": name is neither a standard finalizer name nor is it fully qualified",
            Some.Said(NamespaceValidation.Create(created with { Spec = new() { Finalizers = ["mine", "x/y"] } })));
        Assert.StartsWith("metadata.name: Invalid value: \"a.b\": must not contain dots", Some.Said(NamespaceValidation.Create(created with { Metadata = new() { Name = "a.b" } })), StringComparison.Ordinal);

        var old = Some.Stored(created);
        var put = NamespaceStrategy.PrepareForUpdate(old with { Spec = new(), Status = new() { Phase = "Terminating" } }, old, status: false);
        Assert.Equal((old.Spec, old.Status), (put.Spec, put.Status));
        var reported = NamespaceStrategy.PrepareForUpdate(old with { Status = new() { Phase = "Terminating" } }, old, status: true);
        Assert.Equal("status.Phase: Invalid value: \"Terminating\": may only be 'Active' if `deletionTimestamp` is empty", Some.Said(NamespaceValidation.Update(reported, old)));
    }

    [Theory]
    [InlineData("\"involvedObject\":{\"kind\":\"Pod\",\"namespace\":\"shop\",\"name\":\"x\"}", "")]
    [InlineData("\"involvedObject\":{\"kind\":\"Pod\",\"namespace\":\"other\"}", "involvedObject.namespace: Invalid value: \"other\": does not match event.namespace")]
    [InlineData("\"involvedObject\":{\"kind\":\"Node\"}", "involvedObject.namespace: Invalid value: \"\": does not match event.namespace")]
    [InlineData("\"involvedObject\":{\"namespace\":\"shop\"},\"eventTime\":\"2026-01-01T00:00:00.000000Z\",\"reportingComponent\":\"x.y/z\",\"reportingInstance\":\"i\",\"action\":\"a\",\"reason\":\"r\"", "")]
    [InlineData("\"involvedObject\":{\"namespace\":\"shop\"},\"eventTime\":\"2026-01-01T00:00:00.000000Z\",\"reportingComponent\":\"x\"",
        "reportingInstance: Required value | action: Required value | reason: Required value")]
    public void Events(string rest, string said) => Assert.Equal(said, Some.Said(EventValidation.Create(Some.Of(Kinds.Event, "{" + Meta + rest + "}"))));

    [Theory]
    [InlineData("{\"target\":{\"kind\":\"Node\",\"name\":\"node-1\"}}", "")]
    [InlineData("{\"target\":{\"name\":\"node-1\"}}", "")]
    [InlineData("{\"target\":{\"kind\":\"Pod\"}}", "target.kind: Unsupported value: \"Pod\": supported values: \"Node\", \"<empty>\" | target.name: Required value")]
    public void Bindings(string binding, string said) => Assert.Equal(said, Some.Said(BindingValidation.Create(Some.Of(Kinds.Binding, binding))));

    [Fact]
    public void ServiceAccounts()
    {
        var account = Some.Stored(Some.Of(Kinds.ServiceAccount, "{" + Meta + "\"secrets\":[]}"));
        Assert.Empty(ServiceAccountValidation.Create(account));
        Assert.Empty(ServiceAccountValidation.Update(account, account));
        Assert.Equal("metadata.uid: Invalid value: \"other\": field is immutable", Some.Said(ServiceAccountValidation.Update(account with { Metadata = account.Metadata with { Uid = "other" } }, account)));
    }
}
