namespace ClusterEmu.Api.Tests;

public class JobValidationTests
{
    private const string Template = "\"template\":{\"spec\":{\"restartPolicy\":\"Never\",\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}";

    [Theory]
    [InlineData("", "")]
    [InlineData("\"completions\":3,\"parallelism\":2,\"completionMode\":\"Indexed\",\"backoffLimitPerIndex\":1,\"maxFailedIndexes\":2,", "")]
    [InlineData("\"parallelism\":-1,\"completions\":-1,\"backoffLimit\":-1,\"activeDeadlineSeconds\":-1,\"ttlSecondsAfterFinished\":-1,",
        "spec.parallelism: Invalid value: -1: must be greater than or equal to 0 | spec.completions: Invalid value: -1: must be greater than or equal to 0 | "
        + "spec.activeDeadlineSeconds: Invalid value: -1: must be greater than or equal to 0 | spec.backoffLimit: Invalid value: -1: must be greater than or equal to 0 | "
        + "spec.ttlSecondsAfterFinished: Invalid value: -1: must be greater than or equal to 0")]
    [InlineData("\"completionMode\":\"Other\",", "spec.completionMode: Unsupported value: \"Other\": supported values: \"NonIndexed\", \"Indexed\"")]
    [InlineData("\"completionMode\":\"Indexed\",\"parallelism\":1,", "spec.completions: Required value: when completion mode is Indexed")]
    [InlineData("\"completionMode\":\"Indexed\",\"completions\":1,\"parallelism\":100001,",
        "spec.parallelism: Invalid value: 100001: must be less than or equal to 100000 when completion mode is Indexed")]
    [InlineData("\"backoffLimitPerIndex\":1,", "spec.backoffLimitPerIndex: Invalid value: 1: requires indexed completion mode")]
    [InlineData("\"completionMode\":\"Indexed\",\"completions\":1,\"maxFailedIndexes\":1,", "spec.backoffLimitPerIndex: Required value: when maxFailedIndexes is specified")]
    [InlineData("\"managedBy\":\"me\",", "spec.managedBy: Invalid value: \"me\": must be a domain-prefixed path (such as \"acme.io/foo\")")]
    [InlineData("\"podReplacementPolicy\":\"Now\",", "spec.podReplacementPolicy: Unsupported value: \"Now\": supported values: \"Failed\", \"TerminatingOrFailed\"")]
    [InlineData("\"podFailurePolicy\":{\"rules\":[{\"action\":\"Stop\",\"onExitCodes\":{\"operator\":\"In\",\"containerName\":\"x\",\"values\":[3,0,3]}}]},",
        "spec.podFailurePolicy.rules[0].action: Unsupported value: \"Stop\": supported values: \"Count\", \"FailIndex\", \"FailJob\", \"Ignore\" | "
        + "spec.podFailurePolicy.rules[0].onExitCodes.containerName: Invalid value: \"x\": must be one of the container or initContainer names in the pod template | "
        + "spec.podFailurePolicy.rules[0].onExitCodes.values[1]: Invalid value: 0: must not be 0 for the In operator | "
        + "spec.podFailurePolicy.rules[0].onExitCodes.values[2]: Duplicate value: 3 | spec.podFailurePolicy.rules[0].onExitCodes.values: Invalid value: []int32{3, 0, 3}: must be ordered")]
    [InlineData("\"podFailurePolicy\":{\"rules\":[{\"action\":\"FailIndex\"}]},",
        "spec.podFailurePolicy.rules[0].action: Invalid value: \"FailIndex\": requires the backoffLimitPerIndex to be set | "
        + "spec.podFailurePolicy.rules[0]: Invalid value: specifying one of OnExitCodes and OnPodConditions is required")]
    [InlineData("\"successPolicy\":{\"rules\":[{\"succeededCount\":1}]},", "spec.successPolicy: Invalid value: batch.SuccessPolicy{…}: requires indexed completion mode")]
    [InlineData("\"completionMode\":\"Indexed\",\"completions\":5,\"successPolicy\":{\"rules\":[{\"succeededIndexes\":\"0,2-4\",\"succeededCount\":2}]},", "")]
    [InlineData("\"completionMode\":\"Indexed\",\"completions\":5,\"successPolicy\":{\"rules\":[{\"succeededIndexes\":\"2-4,1\"},{\"succeededIndexes\":\"x\"},{\"succeededIndexes\":\"7\"},{\"succeededIndexes\":\"1-2-3\"},{\"succeededCount\":6},{}]},",
        "spec.successPolicy.rules[0].succeededIndexes: Invalid value: \"2-4,1\": error parsing succeededIndexes: non-increasing order, previous: 4, current: 1 | "
        + "spec.successPolicy.rules[1].succeededIndexes: Invalid value: \"x\": error parsing succeededIndexes: cannot convert string to integer for index: \"x\" | "
        + "spec.successPolicy.rules[2].succeededIndexes: Invalid value: \"7\": error parsing succeededIndexes: too large index: \"7\" | "
        + "spec.successPolicy.rules[3].succeededIndexes: Invalid value: \"1-2-3\": error parsing succeededIndexes: the fragment \"1-2-3\" violates the requirement that an index interval can have at most two parts separated by '-' | "
        + "spec.successPolicy.rules[4].succeededCount: Invalid value: 6: must be less than or equal to 5 (the number of specified completions) | "
        + "spec.successPolicy.rules[5]: Required value: at least one of succeededCount or succeededIndexes must be specified")]
    public void Jobs(string part, string said) => Assert.Equal(said, Some.Said(JobValidation.Create(Of("{" + part + Template + "}"))));

