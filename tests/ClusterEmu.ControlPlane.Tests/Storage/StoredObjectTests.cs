using ClusterEmu.Api;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.Tests;

public sealed class StoredObjectTests
{
    private static readonly ConfigMap Plain = StoreFixture.Map("a", "text", "x");

    [Theory] // Revisions whose digits begin alike, end alike, are more
    [InlineData(2, 3)]
    [InlineData(9, 10)]
    [InlineData(12, 123)]
    [InlineData(123, 124)]
    [InlineData(19, 29)]
    [InlineData(99999, 100000)]
    public void StatesThatDifferInTheirRevisionOnly_SayTheSame(long earlier, long later)
    {
        Assert.True(Stored(Plain, later).SaysTheSameAs(Stored(Plain, earlier)));
        Assert.True(Stored(Plain, earlier).SaysTheSameAs(Stored(Plain, later)));
    }

    [Theory]
    [InlineData("value")]
    [InlineData("label")]
    [InlineData("annotation called resourceVersion, by the very revisions")]
    [InlineData("annotation that ends in digits")]
    [InlineData("more data")]
    [InlineData("data with a quoted revision")]
    public void StatesThatDifferInAnythingElse_DoNot(string difference)
    {
        var (before, after) = difference switch
        {
            "value" => (Plain, StoreFixture.Map("a", "other", "x")),
            "label" => (Plain, StoreFixture.Map("a", "text", "y")),
            "annotation that ends in digits" => (Annotated("n", "7"), Annotated("n", "8")),
            "more data" => (Plain, Plain with { Data = new Dictionary<string, string> { ["k"] = "text", ["l"] = "" } }),
            "data with a quoted revision" => (StoreFixture.Map("a", "\"resourceVersion\":\"7\""), StoreFixture.Map("a", "\"resourceVersion\":\"8\"")),
            _ => (Annotated("resourceVersion", "7"), Annotated("resourceVersion", "8")),
        };
        Assert.False(Stored(after, 8).SaysTheSameAs(Stored(before, 7)));
        Assert.False(Stored(before, 7).SaysTheSameAs(Stored(after, 8)));
        Assert.True(Stored(before, 8).SaysTheSameAs(Stored(before, 7)));
    }

    [Fact]
    public async Task WhatIsStoredAlready_IsNotStoredAgain()
    {
        using var store = new StoreFixture(new InMemoryJournal()).Recovered();
        var first = store.Put("a", "text");
        var again = (StoredObject)await store.Write(transaction => transaction.PutIfChanged(first, first.Decode()));
        Assert.Same(first, again);
        var changed = (StoredObject)await store.Write(transaction => transaction.PutIfChanged(first, StoreFixture.Map("a", "other")));
        Assert.Equal((first.Revision + 1, changed.Revision), (changed.Revision, store.Reader.Current.Revision));
    }

    private static StoredObject Stored(IKubeObject value, long revision) => StoredObject.Encode(Kinds.ConfigMap, value, revision);

    private static ConfigMap Annotated(string name, string value) =>
        Plain with { Metadata = Plain.Metadata with { Annotations = new Dictionary<string, string> { [name] = value } } };
}
