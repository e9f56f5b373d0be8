using ClusterEmu.Api;

namespace ClusterEmu.Client.Tests;

public sealed class InformerViewTests
{
    private readonly InformerView<ConfigMap> _view = new(Kinds.ConfigMap);

    public InformerViewTests() => _view.Apply(new InformerSynced(Kinds.ConfigMap, [Some.Map("a", version: "10")], "10"));

    [Fact]
    public void AnAnswerLaterThanTheWatchIsSeenAtOnce()
    {
        Assert.True(_view.ApplyWrite(Some.Map("b", version: "12")));
        Assert.NotNull(_view.Objects.Get("default", "b"));
    }

    [Fact]
    public void AnAnswerThatTheWatchHasOvertakenIsIgnored()
    {
        Tell(WatchEventType.Added, "b", "12");
        Tell(WatchEventType.Deleted, "b", "13");
        Assert.False(_view.ApplyWrite(Some.Map("b", version: "12")));
        Assert.Null(_view.Objects.Get("default", "b"));
    }

    [Fact]
    public void AnEventOlderThanAnAnswerIsIgnored()
    {
        _view.ApplyWrite(Some.Map("a", "state=new", "15"));
        Tell(WatchEventType.Modified, "a", "12");
        Assert.Equal("15", _view.Objects.Get("default", "a")?.Metadata.ResourceVersion);
        Tell(WatchEventType.Modified, "a", "16");
        Assert.Equal("16", _view.Objects.Get("default", "a")?.Metadata.ResourceVersion);
    }

    [Fact]
    public void AnObjectMadeAnewOutlivesTheEndOfTheEarlierOne()
    {
        _view.ApplyWrite(Some.Map("a", version: "15", uid: "second"));
        Tell(WatchEventType.Deleted, "a", "12");
        Assert.Equal("second", _view.Objects.Get("default", "a")?.Metadata.Uid);
    }

    [Fact]
    public void ADeletedObjectCountsAsTerminatingUntilTheWatchTellsItsEnd()
    {
        _view.MarkDeleted(new ObjectKey("default", "a"), "another", Some.Noon);
        Assert.Null(_view.Objects.Get("default", "a")?.Metadata.DeletionTimestamp);
        _view.MarkDeleted(new ObjectKey("default", "a"), "u", Some.Noon);
        Assert.Equal(Some.Noon, _view.Objects.Get("default", "a")?.Metadata.DeletionTimestamp);
        Tell(WatchEventType.Deleted, "a", "11");
        Assert.Null(_view.Objects.Get("default", "a"));
    }

    private void Tell(WatchEventType type, string name, string version) =>
        _view.Apply(new InformerChanged(Kinds.ConfigMap, type, Some.Map(name, version: version), null, version));
}
