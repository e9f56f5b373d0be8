using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.ControlPlane.ApiServer;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ApiRequest = ClusterEmu.ControlPlane.ApiServer.ApiRequest;

namespace ClusterEmu.ControlPlane;

/// <summary>Streams a watch: one JSON document a line, flushed whenever nothing more is waiting.</summary>
internal sealed class WatchStreaming(ServerLoad load)
{
    private static readonly byte[] ObjectPart = ",\"object\":"u8.ToArray();
    private static readonly byte[] Close = "}\n"u8.ToArray();

    private static readonly Dictionary<WatchEventType, byte[]> Openings = new()
    {
        [WatchEventType.Added] = "{\"type\":\"ADDED\""u8.ToArray(),
        [WatchEventType.Modified] = "{\"type\":\"MODIFIED\""u8.ToArray(),
        [WatchEventType.Deleted] = "{\"type\":\"DELETED\""u8.ToArray(),
        [WatchEventType.Bookmark] = "{\"type\":\"BOOKMARK\""u8.ToArray(),
    };

    public async Task RunAsync(HttpContext context, ApiCore core, ApiRequest request, WatchOptions options, Rendering rendering, CancellationToken stopping)
    {
        var sink = new StreamSink();
        using var watch = core.Watch(request, options, sink);
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        var response = context.Response;
        response.StatusCode = 200;
        response.ContentType = "application/json";
        await response.StartAsync(context.RequestAborted).ConfigureAwait(false);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        load.WatchOpened();
        try
        {
            await response.BodyWriter.FlushAsync(ended.Token).ConfigureAwait(false);
            while (await sink.Events.WaitToReadAsync(ended.Token).ConfigureAwait(false))
            {
                while (sink.Events.TryRead(out var delivery))
                {
                    Write(response, Openings[delivery.Type], delivery.Object is { } item ? rendering.RenderWatched(item) : rendering.RenderBookmark(delivery));
                    if (sink.Taken()) watch.Resume();
                    if (response.BodyWriter.UnflushedBytes > 1 << 18) break;
                }
                await response.BodyWriter.FlushAsync(ended.Token).ConfigureAwait(false);
            }
            if (sink.End.Code == 0) return;
            Write(response, "{\"type\":\"ERROR\""u8.ToArray(), ApiJson.Encode(Failure(sink.End.Code, sink.End.Message)));
            await response.BodyWriter.FlushAsync(ended.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The client has gone, or the server stops: either way the stream ends here.
        }
        finally
        {
            load.WatchClosed();
        }
    }

    private static Status Failure(int code, string message) =>
        code == 410 ? Refuse.Expired(message).Status : new Status { Outcome = "Failure", Code = code, Message = message };

    private static void Write(HttpResponse response, byte[] opening, byte[] json)
    {
        var writer = response.BodyWriter;
        var length = opening.Length + ObjectPart.Length + json.Length + Close.Length;
        var span = writer.GetSpan(length);
        opening.CopyTo(span);
        ObjectPart.CopyTo(span[opening.Length..]);
        json.CopyTo(span[(opening.Length + ObjectPart.Length)..]);
        Close.CopyTo(span[(length - Close.Length)..]);
        writer.Advance(length);
    }
}
