namespace ClusterEmu.Api.Tests;

/// <summary>Storage, roles and requests for certificates.</summary>
public class StorageValidationTests
{
    private static readonly string Request = Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(MakeRequest()));

    [Theory]
    [InlineData("\"provisioner\":\"csi.example.com\",\"allowedTopologies\":[{\"matchLabelExpressions\":[{\"key\":\"zone\",\"values\":[\"a\"]}]}]", "")]
    [InlineData("\"parameters\":{\"\":\"x\"}", "provisioner: Required value | parameters: Invalid value: \"\": field can not be empty.")]
    [InlineData("\"provisioner\":\"p\",\"reclaimPolicy\":\"Recycle\",\"volumeBindingMode\":\"Later\"",
        "reclaimPolicy: Unsupported value: \"Recycle\": supported values: \"Delete\", \"Retain\" | volumeBindingMode: Unsupported value: \"Later\": supported values: \"Immediate\", \"WaitForFirstConsumer\"")]
    [InlineData("\"provisioner\":\"p\",\"allowedTopologies\":[{\"matchLabelExpressions\":[{\"key\":\"a\",\"values\":[]},{\"key\":\"a\",\"values\":[\"x\",\"x\"]}]},{}]",
        "allowedTopologies[0].matchLabelExpressions[0].values: Required value | allowedTopologies[0].matchLabelExpressions[1].values[1]: Duplicate value: \"x\" | " +
        "allowedTopologies[0].matchLabelExpressions[1].key: Duplicate value: \"a\" | allowedTopologies[1].matchLabelExpressions: Required value")]
    public void StorageClasses_AreChecked(string part, string said) => Is(said, Kinds.StorageClass, $$$$"""{"metadata":{"name":"s"},{{{{part}}}}}""");

    [Fact]
    public void StorageClasses_HardlyChange()
    {
        var old = Some.Stored(StorageDefaults.Apply(Some.Of(Kinds.StorageClass, """{"metadata":{"name":"s"},"provisioner":"p"}""")));
        Assert.Equal(
            "parameters: Forbidden: updates to parameters are forbidden. | provisioner: Forbidden: updates to provisioner are forbidden. | reclaimPolicy: Forbidden: updates to reclaimPolicy are forbidden. | " +
            "volumeBindingMode: Invalid value: \"WaitForFirstConsumer\": field is immutable",
            Some.Said(StorageClassValidation.Update(
                old with { Provisioner = "q", ReclaimPolicy = "Retain", VolumeBindingMode = "WaitForFirstConsumer", Parameters = new Dictionary<string, string> { ["a"] = "b" } }, old)));
        Assert.Empty(StorageClassValidation.Update(old with { AllowVolumeExpansion = true }, old));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("\"fsGroupPolicy\":\"All\",\"volumeLifecycleModes\":[\"Eternal\"]",
        "spec.fsGroupPolicy: Unsupported value: \"All\": supported values: \"File\", \"None\", \"ReadWriteOnceWithFSType\" | " +
        "spec.volumeLifecycleModes: Unsupported value: \"Eternal\": supported values: \"Persistent\", \"Ephemeral\"")]
    [InlineData("\"tokenRequests\":[{\"audience\":\"a\",\"expirationSeconds\":5},{\"audience\":\"a\"}]",
        "spec.tokenRequests[0].expirationSeconds: Invalid value: 5: may not specify a duration less than 10 minutes | spec.tokenRequests[1].audience: Duplicate value: \"a\"")]
    public void Drivers_AreChecked(string spec, string said) => Is(said, Kinds.CSIDriver, $$$$"""{"metadata":{"name":"d"},"spec":{{{{{spec}}}}}}""");

    [Theory]
    [InlineData("""[{"name":"csi.example.com","nodeID":"n"}]""", "")]
    [InlineData("""[{"name":"","nodeID":"","allocatable":{"count":-1}},{"name":"A","nodeID":"n","topologyKeys":["k","k"]}]""",
        "spec.drivers[0].name: Required value | spec.drivers[0].name: Invalid value: \"\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end " +
        "with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*') | spec.drivers[0].nodeID: Required value | " +
        "spec.drivers[0].allocatable.count: Invalid value: -1: must be greater than or equal to 0 | spec.drivers[1]: Duplicate value: \"k\"")]
    public void NodesDrivers_AreChecked(string drivers, string said) => Is(said, Kinds.CSINode, $$$$"""{"metadata":{"name":"node-1"},"spec":{"drivers":{{{{drivers}}}}}}""");

    [Fact]
    public void ADriverOfANode_DoesNotChange()
    {
        var old = Some.Stored(Some.Of(Kinds.CSINode, """{"metadata":{"name":"n"},"spec":{"drivers":[{"name":"a.b","nodeID":"n"}]}}"""));
        var other = old with { Spec = new CSINodeSpec { Drivers = [old.Spec.Drivers[0] with { NodeID = "m" }] } };
        Assert.Equal(
            "spec.drivers: Invalid value: storage.CSINodeDriver{Name:\"a.b\", NodeID:\"m\", TopologyKeys:[]string(nil), Allocatable:(*storage.VolumeNodeResources)(nil)}: field is immutable",
            Some.Said(CSIValidation.Update(other, old)));
        Assert.Empty(CSIValidation.Update(old with { Spec = CSINodeSpec.Empty }, old));
    }

    [Fact]
    public void Attachments_AreCheckedAndNeverMoved()
    {
        Is("", Kinds.VolumeAttachment, """{"metadata":{"name":"a"},"spec":{"attacher":"x.y","nodeName":"n","source":{"persistentVolumeName":"pv"}}}""");
        Assert.StartsWith(
            "spec.attacher: Required value | spec.source: Required value: must specify exactly one of inlineVolumeSpec and persistentVolumeName | spec.nodeName: Invalid value",
            Some.Said(VolumeAttachmentValidation.Create(Some.Of(Kinds.VolumeAttachment, """{"metadata":{"name":"a"},"spec":{}}"""))), StringComparison.Ordinal);
        var old = Some.Stored(Some.Of(Kinds.VolumeAttachment, """{"metadata":{"name":"a"},"spec":{"attacher":"x.y","nodeName":"n","source":{"persistentVolumeName":"pv"}}}"""));
        Assert.Equal(
            "spec: Invalid value: storage.VolumeAttachmentSpec{Attacher:\"x.y\", Source:storage.VolumeAttachmentSource{PersistentVolumeName:(*string)(0xc000000000), " +
            "InlineVolumeSpec:(*core.PersistentVolumeSpec)(nil)}, NodeName:\"m\"}: field is immutable",
            Some.Said(VolumeAttachmentValidation.Update(old with { Spec = old.Spec with { NodeName = "m" } }, old)));
    }

    [Fact]
    public void Capacities_AreChecked()
    {
        Is("", Kinds.CSIStorageCapacity, """{"metadata":{"name":"c","namespace":"shop"},"storageClassName":"s","capacity":"1Gi"}""");
        Is("capacity: Invalid value: \"-1\": must be greater than or equal to 0", Kinds.CSIStorageCapacity, """{"metadata":{"name":"c","namespace":"shop"},"storageClassName":"s","capacity":"-1"}""");
        var old = Some.Stored(Some.Of(Kinds.CSIStorageCapacity, """{"metadata":{"name":"c","namespace":"shop"},"storageClassName":"s"}"""));
        Assert.Equal(
            "nodeTopology: Invalid value: v1.LabelSelector{MatchLabels:map[string]string(nil), MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: field is immutable | " +
            "storageClassName: Invalid value: \"t\": field is immutable",
            Some.Said(CSIValidation.Update(old with { StorageClassName = "t", NodeTopology = new LabelSelector() }, old)));
    }

    [Theory]
    [InlineData("""[{"verbs":["get"],"apiGroups":[""],"resources":["pods"]}]""", "")]
    [InlineData("""[{"nonResourceURLs":["/x"],"verbs":["get"]}]""", "rules[0].nonResourceURLs: Invalid value: []string{\"/x\"}: namespaced rules cannot apply to non-resource URLs")]
    [InlineData("""[{}]""", "rules[0].verbs: Required value: verbs must contain at least one value | rules[0].apiGroups: Required value: resource rules must supply at least one api group | " +
        "rules[0].resources: Required value: resource rules must supply at least one resource")]
    public void Roles_AreChecked(string rules, string said) => Is(said, Kinds.Role, $$$$"""{"metadata":{"name":"system:r","namespace":"shop"},"rules":{{{{rules}}}}}""");

    [Theory]
    [InlineData("""[{"verbs":["get"],"nonResourceURLs":["/x"]}]""", "", "")]
    [InlineData("""[{"verbs":["get"],"nonResourceURLs":["/x"],"resources":["a"]}]""", "", "rules[0].nonResourceURLs: Invalid value: []string{\"/x\"}: rules cannot apply to both regular resources and non-resource URLs")]
    [InlineData("[]", ",\"aggregationRule\":{}", "aggregationRule.clusterRoleSelectors: Required value: at least one clusterRoleSelector required if aggregationRule is non-nil")]
    public void ClusterRoles_AreChecked(string rules, string more, string said) => Is(said, Kinds.ClusterRole, $$$$"""{"metadata":{"name":"r"},"rules":{{{{rules}}}}{{{{more}}}}}""");

    [Theory]
    [InlineData("""[{"kind":"User","name":"jane"},{"kind":"ServiceAccount","name":"robot","namespace":"shop"}]""", "Role", "", "")]
    [InlineData("""[{"kind":"Dog","name":"rex"}]""", "Role", "", "subjects[0].kind: Unsupported value: \"Dog\": supported values: \"ServiceAccount\", \"User\", \"Group\"")]
    [InlineData("""[{"kind":"ServiceAccount","name":"a","apiGroup":"x"}]""", "Role", "", "subjects[0].apiGroup: Unsupported value: \"x\": supported values: \"\"")]
    [InlineData("[]", "Pod", "", "roleRef.kind: Unsupported value: \"Pod\": supported values: \"Role\", \"ClusterRole\"")]
    [InlineData("[]", "Role", ",\"apiGroup\":\"x\"", "roleRef.apiGroup: Unsupported value: \"x\": supported values: \"rbac.authorization.k8s.io\"")]
    public void Bindings_AreChecked(string subjects, string kind, string more, string said) =>
        Is(said, Kinds.RoleBinding, $$$$"""{"metadata":{"name":"b","namespace":"shop"},"roleRef":{"kind":"{{{{kind}}}}","name":"r"{{{{more}}}}},"subjects":{{{{subjects}}}}}""");

    [Fact]
    public void ABinding_KeepsItsRole()
    {
        var old = Some.Stored(RbacDefaults.Apply(Some.Of(Kinds.ClusterRoleBinding, """{"metadata":{"name":"b"},"roleRef":{"kind":"ClusterRole","name":"r"},"subjects":[{"kind":"Group","name":"g"}]}""")));
        Assert.Equal(("rbac.authorization.k8s.io", "rbac.authorization.k8s.io"), (old.RoleRef.APIGroup, old.Subjects[0].APIGroup));
        Assert.Equal(
            "roleRef: Invalid value: rbac.RoleRef{APIGroup:\"rbac.authorization.k8s.io\", Kind:\"ClusterRole\", Name:\"other\"}: cannot change roleRef",
            Some.Said(RbacValidation.Update(old with { RoleRef = old.RoleRef with { Name = "other" } }, old)));
    }

    [Theory]
    [InlineData("\"signerName\":\"a.b/c\",\"usages\":[\"client auth\"]", "")]
    [InlineData("\"signerName\":\"ab\",\"usages\":[\"client auth\",\"client auth\"],\"expirationSeconds\":5",
        "spec.usages[1]: Duplicate value: \"client auth\" | spec.signerName: Invalid value: \"ab\": must be a fully qualified domain and path of the form 'example.com/signer-name' | " +
        "spec.expirationSeconds: Invalid value: 5: may not specify a duration less than 600 seconds (10 minutes)")]
    [InlineData("\"signerName\":\"kubernetes.io/legacy-unknown\",\"usages\":[]", "spec.usages: Required value | spec.signerName: Invalid value: \"kubernetes.io/legacy-unknown\": the legacy signerName is not allowed via this API version")]
    [InlineData("\"signerName\":\"a/c\",\"usages\":[\"any\"]", "spec.signerName: Invalid value: \"a\": should be a domain with at least two segments separated by dots")]
    public void CertificateRequests_AreChecked(string part, string said) =>
        Is(said, Kinds.CertificateSigningRequest, $$$$"""{"metadata":{"name":"c"},"spec":{"request":"{{{{Request}}}}",{{{{part}}}}}}""");

    [Fact]
    public void WhatIsNoRequest_IsRefused() => Is(
        "spec.request: Invalid value: []byte{0x61}: PEM block type must be CERTIFICATE REQUEST", Kinds.CertificateSigningRequest,
        """{"metadata":{"name":"c"},"spec":{"request":"YQ==","signerName":"a.b/c","usages":["any"]}}""");

    [Fact]
    public void ApprovalIsASubresourceOfItsOwn()
    {
        var old = Some.Stored(Some.Of(Kinds.CertificateSigningRequest, $$$$"""{"metadata":{"name":"c"},"spec":{"request":"{{{{Request}}}}","signerName":"a.b/c","usages":["any"]}}"""));
        var approved = old with { Status = new CertificateSigningRequestStatus { Conditions = [new CertificateSigningRequestCondition { Type = "Approved", Status = "True" }] } };
        Assert.Empty(CertificateSigningRequestStrategy.PrepareForUpdate(approved, old, status: false).Status.Conditions);
        Assert.Empty(CertificateSigningRequestStrategy.PrepareForUpdate(approved, old, status: true).Status.Conditions);
        var now = DateTimeOffset.UnixEpoch.AddDays(1);
        var taken = CertificateSigningRequestStrategy.Stamped(CertificateSigningRequestStrategy.PrepareForApproval(approved, old), old, now);
        Assert.Equal(now, taken.Status.Conditions.Single().LastTransitionTime);
        Assert.Empty(CertificateSigningRequestValidation.Approval(taken, old));

        var both = taken with { Status = new CertificateSigningRequestStatus { Conditions = [.. taken.Status.Conditions, new CertificateSigningRequestCondition { Type = "Denied", Status = "True" }] } };
        Assert.Equal("status.conditions[1].type: Invalid value: \"Denied\": Approved and Denied conditions are mutually exclusive", Some.Said(CertificateSigningRequestValidation.Approval(both, taken)));
        Assert.Equal("status.conditions: Forbidden: updates may not remove a condition of type \"Approved\"", Some.Said(CertificateSigningRequestValidation.Approval(old, taken)));
        Assert.Equal(
            "status.certificate: Invalid value: \"<certificate data>\": must contain at least one CERTIFICATE PEM block",
            Some.Said(CertificateSigningRequestValidation.Update(taken with { Status = taken.Status with { Certificate = [65] } }, taken)));
    }

    private static string MakeRequest()
    {
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        return new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=jane", key, System.Security.Cryptography.HashAlgorithmName.SHA256).CreateSigningRequestPem();
    }

    private static void Is<T>(string said, KindInfo<T> kind, string json) where T : class, IKubeObject =>
        Assert.Equal(said, Some.Said(kind.ValidateCreate(kind.WithDefaults(Some.Of(kind, json)))));
}
