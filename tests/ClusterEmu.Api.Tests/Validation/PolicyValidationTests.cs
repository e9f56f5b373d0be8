namespace ClusterEmu.Api.Tests;

/// <summary>Disruption budgets, autoscalers and priority classes.</summary>
public class PolicyValidationTests
{
    [Theory]
    [InlineData("""{"minAvailable":2,"selector":{"matchLabels":{"app":"web"}}}""", "")]
    [InlineData("""{"maxUnavailable":"50%","unhealthyPodEvictionPolicy":"AlwaysAllow"}""", "")]
    [InlineData("""{"minAvailable":1,"maxUnavailable":1}""",
        "spec: Invalid value: policy.PodDisruptionBudgetSpec{MinAvailable:(*intstr.IntOrString)(0xc000000000), Selector:(*v1.LabelSelector)(nil), MaxUnavailable:(*intstr.IntOrString)(0xc000000000), " +
        "UnhealthyPodEvictionPolicy:(*policy.UnhealthyPodEvictionPolicyType)(nil)}: minAvailable and maxUnavailable cannot be both set")]
    [InlineData("""{"minAvailable":-1}""", "spec.minAvailable: Invalid value: -1: must be greater than or equal to 0")]
    [InlineData("""{"maxUnavailable":"101%"}""", "spec.maxUnavailable: Invalid value: intstr.IntOrString{Type:1, IntVal:0, StrVal:\"101%\"}: must not be greater than 100%")]
    [InlineData("""{"selector":{"matchLabels":{"a":"b c"}}}""", "spec.selector.matchLabels: Invalid value: \"b c\": a valid label must be")]
    [InlineData("""{"unhealthyPodEvictionPolicy":"Never"}""", "spec.unhealthyPodEvictionPolicy: Unsupported value: \"Never\": supported values: \"AlwaysAllow\", \"IfHealthyBudget\"")]
    public void Budgets_AreChecked(string spec, string said) => Begins(said, Kinds.PodDisruptionBudget, $$$$"""{"metadata":{"name":"b","namespace":"shop"},"spec":{{{{spec}}}}}""");

    [Fact]
    public void Budgets_AreNotOverwrittenBlindly_AndCountGenerations()
    {
        var old = Some.Stored(SpecStrategy.PrepareForCreate(Some.Of(Kinds.PodDisruptionBudget, """{"metadata":{"name":"b","namespace":"shop"},"spec":{"minAvailable":1},"status":{"currentHealthy":3}}""")));
        Assert.Equal((1, 0), (old.Metadata.Generation, old.Status.CurrentHealthy));
        var wanted = old with { Spec = old.Spec with { MinAvailable = 2 }, Status = old.Status with { CurrentHealthy = 9 } };
        var put = SpecStrategy.PrepareForUpdate(wanted, old, status: false);
        Assert.Equal((2, 0), (put.Metadata.Generation, put.Status.CurrentHealthy));
        Assert.Empty(PodDisruptionBudgetValidation.Update(put, old));
        var blind = SpecStrategy.PrepareForUpdate(wanted with { Metadata = wanted.Metadata with { ResourceVersion = "" } }, old, status: false);
        Assert.Equal("metadata.resourceVersion: Invalid value: 0x0: must be specified for an update", Some.Said(PodDisruptionBudgetValidation.Update(blind, old)));
        var reported = SpecStrategy.PrepareForUpdate(wanted, old, status: true);
        Assert.Equal((1, 9), (reported.Metadata.Generation, reported.Status.CurrentHealthy));
        Assert.Same(old.Spec, reported.Spec);
        var bad = reported with { Status = new() { DisruptionsAllowed = -1, Conditions = [new Condition { Type = "DisruptionAllowed", Status = "Maybe" }] } };
        Assert.Equal(
            "status.conditions[0].status: Unsupported value: \"Maybe\": supported values: \"False\", \"True\", \"Unknown\" | status.conditions[0].lastTransitionTime: Required value: must be set | " +
            "status.conditions[0].reason: Required value: must be set | status.disruptionsAllowed: Invalid value: -1: must be greater than or equal to 0",
            Some.Said(PodDisruptionBudgetValidation.Update(bad, old)));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("\"maxReplicas\":0,", "spec.maxReplicas: Invalid value: 0: must be greater than 0 | spec.maxReplicas: Invalid value: 0: must be greater than or equal to `minReplicas`")]
    [InlineData("\"minReplicas\":0,", "spec.minReplicas: Invalid value: 0: must be greater than or equal to 1")]
    [InlineData("\"scaleTargetRef\":{\"kind\":\"a/b\"},", "spec.scaleTargetRef.kind: Invalid value: \"a/b\": may not contain '/' | spec.scaleTargetRef.name: Required value")]
    [InlineData("\"metrics\":[{\"type\":\"Magic\"}],",
        "spec.metrics[0].type: Unsupported value: \"Magic\": supported values: \"ContainerResource\", \"External\", \"Object\", \"Pods\", \"Resource\"")]
    [InlineData("\"metrics\":[{\"type\":\"Pods\",\"resource\":{\"name\":\"cpu\",\"target\":{\"type\":\"Utilization\",\"averageUtilization\":5}}}],",
        "spec.metrics[0].pods: Required value: must populate information for the given metric source")]
    [InlineData("\"metrics\":[{\"type\":\"Resource\",\"resource\":{\"name\":\"\",\"target\":{\"type\":\"x\",\"averageUtilization\":0}}}],",
        "spec.metrics[0].resource.name: Required value: must specify a resource name | spec.metrics[0].resource.target.type: Invalid value: \"x\": must be either Utilization, Value, or AverageValue | " +
        "spec.metrics[0].resource.target.averageUtilization: Invalid value: 0: must be greater than 0")]
    [InlineData("\"metrics\":[{\"type\":\"External\",\"external\":{\"metric\":{\"name\":\"q\"},\"target\":{\"type\":\"Value\"}}}],",
        "spec.metrics[0].external.target.averageValue: Required value: must set either a target value for metric or a per-pod target")]
    [InlineData("\"metrics\":[{\"type\":\"Pods\",\"pods\":{\"metric\":{\"name\":\"q\"},\"target\":{\"type\":\"AverageValue\"}},\"external\":{\"metric\":{\"name\":\"q\"},\"target\":{\"type\":\"Value\",\"value\":1}}}],",
        "spec.metrics[0].external: Forbidden: must populate the given metric source only")]
    [InlineData("\"behavior\":{\"scaleUp\":{\"stabilizationWindowSeconds\":3601,\"selectPolicy\":\"Most\",\"policies\":[{\"type\":\"x\",\"value\":0,\"periodSeconds\":1801}]}},",
        "spec.behavior.scaleUp.stabilizationWindowSeconds: Invalid value: 3601: must be less than or equal to 3600 | spec.behavior.scaleUp.selectPolicy: Unsupported value: \"Most\": supported values: \"Disabled\", \"Max\", \"Min\" | " +
        "spec.behavior.scaleUp.policies[0].type: Unsupported value: \"x\": supported values: \"Percent\", \"Pods\" | spec.behavior.scaleUp.policies[0].value: Invalid value: 0: must be greater than zero | " +
        "spec.behavior.scaleUp.policies[0].periodSeconds: Invalid value: 1801: must be less than or equal to 1800")]
    public void Autoscalers_AreChecked(string part, string said)
    {
        var rest = (part.Contains("scaleTargetRef", StringComparison.Ordinal) ? "" : "\"scaleTargetRef\":{\"kind\":\"Deployment\",\"name\":\"web\"},")
            + (part.Contains("maxReplicas", StringComparison.Ordinal) ? "" : "\"maxReplicas\":3,");
        var spec = (part + rest).TrimEnd(',');
        Begins(said, Kinds.HorizontalPodAutoscaler, $$$$"""{"metadata":{"name":"a","namespace":"shop"},"spec":{{{{{spec}}}}}}""");
    }

