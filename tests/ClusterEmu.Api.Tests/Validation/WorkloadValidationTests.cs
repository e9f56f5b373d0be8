namespace ClusterEmu.Api.Tests;

public class WorkloadValidationTests
{
    private const string Rest = "\"selector\":{\"matchLabels\":{\"app\":\"web\"}},\"template\":{\"metadata\":{\"labels\":{\"app\":\"web\"}},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}";

    [Theory]
    [InlineData("the least", "")]
    [InlineData("counts", "\"replicas\":0,\"minReadySeconds\":5,\"revisionHistoryLimit\":0,")]
    [InlineData("all at once", "\"strategy\":{\"type\":\"Recreate\"},")]
    [InlineData("shares", "\"strategy\":{\"rollingUpdate\":{\"maxUnavailable\":\"100%\",\"maxSurge\":0}},")]
    public void Deployment_Accepts(string because, string part) =>
        Assert.True(DeploymentValidation.Create(Some.Deployment("{" + part + Rest + "}")) is [], because);

    [Theory]
    [InlineData("\"replicas\":-1,", "spec.replicas: Invalid value: -1: must be greater than or equal to 0")]
    [InlineData("\"minReadySeconds\":-1,", "spec.minReadySeconds: Invalid value: -1: must be greater than or equal to 0")]
    [InlineData("\"revisionHistoryLimit\":-1,", "spec.revisionHistoryLimit: Invalid value: -1: must be greater than or equal to 0")]
    [InlineData("\"progressDeadlineSeconds\":5,\"minReadySeconds\":5,", "spec.progressDeadlineSeconds: Invalid value: 5: must be greater than minReadySeconds")]
    [InlineData("\"strategy\":{\"type\":\"Recreate\",\"rollingUpdate\":{}},", "spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'")]
    [InlineData("\"strategy\":{\"type\":\"BlueGreen\"},",
        "spec.strategy: Unsupported value: apps.DeploymentStrategy{Type:\"BlueGreen\", RollingUpdate:(*apps.RollingUpdateDeployment)(nil)}: supported values: \"Recreate\", \"RollingUpdate\"")]
    [InlineData("\"strategy\":{\"rollingUpdate\":{\"maxUnavailable\":0,\"maxSurge\":0}},",
        "spec.strategy.rollingUpdate.maxUnavailable: Invalid value: intstr.IntOrString{Type:0, IntVal:0, StrVal:\"\"}: may not be 0 when `maxSurge` is 0")]
    [InlineData("\"strategy\":{\"rollingUpdate\":{\"maxUnavailable\":\"101%\"}},",
        "spec.strategy.rollingUpdate.maxUnavailable: Invalid value: intstr.IntOrString{Type:1, IntVal:0, StrVal:\"101%\"}: must not be greater than 100%")]
    [InlineData("\"strategy\":{\"rollingUpdate\":{\"maxSurge\":\"half\"}},",
        "spec.strategy.rollingUpdate.maxSurge: Invalid value: intstr.IntOrString{Type:1, IntVal:0, StrVal:\"half\"}: a valid percent string must be a numeric string followed by an ending '%' " +
        "(e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')")]
    public void Deployment_Refuses(string part, string said) =>
        Assert.Equal(said, Some.Said(DeploymentValidation.Create(Some.Deployment("{" + part + Rest + "}"))));

    [Theory]
    [InlineData("""{"template":{"spec":{"containers":[{"name":"c","image":"i"}]}}}""",
        "spec.selector: Required value | spec.template.metadata.labels: Invalid value: map[string]string(nil): `selector` does not match template `labels`")]
    [InlineData("""{"selector":{},"template":{"spec":{"containers":[{"name":"c","image":"i"}]}}}""",
        "spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string(nil), MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: empty selector is invalid for deployment")]
    [InlineData("""{"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}""",
        "spec.template.metadata.labels: Invalid value: map[string]string{\"app\":\"web\"}: `selector` does not match template `labels`")]
    [InlineData("""{"selector":{"matchExpressions":[{"key":"a","operator":"Like","values":["b"]}]},"template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}""",
        "spec.selector.matchExpressions[0].operator: Invalid value: \"Like\": not a valid selector operator | spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string(nil), " +
        "MatchExpressions:[]v1.LabelSelectorRequirement{v1.LabelSelectorRequirement{Key:\"a\", Operator:\"Like\", Values:[]string{\"b\"}}}}: invalid label selector")]
    [InlineData("""{"selector":{"matchExpressions":[{"key":"a","operator":"In"},{"key":"b","operator":"Exists","values":["x"]}]},"template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}""",
        "spec.selector.matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn' | " +
        "spec.selector.matchExpressions[1].values: Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist' | spec.selector: Invalid value")]
    [InlineData("""{"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},"spec":{"restartPolicy":"Never","activeDeadlineSeconds":5,"containers":[]}}}""",
        "spec.template.spec.containers: Required value | spec.template.spec.restartPolicy: Unsupported value: \"Never\": supported values: \"Always\" | " +
        "spec.template.spec.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in ReplicaSet is not Supported")]
    public void Template_MustFitTheSelector(string spec, string said)
    {
        Assert.StartsWith(said, Some.Said(DeploymentValidation.Create(Some.Deployment(spec))), StringComparison.Ordinal);
        var set = Some.Of(Kinds.ReplicaSet, $$"""{"metadata":{"name":"web","namespace":"shop"},"spec":{{spec}}}""");
        Assert.StartsWith(said, Some.Said(ReplicaSetValidation.Create(ReplicaSetDefaults.Apply(set))), StringComparison.Ordinal);
    }