    [Theory]
    [InlineData("{\"template\":{\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}}", "spec.template.spec.restartPolicy: Required value: valid values: \"OnFailure\", \"Never\"")]
    [InlineData("{\"template\":{\"metadata\":{\"labels\":{\"job-name\":\"other\"}},\"spec\":{\"restartPolicy\":\"Never\",\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}}",
        "spec.template.metadata.labels[job-name]: Invalid value: map[string]string{\"batch.kubernetes.io/controller-uid\":\"u-1\", \"batch.kubernetes.io/job-name\":\"once\", \"controller-uid\":\"u-1\", \"job-name\":\"other\"}: must be 'once'")]
    [InlineData("{\"manualSelector\":true,\"template\":{\"spec\":{\"restartPolicy\":\"Never\",\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}}",
        "spec.selector: Required value | spec.template.metadata.labels: Invalid value: map[string]string(nil): `selector` does not match template `labels`")]
    public void TemplatesAndSelectors(string spec, string said) => Assert.Equal(said, Some.Said(JobValidation.Create(Of(spec))));

    [Fact]
    public void ASelectorIsMadeOfTheUid()
    {
        var job = Of("{" + Template + "}");
        Assert.Equal("u-1", job.Spec.Selector!.MatchLabels["batch.kubernetes.io/controller-uid"]);
        Assert.Equal(4, job.Spec.Template.Metadata.Labels.Count);
        Assert.Equal(job.Spec.Template.Metadata.Labels, job.Metadata.Labels);
        Assert.Equal(1, job.Metadata.Generation);
    }

    [Fact]
    public void WhatAJobIsMadeOf_IsKept()
    {
        var old = Some.Stored(Of("{\"completions\":3," + Template + "}"));
        Assert.Empty(JobValidation.Update(old with { Spec = old.Spec with { Parallelism = 5, Suspend = true, BackoffLimit = 1 } }, old));
        Assert.Equal("spec.completions: Invalid value: 4: field is immutable", Some.Said(JobValidation.Update(old with { Spec = old.Spec with { Completions = 4 } }, old)));
        var moved = old.Spec with { Template = old.Spec.Template with { Spec = old.Spec.Template.Spec with { NodeSelector = new Dictionary<string, string> { ["a"] = "b" } } } };
        Assert.Equal("spec.template: Invalid value: core.PodTemplateSpec{…}: field is immutable", Some.Said(JobValidation.Update(old with { Spec = moved }, old)));
        var suspended = old with { Spec = old.Spec with { Suspend = true } };
        Assert.Empty(JobValidation.Update(suspended with { Spec = moved with { Suspend = true } }, suspended));
        var indexed = Some.Stored(Of("{\"completions\":3,\"parallelism\":3,\"completionMode\":\"Indexed\"," + Template + "}"));
        Assert.Equal("spec.completions: Invalid value: 4: can only be modified in tandem with spec.parallelism",
            Some.Said(JobValidation.Update(indexed with { Spec = indexed.Spec with { Completions = 4 } }, indexed)));
        Assert.Empty(JobValidation.Update(indexed with { Spec = indexed.Spec with { Completions = 4, Parallelism = 4 } }, indexed));
    }

