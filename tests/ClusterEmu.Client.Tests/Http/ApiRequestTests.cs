using System.Text;
using ClusterEmu.Api;

namespace ClusterEmu.Client.Tests;

public sealed class ApiRequestTests
{
    public static TheoryData<ApiCall, string> Calls => new()
    {
        { ApiCall.Get(Kinds.Node, null, "node-1"), "GET /api/v1/nodes/node-1" },
        { ApiCall.List(Kinds.Pod), "GET /api/v1/pods" },
        { ApiCall.List(Kinds.Pod, "a") with { Limit = 5, Continue = "x/y", LabelSelector = "app in (a,b)" }, "GET /api/v1/namespaces/a/pods?labelSelector=app%20in%20%28a%2Cb%29&limit=5&continue=x%2Fy" },
        { ApiCall.Create(Some.Map("m")), "POST /api/v1/namespaces/default/configmaps" },
        { ApiCall.UpdateStatus(new Deployment { Metadata = new ObjectMeta { Namespace = "a", Name = "d" } }), "PUT /apis/apps/v1/namespaces/a/deployments/d/status" },
        { ApiCall.Delete(Kinds.EndpointSlice, "a", "s"), "DELETE /apis/discovery.k8s.io/v1/namespaces/a/endpointslices/s" },
        { new ApiCall { Verb = ApiVerb.Create, Kind = Kinds.Pod, Namespace = "a", Name = "p", Subresource = "binding", Body = new Binding() }, "POST /api/v1/namespaces/a/pods/p/binding" },
        { ApiCall.MergePatch(Kinds.Event, "a", "e", "{}"u8.ToArray()), "PATCH /api/v1/namespaces/a/events/e" },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public void ACallBecomesItsMethodAndPath(ApiCall call, string expected)
    {
        var request = ApiRequest.Of(call);
        Assert.Equal(expected, $"{request.Method} {request.PathAndQuery}");
    }

    [Fact]
    public void AWatchAsksForBookmarksFromItsRevision()
    {
        var request = ApiRequest.Of(new WatchCall { Kind = Kinds.Pod, ResourceVersion = "7", FieldSelector = "spec.nodeName=n" });
        Assert.Equal("/api/v1/pods?watch=true&allowWatchBookmarks=true&resourceVersion=7&fieldSelector=spec.nodeName%3Dn", request.PathAndQuery);
    }

    [Fact]
    public void ACallWithoutANameIsRefused() =>
        Assert.Contains("has no name", Assert.Throws<ArgumentException>(() => ApiRequest.Of(ApiCall.Get(Kinds.Pod, "a", ""))).Message);

    [Fact]
    public void ListsAreReadWithTheirRevisionAndContinuation()
    {
        var body = Encoding.UTF8.GetBytes("""{"kind":"ConfigMapList","apiVersion":"v1","metadata":{"resourceVersion":"42","continue":"abc"},"items":[{"metadata":{"name":"a","resourceVersion":"1"},"data":{"items":"x"}},{"metadata":{"name":"b"}}]}""");
        var reply = ApiAnswer.Read(ApiCall.List(Kinds.ConfigMap), 200, body);
        Assert.Equal(("42", "abc", "a b"), (reply.ResourceVersion, reply.Continue, string.Join(' ', reply.Items!.Select(item => item.Metadata.Name))));
        Assert.Equal("x", ((ConfigMap)reply.Items![0]).Data["items"]);
    }

    [Fact]
    public void FailuresKeepTheServersReason()
    {
        var body = Encoding.UTF8.GetBytes("""{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"gone","reason":"AlreadyExists","code":409}""");
        var reply = ApiAnswer.Read(ApiCall.Create(Some.Map("a")), 409, body);
        Assert.True(reply is { Ok: false, AlreadyExists: true, Conflict: false, Definite: true });
        Assert.Equal("gone", reply.Failure?.Message);
        Assert.Contains("502", ApiAnswer.Read(ApiCall.Create(Some.Map("a")), 502, "<html>"u8).Failure?.Message);
    }

    [Theory]
    [InlineData("""{"type":"ADDED","object":{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"a","resourceVersion":"5"}}}""", "Added a 5")]
    [InlineData("""{"object":{"metadata":{"name":"a","resourceVersion":"6"}},"type":"DELETED"}""", "Deleted a 6")]
    [InlineData("""{"type":"BOOKMARK","object":{"kind":"ConfigMap","apiVersion":"v1","metadata":{"resourceVersion":"9"}}}""", "Bookmark  9")]
    public void WatchLinesBecomeEvents(string line, string expected)
    {
        var call = new WatchCall { Kind = Kinds.ConfigMap, ResourceVersion = "1" };
        var (message, closed) = ApiAnswer.ReadEvent(call, Encoding.UTF8.GetBytes(line));
        Assert.Null(closed);
        Assert.Equal(expected, $"{message!.Type} {message.Object?.Metadata.Name} {message.ResourceVersion}");
    }

    [Fact]
    public void AnErrorLineEndsTheWatchWithItsCode()
    {
        var call = new WatchCall { Kind = Kinds.ConfigMap, ResourceVersion = "1" };
        var line = """{"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","status":"Failure","message":"too old","reason":"Expired","code":410}}""";
        var (message, closed) = ApiAnswer.ReadEvent(call, Encoding.UTF8.GetBytes(line));
        Assert.Null(message);
        Assert.Equal((410, "too old"), (closed!.Code, closed.Message));
    }
}
