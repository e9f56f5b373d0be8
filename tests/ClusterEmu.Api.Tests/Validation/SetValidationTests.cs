namespace ClusterEmu.Api.Tests;

/// <summary>StatefulSets, DaemonSets, ReplicationControllers, PodTemplates, ControllerRevisions.</summary>
public class SetValidationTests
{
    private const string Template = "\"template\":{\"metadata\":{\"labels\":{\"app\":\"web\"}},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}";
    private const string Rest = "\"selector\":{\"matchLabels\":{\"app\":\"web\"}}," + Template;

    [Theory]
    [InlineData(Rest, "")]
    [InlineData("\"podManagementPolicy\":\"Parallel\",\"ordinals\":{\"start\":5},\"updateStrategy\":{\"type\":\"OnDelete\"},\"volumeClaimTemplates\":[{\"metadata\":{\"name\":\"d\"}}]," + Rest, "")]
    [InlineData("\"podManagementPolicy\":\"Any\"," + Rest, "spec.podManagementPolicy: Invalid value: \"Any\": must be 'OrderedReady' or 'Parallel'")]
    [InlineData("\"replicas\":-1,\"minReadySeconds\":-1,\"ordinals\":{\"start\":-1}," + Rest,
        "spec.replicas: Invalid value: -1: must be greater than or equal to 0 | spec.minReadySeconds: Invalid value: -1: must be greater than or equal to 0 | spec.ordinals.start: Invalid value: -1: must be greater than or equal to 0")]
    [InlineData("\"updateStrategy\":{\"type\":\"OnDelete\",\"rollingUpdate\":{\"partition\":1}}," + Rest,
        "spec.updateStrategy.rollingUpdate: Invalid value: apps.RollingUpdateStatefulSetStrategy{Partition:1, MaxUnavailable:(*intstr.IntOrString)(nil)}: only allowed for updateStrategy 'RollingUpdate'")]
    [InlineData("\"updateStrategy\":{\"type\":\"No\"}," + Rest,
        "spec.updateStrategy: Invalid value: apps.StatefulSetUpdateStrategy{Type:\"No\", RollingUpdate:(*apps.RollingUpdateStatefulSetStrategy)(nil)}: must be 'RollingUpdate' or 'OnDelete'")]
    [InlineData("\"updateStrategy\":{\"rollingUpdate\":{\"partition\":-1,\"maxUnavailable\":0}}," + Rest,
        "spec.updateStrategy.rollingUpdate.partition: Invalid value: -1: must be greater than or equal to 0 | spec.updateStrategy.rollingUpdate.maxUnavailable: Invalid value: intstr.IntOrString{Type:0, IntVal:0, StrVal:\"\"}: cannot be 0")]
    [InlineData("\"persistentVolumeClaimRetentionPolicy\":{\"whenDeleted\":\"Keep\"}," + Rest, "spec.persistentVolumeClaimRetentionPolicy.whenDeleted: Unsupported value: \"Keep\": supported values: \"Retain\", \"Delete\"")]
    [InlineData(Template, "spec.selector: Required value | spec.template.metadata.labels: Invalid value: map[string]string{\"app\":\"web\"}: `selector` does not match template `labels`")]
    [InlineData("\"selector\":{}," + Template,
        "spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string(nil), MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: empty selector is invalid for statefulset")]
    [InlineData("\"selector\":{\"matchLabels\":{\"app\":\"web\"}},\"template\":{\"metadata\":{\"labels\":{\"app\":\"web\"}},\"spec\":{\"restartPolicy\":\"Never\",\"activeDeadlineSeconds\":1}}",
        "spec.template.spec.restartPolicy: Unsupported value: \"Never\": supported values: \"Always\" | spec.template.spec.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in StatefulSet is not Supported")]
    public void StatefulSets(string spec, string said) => Assert.Equal(said, Said(Kinds.StatefulSet, spec));

    [Theory]
    [InlineData(Rest, "")]
    [InlineData("\"updateStrategy\":{\"rollingUpdate\":{\"maxUnavailable\":0,\"maxSurge\":\"50%\"}}," + Rest, "")]
    [InlineData("\"updateStrategy\":{\"rollingUpdate\":{\"maxUnavailable\":0}}," + Rest, "spec.updateStrategy.rollingUpdate.maxUnavailable: Required value: cannot be 0 when maxSurge is 0")]
    [InlineData("\"updateStrategy\":{\"rollingUpdate\":{\"maxSurge\":1}}," + Rest,
        "spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: intstr.IntOrString{Type:0, IntVal:1, StrVal:\"\"}: may not be set when maxUnavailable is non-zero")]
    [InlineData("\"updateStrategy\":{\"rollingUpdate\":{\"maxUnavailable\":\"101%\"}}," + Rest,
        "spec.updateStrategy.rollingUpdate.maxUnavailable: Invalid value: intstr.IntOrString{Type:1, IntVal:0, StrVal:\"101%\"}: must not be greater than 100%")]
    [InlineData("\"updateStrategy\":{\"type\":\"No\"}," + Rest,
        "spec.updateStrategy: Unsupported value: apps.DaemonSetUpdateStrategy{Type:\"No\", RollingUpdate:(*apps.RollingUpdateDaemonSet)(nil)}: supported values: \"RollingUpdate\", \"OnDelete\"")]
    [InlineData("\"minReadySeconds\":-1,\"revisionHistoryLimit\":-1," + Rest,
        "spec.minReadySeconds: Invalid value: -1: must be greater than or equal to 0 | spec.revisionHistoryLimit: Invalid value: -1: must be greater than or equal to 0")]
    [InlineData("\"selector\":{\"matchLabels\":{\"a\":\"b\"}}," + Template, "spec.template.metadata.labels: Invalid value: map[string]string{\"app\":\"web\"}: `selector` does not match template `labels`")]
    [InlineData("\"selector\":{}," + Template,
        "spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string(nil), MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: empty selector is invalid for daemonset")]
    public void DaemonSets(string spec, string said) => Assert.Equal(said, Said(Kinds.DaemonSet, spec));

