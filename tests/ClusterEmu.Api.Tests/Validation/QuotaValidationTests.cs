namespace ClusterEmu.Api.Tests;

/// <summary>ResourceQuotas and LimitRanges.</summary>
public class QuotaValidationTests
{
    [Theory]
    [InlineData("""{"hard":{"cpu":"2","requests.memory":"1Gi","pods":"5","count/deployments.apps":"3","requests.example.com/gpu":"1","gold.storageclass.storage.k8s.io/requests.storage":"1Gi"}}""", "")]
    [InlineData("""{"hard":{"pods":"5"},"scopes":["BestEffort"],"scopeSelector":{"matchExpressions":[{"scopeName":"PriorityClass","operator":"In","values":["high"]}]}}""", "")]
    [InlineData("""{"hard":{"tea":"1"}}""",
        "spec.hard[tea]: Invalid value: \"tea\": must be a standard resource type or fully qualified | spec.hard[tea]: Invalid value: \"tea\": must be a standard resource for quota")]
    [InlineData("""{"hard":{"pods":"-1"}}""", "spec.hard[pods]: Invalid value: \"-1\": must be greater than or equal to 0")]
    [InlineData("""{"hard":{"cpu":"1"},"scopes":["BestEffort"]}""", "spec.scopes: Invalid value: []core.ResourceQuotaScope{\"BestEffort\"}: unsupported scope applied to resource")]
    [InlineData("""{"hard":{"pods":"1"},"scopes":["Some"]}""", "spec.scopes: Invalid value: []core.ResourceQuotaScope{\"Some\"}: unsupported scope")]
    [InlineData("""{"hard":{"pods":"1"},"scopes":["Terminating","NotTerminating"]}""",
        "spec.scopes: Invalid value: []core.ResourceQuotaScope{\"Terminating\", \"NotTerminating\"}: conflicting scopes")]
    [InlineData("""{"hard":{"pods":"1"},"scopeSelector":{"matchExpressions":[{"scopeName":"PriorityClass","operator":"In"},{"scopeName":"Terminating","operator":"Like"}]}}""",
        "spec.scopeSelector.matchExpressions.values: Required value: must be at least one value when `operator` is 'In' or 'NotIn' for scope selector | "
        + "spec.scopeSelector.matchExpressions.operator: Invalid value: \"Like\": must be 'Exist' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, "
        + "ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity | "
        + "spec.scopeSelector.matchExpressions.operator: Invalid value: \"Like\": not a valid selector operator")]
    public void Quotas(string spec, string said) =>
        Assert.Equal(said, Some.Said(ResourceQuotaValidation.Create(Some.Of(Kinds.ResourceQuota, $$"""{"metadata":{"name":"q","namespace":"shop"},"spec":{{spec}}}"""))));

    [Fact]
    public void AQuotasScopes_AreKept()
    {
        var old = Some.Stored(Some.Of(Kinds.ResourceQuota, """{"metadata":{"name":"q","namespace":"shop"},"spec":{"hard":{"pods":"1"}}}"""));
        Assert.Equal("spec.scopes: Invalid value: []core.ResourceQuotaScope{\"Terminating\"}: field is immutable",
            Some.Said(ResourceQuotaValidation.Update(old with { Spec = old.Spec with { Scopes = ["Terminating"] } }, old)));
    }

    [Theory]
    [InlineData("""{"type":"Container","max":{"cpu":"2"},"min":{"cpu":"100m"},"default":{"cpu":"1"},"defaultRequest":{"cpu":"500m"},"maxLimitRequestRatio":{"cpu":"4"}}""", "")]
    [InlineData("""{"type":"PersistentVolumeClaim","max":{"storage":"2Gi"}}""", "")]
    [InlineData("""{"type":"Box","max":{"cpu":"2"}}""", "spec.limits[0].type: Invalid value: \"Box\": must be a standard limit type or fully qualified")]
    [InlineData("""{"type":"PersistentVolumeClaim"}""", "spec.limits[0].limits: Required value: either minimum or maximum storage value is required, but neither was provided")]
    [InlineData("""{"type":"Pod","default":{"cpu":"1"},"defaultRequest":{"cpu":"1"}}""",
        "spec.limits[0].default: Forbidden: may not be specified when `type` is 'Pod' | spec.limits[0].defaultRequest: Forbidden: may not be specified when `type` is 'Pod'")]
    [InlineData("""{"type":"Pod","max":{"storage":"1"}}""", "spec.limits[0].max[storage]: Invalid value: \"storage\": must be a standard resource for containers")]
    public void Limits(string item, string said) => Assert.Equal(said, SaidOf(item));

    [Theory] // The value shown is a quantity as Go has it; what counts is where and why.
    [InlineData("""{"type":"Pod","max":{"cpu":"1"},"min":{"cpu":"2"}}""", "spec.limits[0].min[cpu]", "min value 2 is greater than max value 1")]
    [InlineData("""{"type":"Container","min":{"cpu":"2"},"default":{"cpu":"1"},"defaultRequest":{"cpu":"1"}}""", "spec.limits[0].defaultRequest[cpu]", "min value 2 is greater than default request value 1")]
    [InlineData("""{"type":"Container","default":{"cpu":"1"},"defaultRequest":{"cpu":"2"}}""", "spec.limits[0].defaultRequest[cpu]", "default request value 2 is greater than default limit value 1")]
    [InlineData("""{"type":"Container","max":{"cpu":"1"},"default":{"cpu":"2"},"defaultRequest":{"cpu":"1"}}""", "spec.limits[0].default[cpu]", "default value 2 is greater than max value 1")]
    [InlineData("""{"type":"Pod","maxLimitRequestRatio":{"cpu":"500m"}}""", "spec.limits[0].maxLimitRequestRatio[cpu]", "ratio 500m is less than 1")]
    [InlineData("""{"type":"Pod","max":{"cpu":"2"},"min":{"cpu":"1"},"maxLimitRequestRatio":{"cpu":"3"}}""", "spec.limits[0].maxLimitRequestRatio[cpu]", "ratio 3 is greater than max/min = 2.000000")]
    public void LimitsThatContradict(string item, string path, string why)
    {
        var said = SaidOf(item);
        Assert.StartsWith(path + ": Invalid value: resource.Quantity{", said, StringComparison.Ordinal);
        Assert.Contains(why, said, StringComparison.Ordinal);
    }

    private static string SaidOf(string item) => Some.Said(LimitRangeValidation.Create(LimitRangeDefaults.Apply(
        Some.Of(Kinds.LimitRange, $$$"""{"metadata":{"name":"l","namespace":"shop"},"spec":{"limits":[{{{item}}}]}}"""))));
}