    [Theory]
    [InlineData("*/5 * * * *", "")]
    [InlineData("0 0 1,15 JAN-MAR mon-fri", "")]
    [InlineData("@every 1h30m", "")]
    [InlineData("@hourly", "")]
    [InlineData("5-10/2 * ? * 0", "")]
    [InlineData("", "spec.schedule: Required value")]
    [InlineData("* * * *", "spec.schedule: Invalid value: \"* * * *\": expected exactly 5 fields, found 4: [* * * *]")]
    [InlineData("60 * * * *", "spec.schedule: Invalid value: \"60 * * * *\": end of range (60) above maximum (59): 60")]
    [InlineData("* * 0 * *", "spec.schedule: Invalid value: \"* * 0 * *\": beginning of range (0) below minimum (1): 0")]
    [InlineData("9-2 * * * *", "spec.schedule: Invalid value: \"9-2 * * * *\": beginning of range (9) beyond end of range (2): 9-2")]
    [InlineData("*/0 * * * *", "spec.schedule: Invalid value: \"*/0 * * * *\": step of range should be a positive number: */0")]
    [InlineData("x * * * *", "spec.schedule: Invalid value: \"x * * * *\": failed to parse int from x: strconv.Atoi: parsing \"x\": invalid syntax")]
    [InlineData("@never", "spec.schedule: Invalid value: \"@never\": unrecognized descriptor: @never")]
    [InlineData("TZ=UTC 0 * * * *", "spec.schedule: Invalid value: \"TZ=UTC 0 * * * *\": cannot use TZ or CRON_TZ in schedule, use timeZone field instead")]
    public void Schedules(string schedule, string said) => Assert.Equal(said, SaidOfCron($"\"schedule\":\"{schedule}\","));

    [Theory]
    [InlineData("\"schedule\":\"@daily\",\"timeZone\":\"Europe/Berlin\",", "")]
    [InlineData("\"schedule\":\"@daily\",\"timeZone\":\"America/Argentina/Buenos_Aires\",", "")]
    [InlineData("\"schedule\":\"@daily\",\"timeZone\":\"Etc/UTC\",", "")]
    [InlineData("\"schedule\":\"@daily\",\"timeZone\":\"Mars/Olympus\",", "spec.timeZone: Invalid value: \"Mars/Olympus\": unknown time zone Mars/Olympus")]
    [InlineData("\"schedule\":\"@daily\",\"timeZone\":\"\",", "spec.timeZone: Invalid value: \"\": timeZone must be nil or non-empty string")]
    [InlineData("\"schedule\":\"@daily\",\"timeZone\":\"local\",", "spec.timeZone: Invalid value: \"local\": timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones")]
    [InlineData("\"schedule\":\"@daily\",\"concurrencyPolicy\":\"Wait\",", "spec.concurrencyPolicy: Unsupported value: \"Wait\": supported values: \"Allow\", \"Forbid\", \"Replace\"")]
    [InlineData("\"schedule\":\"@daily\",\"startingDeadlineSeconds\":-1,\"failedJobsHistoryLimit\":-1,",
        "spec.startingDeadlineSeconds: Invalid value: -1: must be greater than or equal to 0 | spec.failedJobsHistoryLimit: Invalid value: -1: must be greater than or equal to 0")]
    public void CronJobs(string part, string said) => Assert.Equal(said, SaidOfCron(part));

    private static string SaidOfCron(string part) => Some.Said(Kinds.CronJob.ValidateCreate(Kinds.CronJob.PrepareForCreate(Kinds.CronJob.WithDefaults(
        Some.Of(Kinds.CronJob, "{\"metadata\":{\"name\":\"c\",\"namespace\":\"shop\"},\"spec\":{" + part + "\"jobTemplate\":{\"spec\":{" + Template + "}}}}")))));

    private static Job Of(string spec) => JobStrategy.PrepareForCreate(JobDefaults.Apply(
        Some.Of(Kinds.Job, """{"metadata":{"name":"once","namespace":"shop","uid":"u-1"},"spec":""" + spec + "}")));
}