    [Theory]
    [InlineData(Template, "")]
    [InlineData("\"selector\":{\"app\":\"web\"},\"replicas\":0," + Template, "")]
    [InlineData("\"replicas\":-1,\"minReadySeconds\":-1," + Template,
        "spec.minReadySeconds: Invalid value: -1: must be greater than or equal to 0 | spec.replicas: Invalid value: -1: must be greater than or equal to 0")]
    [InlineData("\"replicas\":1", "spec.selector: Required value | spec.template: Required value")]
    [InlineData("\"selector\":{\"a\":\"b\"}," + Template, "spec.template.metadata.labels: Invalid value: map[string]string{\"app\":\"web\"}: `selector` does not match template `labels`")]
    public void ReplicationControllers(string spec, string said) => Assert.Equal(said, Said(Kinds.ReplicationController, spec));

    [Theory]
    [InlineData("Web", "metadata.name: Invalid value: \"Web\": a lowercase RFC 1123 label")]
    [InlineData("a.b", "metadata.name: Invalid value: \"a.b\": must not contain dots")]
    public void AStatefulSetsName_IsALabel(string name, string said) =>
        Assert.StartsWith(said, Some.Said(Kinds.StatefulSet.ValidateCreate(Prepared(Kinds.StatefulSet, Rest, name))), StringComparison.Ordinal);

    [Fact]
    public void PodTemplatesAndRevisions()
    {
        Assert.Equal("template.spec.containers: Required value", Some.Said(PodTemplateValidation.Create((PodTemplate)Kinds.PodTemplate.WithDefaults(
            Some.Of(Kinds.PodTemplate, """{"metadata":{"name":"a","namespace":"b"},"template":{}}""")))));
        var revision = Some.Stored(Some.Of(Kinds.ControllerRevision, """{"metadata":{"name":"a","namespace":"b"},"data":{"spec":{}},"revision":1}"""));
        Assert.Empty(ControllerRevisionValidation.Create(revision));
        Assert.Equal("data: Required value: data is mandatory | revision: Invalid value: -1: must be greater than or equal to 0",
            Some.Said(ControllerRevisionValidation.Create(revision with { Data = null, Revision = -1 })));
        Assert.Empty(ControllerRevisionValidation.Update(revision with { Revision = 2 }, revision));
        var other = Some.Of(Kinds.ControllerRevision, """{"data":{"spec":1}}""");
        Assert.Equal("data: Invalid value: runtime.RawExtension{…}: field is immutable", Some.Said(ControllerRevisionValidation.Update(revision with { Data = other.Data }, revision)));
    }

    [Fact]
    public void AStatefulSet_KeepsWhatItsPodsAreMadeWith()
    {
        var old = Some.Stored((StatefulSet)Prepared(Kinds.StatefulSet, "\"serviceName\":\"web\"," + Rest));
        Assert.Empty(StatefulSetValidation.Update(old with { Spec = old.Spec with { Replicas = 5, MinReadySeconds = 3, Ordinals = new() { Start = 2 } } }, old));
        Assert.Equal(
            "spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
            Some.Said(StatefulSetValidation.Update(old with { Spec = old.Spec with { ServiceName = "other" } }, old)));
        var set = old with { Status = new() { Replicas = 1, ReadyReplicas = 0, AvailableReplicas = 2, CurrentReplicas = 2 } };
        Assert.Equal(
            "status.currentReplicas: Invalid value: 2: cannot be greater than status.replicas | status.availableReplicas: Invalid value: 2: cannot be greater than status.replicas | "
            + "status.availableReplicas: Invalid value: 2: cannot be greater than status.readyReplicas",
            Some.Said(StatefulSetValidation.Update(set, old)));
    }

    private static string Said<T>(KindInfo<T> kind, string spec) where T : class, IKubeObject => Some.Said(kind.ValidateCreate(Prepared(kind, spec)));

    private static IKubeObject Prepared<T>(KindInfo<T> kind, string spec, string name = "web") where T : class, IKubeObject =>
        kind.PrepareForCreate(kind.WithDefaults(Some.Of(kind, "{\"metadata\":{\"name\":\"" + name + "\",\"namespace\":\"shop\"},\"spec\":{" + spec + "}}")));
}
