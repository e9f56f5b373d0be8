using ClusterEmu.Api;

namespace ClusterEmu.Client.Tests;

public sealed class KindFeedTests
{
    [Fact]
    public void AListAfterAGapGivesTheDifferences()
    {
        var feed = new KindFeed(Kinds.ConfigMap);
        Assert.Empty(List(feed, "10", Some.Map("same", version: "1"), Some.Map("changed", version: "2"), Some.Map("gone", version: "3"), Some.Map("reborn", version: "4", uid: "old")));
        var changes = List(feed, "20", Some.Map("same", version: "1"), Some.Map("changed", version: "12"), Some.Map("reborn", version: "14", uid: "new"), Some.Map("new", version: "15"));
        Assert.Equal(
            ["Modified changed", "Deleted reborn", "Added reborn", "Added new", "Deleted gone"],
            changes.Select(change => $"{change.Type} {change.Object.Metadata.Name}"));
        Assert.Equal("20", feed.ResourceVersion);
        Assert.Equal(4, feed.Snapshot.Items.Count);
    }

    [Fact]
    public void ABookmarkMovesTheRevisionAndTellsNobody()
    {
        var feed = new KindFeed(Kinds.ConfigMap);
        List(feed, "10");
        var call = new WatchCall { Kind = Kinds.ConfigMap, ResourceVersion = "10" };
        Assert.Null(feed.Apply(new WatchEvent(call, WatchEventType.Bookmark, null, "30")));
        Assert.Equal("30", feed.ResourceVersion);
        Assert.Null(feed.Apply(new WatchEvent(call, WatchEventType.Deleted, Some.Map("unknown", version: "31"), "31")));
    }

    [Fact]
    public void OfAnObjectThatCannotBeRead_TheLastStateStays_UntilItIsGone()
    {
        var feed = new KindFeed(Kinds.ConfigMap);
        var known = Some.Map("a", version: "1");
        List(feed, "10", known);
        feed.BeginList();
        feed.AddUnreadable(ObjectKey.Of(known));
        Assert.Empty(feed.EndList("20"));
        Assert.Single(feed.Snapshot.Items);
        var call = new WatchCall { Kind = Kinds.ConfigMap, ResourceVersion = "20" };
        var bad = new UnreadableObject(ObjectKey.Of(known), "21", "It is broken, as it was meant to be.");
        Assert.Null(feed.Apply(new WatchEvent(call, WatchEventType.Modified, null, "21") { Unreadable = bad }));
        Assert.Single(feed.Snapshot.Items);
        var gone = feed.Apply(new WatchEvent(call, WatchEventType.Deleted, null, "22") { Unreadable = bad });
        Assert.Equal((WatchEventType.Deleted, "a", "22"), (gone!.Type, gone.Object.Metadata.Name, gone.ResourceVersion));
        Assert.Empty(feed.Snapshot.Items);
        Assert.Equal("22", feed.ResourceVersion);
    }

    private static IReadOnlyList<InformerChanged> List(KindFeed feed, string version, params IKubeObject[] items)
    {
        feed.BeginList();
        feed.AddChunk(items);
        return feed.EndList(version);
    }
}
