using System.Net;
using ClusterEmu.Api;

namespace ClusterEmu.Client.Tests;

public sealed class HttpWatchTests
{
    [Theory]
    [InlineData("no JSON")]
    [InlineData("""{"type":1}""")]
    [InlineData("""{"type":"ADDED"}""")]
    [InlineData("""{"type":"SHOUTED","object":{}}""")]
    [InlineData("""{"type":"ADDED","object":{"metadata":{"creationTimestamp":"tomorrow"}}}""")]
    public async Task WhateverCannotBeRead_EndsTheWatch(string line)
    {
        await using var system = new LiveSystem();
        var inbox = system.NewInbox();
        using var http = new HttpClient(new Answers(line + "\n")) { BaseAddress = new Uri("http://server") };
        using var watch = HttpWatch.Start(http, new WatchCall { Kind = Kinds.ConfigMap, ResourceVersion = "1" }, inbox.Ref);
        await LiveSystem.Until(() => inbox.Messages.Count > 0, "the end");
        Assert.Equal(500, Assert.IsType<WatchClosed>(Assert.Single(inbox.Messages)).Code);
    }

    [Theory]
    [InlineData("ADDED", WatchEventType.Added)]
    [InlineData("DELETED", WatchEventType.Deleted)]
    public async Task AnObjectThatCannotBeRead_DoesNotEndTheWatch(string type, WatchEventType expected)
    {
        await using var system = new LiveSystem();
        var inbox = system.NewInbox();
        var lines = """
            {"type":"TYPE","object":{"metadata":{"namespace":"n","name":"bad","resourceVersion":"5","creationTimestamp":"tomorrow"}}}
            {"type":"ADDED","object":{"metadata":{"namespace":"n","name":"good","resourceVersion":"6"}}}

            """.Replace("TYPE", type, StringComparison.Ordinal);
        using var http = new HttpClient(new Answers(lines)) { BaseAddress = new Uri("http://server") };
        using var watch = HttpWatch.Start(http, new WatchCall { Kind = Kinds.ConfigMap, ResourceVersion = "1" }, inbox.Ref);
        await LiveSystem.Until(() => inbox.Messages.Count == 3, "both events and the end");
        var events = inbox.Of<WatchEvent>();
        Assert.Equal((expected, null, "5", new ObjectKey("n", "bad")), (events[0].Type, events[0].Object, events[0].ResourceVersion, events[0].Unreadable!.Key));
        Assert.Equal("good", events[1].Object!.Metadata.Name);
    }

    private sealed class Answers(string body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(body) });
    }
}