    [Fact]
    public void Selector_IsImmutable()
    {
        var old = Some.Stored(Some.Deployment("{" + Rest + "}"));
        var other = new LabelSelector { MatchLabels = new Dictionary<string, string> { ["app"] = "shop" } };
        var template = old.Spec.Template with { Metadata = old.Spec.Template.Metadata with { Labels = other.MatchLabels } };
        Assert.Equal(
            "spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string{\"app\":\"shop\"}, MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: field is immutable",
            Some.Said(DeploymentValidation.Update(old with { Spec = old.Spec with { Selector = other, Template = template } }, old)));
        Assert.Empty(DeploymentValidation.Update(old with { Spec = old.Spec with { Replicas = 5 } }, old));
    }

    [Fact]
    public void Generation_CountsSpecifications()
    {
        var old = Some.Stored(Some.Deployment("{" + Rest + "}"));
        Assert.Equal(1, old.Metadata.Generation);
        Assert.Equal(2, Put(old with { Spec = old.Spec with { Replicas = 5 } }));
        Assert.Equal(2, Put(old with { Metadata = old.Metadata with { Annotations = new Dictionary<string, string> { ["a"] = "b" } } }));
        Assert.Equal(1, Put(old with { Metadata = old.Metadata with { Labels = new Dictionary<string, string> { ["a"] = "b" }, Generation = 7 } }));
        Assert.Equal(1, Put(Some.Stored(Some.Deployment("{" + Rest + "}"))));
        Assert.Equal(1, Put(old with { Status = new() { Replicas = 5 } }));

        long Put(Deployment wanted) => WorkloadStrategy.PrepareForUpdate(wanted, old, status: false).Metadata.Generation;
    }

    [Fact]
    public void Status_IsTakenAlone()
    {
        var old = Some.Stored(Some.Deployment("{" + Rest + "}"));
        var wanted = old with
        {
            Metadata = old.Metadata with { Labels = new Dictionary<string, string> { ["a"] = "b" } },
            Spec = old.Spec with { Replicas = 9 },
            Status = new() { Replicas = 2, ReadyReplicas = 1, AvailableReplicas = 1, UpdatedReplicas = 2, ObservedGeneration = 1 },
        };
        var reported = WorkloadStrategy.PrepareForUpdate(wanted, old, status: true);
        Assert.Same(old.Spec, reported.Spec);
        Assert.Empty(reported.Metadata.Labels);
        Assert.Equal((2, 1L), (reported.Status.Replicas, reported.Metadata.Generation));
        Assert.Empty(DeploymentValidation.Update(reported, old));
    }

    [Fact]
    public void Status_PartsAreNotMoreThanTheWhole()
    {
        var old = Some.Stored(Some.Deployment("{" + Rest + "}"));
        Assert.Equal(
            "status.replicas: Invalid value: -1: must be greater than or equal to 0 | status.updatedReplicas: Invalid value: 1: cannot be greater than status.replicas | " +
            "status.readyReplicas: Invalid value: 0: cannot be greater than status.replicas | status.availableReplicas: Invalid value: 1: cannot be greater than status.replicas | " +
            "status.availableReplicas: Invalid value: 1: cannot be greater than readyReplicas",
            Some.Said(DeploymentValidation.Update(old with { Status = new() { Replicas = -1, UpdatedReplicas = 1, AvailableReplicas = 1 } }, old)));
        var collided = old with { Status = new() { CollisionCount = 2 } };
        Assert.Equal("status.collisionCount: Invalid value: 1: cannot be decremented", Some.Said(DeploymentValidation.Update(old with { Status = new() { CollisionCount = 1 } }, collided)));

        var set = Some.Stored(ReplicaSetDefaults.Apply(Some.Of(Kinds.ReplicaSet, "{\"metadata\":{\"name\":\"a\",\"namespace\":\"b\"},\"spec\":{" + Rest + "}}")));
        Assert.Equal("status.fullyLabeledReplicas: Invalid value: 2: cannot be greater than status.replicas",
            Some.Said(ReplicaSetValidation.Update(set with { Status = new() { Replicas = 1, FullyLabeledReplicas = 2 } }, set)));
    }

    [Theory]
    [InlineData("""{"metadata":{"name":"web","namespace":"shop"},"spec":{"replicas":3}}""", "")]
    [InlineData("""{"metadata":{"name":"web","namespace":"shop"},"spec":{"replicas":-3}}""", "spec.replicas: Invalid value: -3: must be greater than or equal to 0")]
    public void Scale_IsChecked(string scale, string said) => Assert.Equal(said, Some.Said(ScaleValidation.Create(Some.Of(Kinds.Scale, scale))));
}
