using System.Buffers;
using System.IO.Pipelines;

namespace ClusterEmu.Client;

/// <summary>One open watch: reads lines as they come and tells each event.</summary>
internal sealed class HttpWatch : IWatch
{
    private readonly CancellationTokenSource _stop = new();
    private int _disposed;

    private HttpWatch()
    {
    }

    public static HttpWatch Start(HttpClient http, WatchCall call, IActorRef subscriber)
    {
        var watch = new HttpWatch();
        _ = watch.RunAsync(http, call, subscriber);
        return watch;
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0) _stop.Cancel();
    }

    private async Task RunAsync(HttpClient http, WatchCall call, IActorRef subscriber)
    {
        WatchClosed closed;
        try
        {
            closed = await ReadAsync(http, call, subscriber, _stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            closed = new WatchClosed(call, 0, "The watch was closed by its owner.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or ObjectDisposedException)
        {
            closed = new WatchClosed(call, 0, $"The watch of {call.Kind.QualifiedPlural} broke: {e.Message}");
        }
        catch (Exception e) // Above all what cannot be decoded; whatever it is, who watches counts on hearing of the end.
        {
            closed = new WatchClosed(call, 500, $"The watch of {call.Kind.QualifiedPlural} cannot be read: {e.Message}");
        }
        subscriber.Tell(closed);
    }

    private static async Task<WatchClosed> ReadAsync(
        HttpClient http, WatchCall call, IActorRef subscriber, CancellationToken stop)
    {
        using var message = HttpKubeClient.MessageOf(ApiRequest.Of(call));
        using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, stop).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            var why = await response.Content.ReadAsStringAsync(stop).ConfigureAwait(false);
            // An overloaded or starting server is as good as one that is away; only 410 asks for a new list.
            var code = (int)response.StatusCode is 429 or >= 500 ? 0 : (int)response.StatusCode;
            return new WatchClosed(call, code, why);
        }
        var stream = await response.Content.ReadAsStreamAsync(stop).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 16384));
            while (true)
            {
                var result = await reader.ReadAsync(stop).ConfigureAwait(false);
                var buffer = result.Buffer;
                while (TryReadLine(ref buffer, out var line))
                {
                    if (TellLine(call, subscriber, line) is { } closed) return closed;
                }
                reader.AdvanceTo(buffer.Start, buffer.End);
                if (result.IsCompleted) return new WatchClosed(call, 0, "The server ended the watch.");
            }
        }
    }

    private static WatchClosed? TellLine(WatchCall call, IActorRef subscriber, ReadOnlySequence<byte> line)
    {
        if (line.IsEmpty) return null;
        var bytes = line.IsSingleSegment ? line.FirstSpan : line.ToArray();
        var (message, closed) = ApiAnswer.ReadEvent(call, bytes);
        if (message is not null) subscriber.Tell(message);
        return closed;
    }

    private static bool TryReadLine(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> line)
    {
        var end = buffer.PositionOf((byte)'\n');
        if (end is null)
        {
            line = default;
            return false;
        }
        line = buffer.Slice(0, end.Value);
        buffer = buffer.Slice(buffer.GetPosition(1, end.Value));
        return true;
    }
}
