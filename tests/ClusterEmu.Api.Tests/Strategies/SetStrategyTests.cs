namespace ClusterEmu.Api.Tests;

public class SetStrategyTests
{
    private static readonly IReadOnlyDictionary<string, string> Label = new Dictionary<string, string> { ["a"] = "b" };

    [Fact]
    public void ADaemonSet_CountsItsTemplates_InAnAnnotation()
    {
        var old = Some.Stored(SetStrategy.PrepareForCreate(new DaemonSet { Metadata = new() { Name = "d", Namespace = "n" } }));
        Assert.Equal((1L, "1"), (old.Metadata.Generation, old.Metadata.Annotations[SetStrategy.TemplateGeneration]));
        var scaled = SetStrategy.PrepareForUpdate(old with { Spec = old.Spec with { MinReadySeconds = 3 } }, old, status: false);
        Assert.Equal((2L, "1"), (scaled.Metadata.Generation, scaled.Metadata.Annotations[SetStrategy.TemplateGeneration]));
        var template = new PodTemplateSpec { Metadata = new() { Labels = Label } };
        var changed = SetStrategy.PrepareForUpdate(old with { Metadata = old.Metadata with { Annotations = EmptyMap.Strings }, Spec = old.Spec with { Template = template } }, old, status: false);
        Assert.Equal((2L, "2"), (changed.Metadata.Generation, changed.Metadata.Annotations[SetStrategy.TemplateGeneration]));
    }

    [Fact]
    public void StatusAndSpecification_AreWrittenApart()
    {
        foreach (var kind in (KindInfo[])[Kinds.StatefulSet, Kinds.DaemonSet, Kinds.ReplicationController, Kinds.Job, Kinds.CronJob])
        {
            var old = kind.PrepareForCreate(kind.WithDefaults(kind.Decode("""{"metadata":{"name":"x","namespace":"n","uid":"u"},"status":{"replicas":9}}"""u8)));
            Assert.Equal(1, old.Metadata.Generation);
            var wanted = kind.Decode("""{"metadata":{"name":"x","namespace":"n"},"spec":{"replicas":7,"minReadySeconds":7,"parallelism":7,"schedule":"7"},"status":{"replicas":5,"active":null}}"""u8);
            var specified = kind.PrepareForUpdate(wanted, old, status: false);
            Assert.Equal(2, specified.Metadata.Generation);
            Assert.DoesNotContain("\"replicas\":5", System.Text.Encoding.UTF8.GetString(kind.Encode(specified)), StringComparison.Ordinal);
            var reported = kind.PrepareForUpdate(wanted, old, status: true);
            Assert.Equal(1, reported.Metadata.Generation);
            Assert.DoesNotContain("7", System.Text.Encoding.UTF8.GetString(kind.Encode(reported)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void KindsSayHowTheyAreScaled()
    {
        foreach (var kind in KindCatalog.All) Assert.True(kind.Scaling is not null == kind.Subresources.Contains("scale"), $"{kind.Kind}: Subresources and Scaling must agree.");
        foreach (var kind in KindCatalog.All.Where(kind => kind.Scaling is not null))
        {
            var value = kind.Decode("""{"metadata":{"name":"x"},"spec":{"replicas":2},"status":{"replicas":1}}"""u8);
            Assert.Equal((2, 1), (kind.Scaling!.Read(value).Wanted, kind.Scaling.Read(value).Running));
            Assert.Equal(5, kind.Scaling.Read(kind.Scaling.WithReplicas(value, 5)).Wanted);
        }
    }
}
