using System.Text;
using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.Tests;

public sealed class DefinitionReconcilerTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void NamesThatAreFree_AreAccepted_AndTheKindIsEstablished()
    {
        var definition = Definition("crontabs");
        var status = StatusOf(DefinitionReconciler.Plan(definition, [definition], Noon));
        Assert.Equal("NamesAccepted True NoConflicts, Established True InitialNamesAccepted", Said(status));
        Assert.Equal(definition.Spec.Names, status.AcceptedNames);
        Assert.Empty(DefinitionReconciler.Plan(definition with { Status = status }, [definition], Noon.AddHours(1)).Calls); // Nothing to do.
    }

    [Fact]
    public void NamesThatAreTaken_AreRefused_ButWhatWasEstablishedStays()
    {
        var first = Established("crontabs");
        var second = Definition("tabs");
        Assert.Equal("NamesAccepted False ListKindConflict, Established False NotAccepted", Said(StatusOf(DefinitionReconciler.Plan(second, [first, second], Noon))));
        var elsewhere = second with { Spec = second.Spec with { Group = "other.example.com" } };
        Assert.Equal("NamesAccepted True NoConflicts, Established True InitialNamesAccepted", Said(StatusOf(DefinitionReconciler.Plan(elsewhere, [first, elsewhere], Noon))));
        var renamed = first with { Spec = first.Spec with { Names = first.Spec.Names with { ShortNames = ["t"] } } };
        var other = Established("others", names => names with { Singular = "other", Kind = "Other", ListKind = "OtherList", ShortNames = ["t"] });
        var status = StatusOf(DefinitionReconciler.Plan(renamed, [renamed, other], Noon));
        Assert.Equal("NamesAccepted False ShortNamesConflict, Established True InitialNamesAccepted", Said(status));
        Assert.Equal(["ct"], status.AcceptedNames.ShortNames);
    }

    [Fact]
    public void ADefinitionThatGoes_DeletesItsObjectsFirst()
    {
        var ending = DefinitionConditions.Marked(Established("crontabs"), Noon);
        Assert.True(DefinitionReconciler.IsEnding(ending));
        Assert.Equal("NamesAccepted True NoConflicts, Established True InitialNamesAccepted, Terminating True InstanceDeletionPending", Said(ending.Status));
        var kind = DefinitionReconciler.Count(ending)!.Kind;
        IKubeObject[] left = [.. new[] { "b", "a", "b" }.Select((ns, i) => kind.Decode(Encoding.UTF8.GetBytes($$$"""{"metadata":{"name":"c{{{i}}}","namespace":"{{{ns}}}"}}""")))];
        var plan = DefinitionReconciler.PlanEnd(ending, left, Noon);
        Assert.Equal(["DeleteCollection a", "DeleteCollection b", "Update "], plan.Calls.Select(call => $"{call.Verb} {call.Namespace}"));
        Assert.NotNull(plan.LookAgainAfter);
        var last = (CustomResourceDefinition)Assert.Single(DefinitionReconciler.PlanEnd(ending, [], Noon).Calls).Body!;
        Assert.Empty(last.Metadata.Finalizers);
        Assert.Null(DefinitionReconciler.Count(Definition("crontabs"))); // Never served.
    }

    [Fact]
    public void ASchemaFromBeforeTheRules_IsCalledNonStructural()
    {
        var definition = Definition("crontabs");
        var version = definition.Spec.Versions[0] with { Schema = new CustomResourceValidation { OpenAPIV3Schema = new JSONSchemaProps() } };
        definition = definition with { Spec = definition.Spec with { Versions = [version] } };
        var condition = StatusOf(DefinitionReconciler.Plan(definition, [], Noon)).Conditions.Single(one => one.Type == "NonStructuralSchema");
        Assert.Equal(("True", "Violations", "spec.versions[0].schema.openAPIV3Schema.type: Required value: must not be empty at the root"), (condition.Status, condition.Reason, condition.Message));
    }

    [Theory]
    [InlineData("https://github.com/kubernetes/kubernetes/pull/1", "True ApprovedAnnotation")]
    [InlineData("unapproved, a trial", "False UnapprovedAnnotation")]
    public void GroupsOfTheCommunity_TellTheirApproval(string approval, string expected)
    {
        var definition = Definition("crontabs");
        definition = definition with
        {
            Metadata = definition.Metadata with { Annotations = new Dictionary<string, string> { ["api-approved.kubernetes.io"] = approval } },
            Spec = definition.Spec with { Group = "x.k8s.io" },
        };
        var condition = StatusOf(DefinitionReconciler.Plan(definition, [], Noon)).Conditions.Single(one => one.Type == "KubernetesAPIApprovalPolicyConformant");
        Assert.Equal(expected, $"{condition.Status} {condition.Reason}");
    }

    private static CustomResourceDefinition Definition(string plural) => new()
    {
        Metadata = new ObjectMeta { Name = plural + ".stable.example.com", Uid = plural },
        Spec = new CustomResourceDefinitionSpec
        {
            Group = "stable.example.com",
            Scope = "Namespaced",
            Names = new CustomResourceDefinitionNames { Plural = plural, Singular = "crontab", Kind = "CronTab", ListKind = "CronTabList", ShortNames = ["ct"] },
            Versions = [new CustomResourceDefinitionVersion { Name = "v1", Served = true, Storage = true, Schema = new CustomResourceValidation { OpenAPIV3Schema = new JSONSchemaProps { Type = "object" } } }],
        },
    };

    private static CustomResourceDefinition Established(string plural, Func<CustomResourceDefinitionNames, CustomResourceDefinitionNames>? names = null)
    {
        var definition = Definition(plural);
        if (names is not null) definition = definition with { Spec = definition.Spec with { Names = names(definition.Spec.Names) } };
        return definition with { Status = StatusOf(DefinitionReconciler.Plan(definition, [], Noon)) };
    }

    private static CustomResourceDefinitionStatus StatusOf(ControllerPlan plan)
    {
        var call = Assert.Single(plan.Calls);
        Assert.Equal("status", call.Subresource);
        return ((CustomResourceDefinition)call.Body!).Status;
    }

    private static string Said(CustomResourceDefinitionStatus status) => string.Join(", ", status.Conditions.Select(one => $"{one.Type} {one.Status} {one.Reason}"));
}