    [Theory]
    [InlineData("high", 1_000_000_000, "", "")]
    [InlineData("high", 1_000_000_001, "", "value: Forbidden: maximum allowed value of a user defined priority is 1000000000")]
    [InlineData("system-node-critical", 2_000_001_000, "", "")]
    [InlineData("system-node-critical", 5, "", "metadata.name: Forbidden: priority class names with 'system-' prefix are reserved for system use only. error: value of system-node-critical PriorityClass must be 2000001000")]
    [InlineData("system-mine", 5, "", "metadata.name: Forbidden: priority class names with 'system-' prefix are reserved for system use only. error: system-mine is not a known system priority class")]
    [InlineData("p", 5, ",\"preemptionPolicy\":\"Maybe\"", "preemptionPolicy: Unsupported value: \"Maybe\": supported values: \"PreemptLowerPriority\", \"Never\"")]
    public void PriorityClasses_AreChecked(string name, int value, string more, string said) =>
        Begins(said, Kinds.PriorityClass, $$$$"""{"metadata":{"name":"{{{{name}}}}"},"value":{{{{value}}}}{{{{more}}}}}""");

    [Fact]
    public void PriorityClasses_KeepTheirValue()
    {
        var old = Some.Stored(PriorityClassDefaults.Apply(Some.Of(Kinds.PriorityClass, """{"metadata":{"name":"p"},"value":5}""")));
        Assert.Equal(
            "value: Forbidden: may not be changed in an update. | preemptionPolicy: Invalid value: \"Never\": field is immutable",
            Some.Said(PriorityClassValidation.Update(old with { Value = 6, PreemptionPolicy = "Never" }, old)));
        Assert.Empty(PriorityClassValidation.Update(old with { Description = "other", GlobalDefault = true }, old));
    }

    [Theory]
    [InlineData("\"handler\":\"runsc\"", "")]
    [InlineData("\"handler\":\"a.b\"", "handler: Invalid value: \"a.b\": must not contain dots")]
    [InlineData("\"handler\":\"h\",\"overhead\":{\"podFixed\":{\"cpu\":\"-1\"}}", "overhead.limits[cpu]: Invalid value: \"-1\": must be greater than or equal to 0")]
    [InlineData("\"handler\":\"h\",\"scheduling\":{\"tolerations\":[{\"key\":\"a\",\"operator\":\"Exists\"},{\"key\":\"a\",\"operator\":\"Exists\"}]}",
        "scheduling.tolerations[1]: Duplicate value: core.Toleration{Key:\"a\", Operator:\"Exists\", Value:\"\", Effect:\"\", TolerationSeconds:(*int64)(nil)}")]
    public void RuntimeClasses_AreChecked(string part, string said) => Begins(said, Kinds.RuntimeClass, $$$$"""{"metadata":{"name":"r"},{{{{part}}}}}""");

    private static void Begins<T>(string said, KindInfo<T> kind, string json) where T : class, IKubeObject
    {
        var found = Some.Said(kind.ValidateCreate(kind.WithDefaults(Some.Of(kind, json))));
        if (said.Length == 0) Assert.Equal("", found);
        else Assert.StartsWith(said, found, StringComparison.Ordinal);
    }
}
