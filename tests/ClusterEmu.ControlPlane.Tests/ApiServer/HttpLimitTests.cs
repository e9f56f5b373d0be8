using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace ClusterEmu.ControlPlane.Tests;

/// <summary>What a server with narrow bounds does with one request too many.</summary>
public sealed class HttpLimitTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const string Maps = "/api/v1/namespaces/default/configmaps";

    [Fact]
    public async Task OneTooMany_IsToldToComeBackInASecond()
    {
        await using var narrow = await StartAsync(server.Options with { StateDirectory = "", MaxMutatingRequestsInFlight = 1 });
        using var http = Client(narrow);
        using var slow = new SlowContent();
        var first = http.PostAsync(new Uri(Maps, UriKind.Relative), slow);
        HttpResponseMessage second;
        while (true)
        {
            // The first one is in flight once its headers are read: until then the second one goes through.
            using var body = new StringContent("""{"metadata":{"generateName":"x-"}}""", Encoding.UTF8, "application/json");
            second = await http.PostAsync(new Uri(Maps, UriKind.Relative), body).WaitAsync(TimeSpan.FromSeconds(60));
            if (second.StatusCode != HttpStatusCode.Created) break;
            second.Dispose();
        }
        using (second)
        {
            Assert.Equal((HttpStatusCode.TooManyRequests, "1"), (second.StatusCode, second.Headers.RetryAfter?.ToString()));
            Assert.Equal("Too many requests, please try again later.", (string?)JsonNode.Parse(await second.Content.ReadAsStringAsync())!["message"]);
        }
        using (var read = await http.GetAsync(new Uri(Maps, UriKind.Relative))) Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        slow.Finish();
        using var answered = await first.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(HttpStatusCode.Created, answered.StatusCode);
    }

    [Fact]
    public async Task WatchesHaveABoundOfTheirOwn_AndGiveTheirPlaceBack()
    {
        await using var narrow = await StartAsync(server.Options with { StateDirectory = "", MaxRequestsInFlight = 1, MaxWatches = 1 });
        using var http = Client(narrow);
        var watch = new Uri(Maps + "?watch=1", UriKind.Relative);
        using (var open = await http.GetAsync(watch, HttpCompletionOption.ResponseHeadersRead))
        {
            Assert.Equal(HttpStatusCode.OK, open.StatusCode);
            using var refused = await http.GetAsync(watch, HttpCompletionOption.ResponseHeadersRead);
            Assert.Equal((HttpStatusCode.TooManyRequests, "1"), (refused.StatusCode, refused.Headers.RetryAfter?.ToString()));
            using var read = await http.GetAsync(new Uri(Maps, UriKind.Relative)); // Reads go on beside the watch.
            Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        }
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            using var again = await http.GetAsync(watch, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            if (again.StatusCode == HttpStatusCode.OK) break; // The server has heard that the first one is gone.
        }
    }

    private Task<ControlPlaneProcess> StartAsync(ControlPlaneOptions options) => ControlPlaneProcess.StartAsync(options, server.System);

    private HttpClient Client(ControlPlaneProcess process)
    {
        var http = server.NewHttp();
        http.BaseAddress = process.ApiAddress;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.Pki.Token);
        return http;
    }

    /// <summary>A body whose end is sent when the test says so.</summary>
    private sealed class SlowContent : HttpContent
    {
        private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public SlowContent() => Headers.ContentType = new MediaTypeHeaderValue("application/json");

        public void Finish() => _end.TrySetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync("""{"metadata":"""u8.ToArray());
            await stream.FlushAsync();
            await _end.Task;
            await stream.WriteAsync("""{"name":"slow"}}"""u8.ToArray());
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
