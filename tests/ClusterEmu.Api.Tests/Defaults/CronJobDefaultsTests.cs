using System.Text;

namespace ClusterEmu.Api.Tests;

/// <summary>CronJobs are served in two versions that say the same.</summary>
public class CronJobDefaultsTests
{
    private const string Given = """{"metadata":{"name":"c","namespace":"n"},"spec":{"schedule":"@daily","jobTemplate":{"spec":{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"i"}]}}}}}}""";

    [Fact]
    public void BothVersionsGetTheSameDefaults()
    {
        var stored = CompleteOf(Kinds.CronJob);
        Assert.Equal(("Allow", false, 3, 1), (stored.Spec.ConcurrencyPolicy, stored.Spec.Suspend, stored.Spec.SuccessfulJobsHistoryLimit, stored.Spec.FailedJobsHistoryLimit));
        Assert.Equal("ClusterFirst", stored.Spec.JobTemplate.Spec.Template.Spec.DnsPolicy);
        Assert.Null(stored.Spec.JobTemplate.Spec.BackoffLimit); // Given to each Job when it is made.
        var beta = CompleteOf(Kinds.BetaCronJob);
        Assert.Equal(Kinds.CronJob.Encode(stored), Kinds.CronJob.Encode(Kinds.BetaCronJob.ToStorage(beta)));
    }

    [Fact]
    public void NothingIsLostOnTheWayToTheOtherVersionAndBack()
    {
        var stored = CompleteOf(Kinds.CronJob) with { Status = new() { LastScheduleTime = DateTimeOffset.UnixEpoch } };
        var shown = Kinds.BetaCronJob.Show(stored);
        Assert.Equal(("batch/v1beta1", "CronJob"), (shown.ApiVersion, shown.Kind));
        Assert.Equal(Kinds.CronJob.Encode(stored), Kinds.CronJob.Encode(Kinds.BetaCronJob.ToStorage(shown)));
        Assert.Same(Kinds.CronJob, KindCatalog.ByAnyName("cj"));
        Assert.DoesNotContain(Kinds.BetaCronJob, KindCatalog.Stored);
    }

    private static T CompleteOf<T>(KindInfo<T> kind) where T : class, IKubeObject => (T)kind.WithDefaults(kind.Decode(Encoding.UTF8.GetBytes(Given)));
}
