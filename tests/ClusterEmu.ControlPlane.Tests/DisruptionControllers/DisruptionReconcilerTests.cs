using System.Globalization;
using ClusterEmu.Api;
using ClusterEmu.Client.Tests;

namespace ClusterEmu.ControlPlane.Tests;

public sealed class DisruptionReconcilerTests
{
    private static readonly ReplicaSet Owner = Make.ReplicaSet(4);

    [Theory] // specification (min or max), Pods of a workload of 4; allowed/healthy/desired/expected
    [InlineData("min", "3", "a+ b+ c+ d+", "1/4/3/4")]
    [InlineData("min", "3", "a+ b+ c+ d", "0/3/3/4")]
    [InlineData("min", "3", "a+ b+ c+ d+!", "0/3/3/4")]
    [InlineData("min", "0", "a+", "1/1/0/1")]
    [InlineData("min", "0", "", "0/0/0/0")]
    [InlineData("min", "50%", "a+ b+ c+", "1/3/2/4")]
    [InlineData("min", "51%", "a+ b+ c+", "0/3/3/4")]
    [InlineData("max", "1", "a+ b+ c+ d+", "1/4/3/4")]
    [InlineData("max", "1", "a+ b+ c+", "0/3/3/4")]
    [InlineData("max", "30%", "a+ b+ c+ d+", "2/4/2/4")]
    [InlineData("max", "9", "a+", "1/1/0/4")]
    public void Counts_FollowPodsAndBudget(string bound, string amount, string pods, string expected)
    {
        var plan = Plan(Budget(bound, amount), Make.Pods(pods, Owner));
        Assert.Equal(expected, Shown(plan));
        Assert.Equal(expected[0] == '0' ? "InsufficientPods False" : "SufficientPods True", Condition(plan));
    }

    [Fact]
    public void APlanForWhatIsThere_IsEmpty()
    {
        var first = Plan(Budget("min", "1"), Make.Pods("a+ b+", Owner));
        Assert.Empty(Plan(Written(first), Make.Pods("a+ b+", Owner)).Calls);
    }

    [Fact]
    public void PodsWithoutOwner_AreToldOf_WhereTheNumberDependsOnIt()
    {
        Assert.Contains(Plan(Budget("max", "1"), Make.Pods("a+")).Events, told => told.Reason == "UnmanagedPods"
            && told.Message.StartsWith("Pods selected by this PodDisruptionBudget (selector: &LabelSelector{MatchLabels:map[string]string{app: web,},MatchExpressions:[]LabelSelectorRequirement{},}) were found", StringComparison.Ordinal));
        Assert.Empty(Plan(Budget("min", "1"), Make.Pods("a+")).Events);
        Assert.Equal(["NoPods"], Plan(Budget("min", "1"), []).Events.Select(told => told.Reason));
    }

    [Fact]
    public void AnUnknownOwner_LocksTheBudget()
    {
        var before = Written(Plan(Budget("max", "1"), Make.Pods("a+ b+ c+ d+", Owner)));
        var plan = DisruptionReconciler.Plan(new DisruptionFacts(before, Make.Pods("a+", Owner), _ => null, Make.Noon));
        Assert.Equal("0/4/3/4", Shown(plan));
        Assert.Equal("SyncFailed False", Condition(plan));
        Assert.Equal("found no controllers for pod \"a\"", Written(plan).Status.Conditions[0].Message);
        Assert.Equal("CalculateExpectedPodCountFailed", plan.Events.Single().Reason);
    }

    [Theory] // seconds since the eviction; healthy; whether it is remembered; seconds until the next look
    [InlineData(0, 1, true, 120)]
    [InlineData(119, 1, true, 1)]
    [InlineData(121, 2, false, null)]
    public void AnEvictedPod_CountsAsGone_ForTwoMinutes(int seconds, int healthy, bool remembered, int? again)
    {
        var budget = Budget("min", "0");
        budget = budget with { Status = budget.Status with { DisruptedPods = new Dictionary<string, DateTimeOffset> { ["a"] = Make.Noon.AddSeconds(-seconds), ["gone"] = Make.Noon } } };
        var plan = Plan(budget, Make.Pods("a+ b+", Owner));
        var status = Written(plan).Status;
        Assert.Equal((healthy, remembered ? "a" : ""), (status.CurrentHealthy, string.Join(',', status.DisruptedPods.Keys)));
        Assert.Equal(again, (int?)plan.LookAgainAfter?.TotalSeconds);
        Assert.Equal(remembered ? "" : "NotDeleted", string.Join(',', plan.Events.Select(told => told.Reason)));
    }

    [Fact]
    public async Task TheController_FollowsPodsAndWorkloads()
    {
        await using var cluster = new SmallCluster();
        cluster.Client.Put(Make.Deployment(3));
        cluster.Client.Put(Budget("max", "1") with { Status = PodDisruptionBudgetStatus.Empty });
        await Until("1/3/2/3");
        var web = cluster.Client.Find<Deployment>("default", "web")!;
        cluster.Client.Put(web with { Spec = web.Spec with { Replicas = 5 } });
        await Until("1/5/4/5");
        cluster.Client.Put(cluster.Client.Find<PodDisruptionBudget>("default", "budget")! with { Spec = Budget("min", "1").Spec });
        await Until("4/5/1/5");

        Task Until(string counts) => LiveSystem.Until(
            () => cluster.Client.Find<PodDisruptionBudget>("default", "budget") is { } budget && Counts(budget.Status) == counts, $"a budget of {counts}");
    }

    private static PodDisruptionBudget Budget(string bound, string amount)
    {
        IntOrString share = int.TryParse(amount, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : amount;
        var spec = new PodDisruptionBudgetSpec { Selector = new LabelSelector { MatchLabels = Some.Labels("app=web") } };
        return new PodDisruptionBudget
        {
            Metadata = Make.Meta("budget"),
            Spec = bound == "min" ? spec with { MinAvailable = share } : spec with { MaxUnavailable = share },
        };
    }

    private static ControllerPlan Plan(PodDisruptionBudget budget, IReadOnlyList<Pod> pods) => DisruptionReconciler.Plan(
        new DisruptionFacts(budget, pods, owner => owner.Uid == Owner.Metadata.Uid ? new DisruptionScale(owner.Uid, 4) : null, Make.Noon));

    private static PodDisruptionBudget Written(ControllerPlan plan) => (PodDisruptionBudget)plan.Calls.Single().Body!;

    private static string Shown(ControllerPlan plan) => Counts(Written(plan).Status);

    private static string Counts(PodDisruptionBudgetStatus status) =>
        string.Create(CultureInfo.InvariantCulture, $"{status.DisruptionsAllowed}/{status.CurrentHealthy}/{status.DesiredHealthy}/{status.ExpectedPods}");

    private static string Condition(ControllerPlan plan) => Written(plan).Status.Conditions.Single() is var condition ? $"{condition.Reason} {condition.Status}" : "";
}
