namespace ClusterEmu.Api.Tests;

public class ObjectMetaValidationTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("""{"name":"a","namespace":"b"}""", "")]
    [InlineData("""{"name":"a-x1","generateName":"a-","namespace":"b","labels":{"app":""},"annotations":{"A/b":"anything at all\n"},"finalizers":["kubernetes"]}""", "")]
    [InlineData("""{"name":"a","namespace":"b","annotations":{"example.com/B":"x"},"finalizers":["example.com/hold"]}""", "")]
    [InlineData("""{"namespace":"b"}""", "metadata.name: Required value: name or generateName is required")]
    [InlineData("""{"name":"a"}""", "metadata.namespace: Required value")]
    [InlineData("""{"name":"a","namespace":"B"}""", "metadata.namespace: Invalid value: \"B\": a lowercase RFC 1123 label")]
    [InlineData("""{"name":"a","generateName":"A-b-","namespace":"b"}""", "metadata.generateName: Invalid value: \"A-b-\": a lowercase RFC 1123 subdomain")]
    [InlineData("""{"name":"a","namespace":"b","generation":-1}""", "metadata.generation: Invalid value: -1: must be greater than or equal to 0")]
    [InlineData("""{"name":"a","namespace":"b","labels":{"bad key!":"v"}}""", "metadata.labels: Invalid value: \"bad key!\": name part must consist of")]
    [InlineData("""{"name":"a","namespace":"b","labels":{"k":"-"}}""", "metadata.labels: Invalid value: \"-\": a valid label must be an empty string or consist of")]
    [InlineData("""{"name":"a","namespace":"b","finalizers":["a b"]}""", "metadata.finalizers: Invalid value: \"a b\": name part must consist of")]
    [InlineData("""{"name":"a","namespace":"b","finalizers":["orphan","foregroundDeletion"]}""",
        "metadata.finalizers: Invalid value: []string{\"orphan\", \"foregroundDeletion\"}: finalizer orphan and foregroundDeletion cannot be both set")]
    [InlineData("""{"name":"a","namespace":"b","ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"r","uid":"1","controller":true}]}""", "")]
    [InlineData("""{"name":"a","namespace":"b","ownerReferences":[{"apiVersion":"apps/","kind":"","name":"","uid":""}]}""",
        "metadata.ownerReferences.apiVersion: Invalid value: \"apps/\": version must not be empty | metadata.ownerReferences.kind: Invalid value: \"\": kind must not be empty | " +
        "metadata.ownerReferences.name: Invalid value: \"\": name must not be empty | metadata.ownerReferences.uid: Invalid value: \"\": uid must not be empty")]
    [InlineData("""{"name":"a","namespace":"b","ownerReferences":[{"apiVersion":"v1","kind":"Event","name":"e","uid":"1"}]}""",
        "metadata.ownerReferences: Invalid value: v1.OwnerReference{APIVersion:\"v1\", Kind:\"Event\", Name:\"e\", UID:\"1\", Controller:(*bool)(nil), BlockOwnerDeletion:(*bool)(nil)}: /v1, Kind=Event is disallowed from being an owner")]
    public void Create_Says(string meta, string said) =>
        Assert.StartsWith(said.Length == 0 ? "none" : said, Text(ObjectMetaValidation.Create(Meta(meta), namespaced: true, ObjectNameRules.Subdomain)), StringComparison.Ordinal);

    [Fact]
    public void Create_AllowsOneControllerOnly()
    {
        var meta = Meta("""{"name":"a","namespace":"b","ownerReferences":[{"apiVersion":"v1","kind":"A","name":"x","uid":"1","controller":true},{"apiVersion":"v1","kind":"B","name":"y","uid":"2","controller":true}]}""");
        Assert.EndsWith("Only one reference can have Controller set to true. Found \"true\" in references for A/x and B/y",
            Text(ObjectMetaValidation.Create(meta, namespaced: true, ObjectNameRules.Subdomain)), StringComparison.Ordinal);
    }

    [Fact]
    public void Create_RefusesNamespacesOfClusterWideKinds() => Assert.Equal("metadata.namespace: Forbidden: not allowed on this type",
        Text(ObjectMetaValidation.Create(Meta("""{"name":"a","namespace":"b"}"""), namespaced: false, ObjectNameRules.Subdomain)));

    [Fact]
    public void Create_BoundsAnnotations()
    {
        var meta = Meta("""{"name":"a","namespace":"b"}""");
        ObjectMeta With(int size) => meta with { Annotations = new Dictionary<string, string> { ["k"] = new string('x', size) } };
        Assert.Empty(ObjectMetaValidation.Create(With(256 * 1024 - 1), namespaced: true, ObjectNameRules.Subdomain));
        Assert.Equal("metadata.annotations: Too long: may not be more than 262144 bytes",
            Text(ObjectMetaValidation.Create(With(256 * 1024), namespaced: true, ObjectNameRules.Subdomain)));
    }

    [Fact]
    public void Update_RefusesWhatMustStay()
    {
        var old = new ObjectMeta { Name = "a", Namespace = "b", Uid = "1", ResourceVersion = "7", Generation = 3, CreationTimestamp = Noon };
        Assert.Empty(ObjectMetaValidation.Update(old, old));
        Check(old with { Name = "x" }, "metadata.name: Invalid value: \"x\": field is immutable");
        Check(old with { Namespace = "x" }, "metadata.namespace: Invalid value: \"x\": field is immutable");
        Check(old with { Uid = "2" }, "metadata.uid: Invalid value: \"2\": field is immutable");
        Check(old with { ResourceVersion = "" }, "metadata.resourceVersion: Invalid value: \"\": must be specified for an update");
        Check(old with { Generation = 2 }, "metadata.generation: Invalid value: 2: must not be decremented");
        Check(old with { CreationTimestamp = Noon.AddSeconds(1) }, "metadata.creationTimestamp: Invalid value: 2026-01-02 12:00:01 +0000 UTC: field is immutable");
        Check(old with { DeletionTimestamp = Noon }, "metadata.deletionTimestamp: Invalid value: 2026-01-02 12:00:00 +0000 UTC: field is immutable");
        Check(old with { DeletionGracePeriodSeconds = 5 }, "metadata.deletionGracePeriodSeconds: Invalid value: 5: field is immutable");

        void Check(ObjectMeta meta, string said) => Assert.Equal(said, Text(ObjectMetaValidation.Update(meta, old)));
    }

    [Fact]
    public void Update_LetsFinalizersOnlyGoOnceDeletionHasBegun()
    {
        var old = new ObjectMeta { Name = "a", Namespace = "b", Uid = "1", ResourceVersion = "7", DeletionTimestamp = Noon, Finalizers = ["x/hold", "x/keep"] };
        Assert.Empty(ObjectMetaValidation.Update(old with { Finalizers = ["x/hold"] }, old));
        Assert.Equal("metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{\"x/a\", \"x/b\"}",
            Text(ObjectMetaValidation.Update(old with { Finalizers = ["x/hold", "x/b", "x/a"] }, old)));
    }

    private static ObjectMeta Meta(string json) => Some.Of(Kinds.ConfigMap, $$"""{"metadata":{{json}}}""").Metadata;

    private static string Text(IReadOnlyList<FieldError> errors) => errors.Count == 0 ? "none" : Some.Said(errors);
}
