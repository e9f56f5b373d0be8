using ClusterEmu.Api;

namespace ClusterEmu.Client.Tests;

public sealed class ObjectCacheTests
{
    [Theory] // wanted labels, objects found
    [InlineData("app=web", "a b")]
    [InlineData("app=web,tier=front", "a")]
    [InlineData("app=db", "")]
    [InlineData("", "a b c")]
    public void ObjectsAreFoundByAllOfTheirLabels(string wanted, string names)
    {
        foreach (var indexed in new[] { true, false })
        {
            var cache = new ObjectCache<ConfigMap>(indexed);
            cache.Set(Some.Map("a", "app=web,tier=front"));
            cache.Set(Some.Map("b", "app=web"));
            cache.Set(Some.Map("c", "app=api"));
            Assert.Equal(names, string.Join(' ', cache.WithLabels("default", Some.Labels(wanted)).Select(map => map.Metadata.Name).Order()));
            Assert.Empty(cache.WithLabels("other", Some.Labels(wanted)));
        }
    }

    [Fact]
    public void ReplacedAndRemovedObjectsLeaveTheIndex()
    {
        var cache = new ObjectCache<ConfigMap>(indexLabels: true, groupOf: map => map.Metadata.Labels.GetValueOrDefault("owner"));
        cache.Set(Some.Map("a", "app=web,owner=x"));
        cache.Set(Some.Map("b", "app=web,owner=x"));
        var previous = cache.Set(Some.Map("a", "app=api,owner=y"));
        Assert.Equal("web", previous?.Metadata.Labels["app"]);
        Assert.Equal("b", Assert.Single(cache.WithLabels("default", Some.Labels("app=web"))).Metadata.Name);
        Assert.Equal("b", Assert.Single(cache.InGroup("x")).Metadata.Name);
        Assert.Equal("a", Assert.Single(cache.InGroup("y")).Metadata.Name);
        Assert.NotNull(cache.Remove(new ObjectKey("default", "a")));
        Assert.Null(cache.Remove(new ObjectKey("default", "a")));
        Assert.Empty(cache.WithLabels("default", Some.Labels("app=api")));
        Assert.Empty(cache.InGroup("y"));
        Assert.Equal(1, cache.Count);
        Assert.Single(cache.All);
    }

    [Fact]
    public void AReplacementWithTheSameLabelsIsWhatTheIndexFinds()
    {
        var cache = new ObjectCache<ConfigMap>(indexLabels: true);
        cache.Set(Some.Map("a", "app=web", "1"));
        cache.Set(Some.Map("a", "app=web", "2"));
        Assert.Equal("2", Assert.Single(cache.WithLabels("default", Some.Labels("app=web"))).Metadata.ResourceVersion);
    }
}
