using System.IO.Pipelines;
using ClusterEmu.ControlPlane.ApiServer;
using Microsoft.AspNetCore.Http;

namespace ClusterEmu.ControlPlane;

/// <summary>Reads request bodies up to the API's limits.</summary>
/// <param name="limit">Who has not sent the whole body by then is not waited for any longer.</param>
internal sealed class BodyReading(TimeSpan limit)
{
    /// <exception cref="ApiException">413: the body is larger than <see cref="RequestBody.MaxBytes"/>. 408: it did not come in time.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > RequestBody.MaxBytes) throw TooLarge();
        if (request.ContentLength == 0) return default;
        var buffer = new MemoryStream((int)(request.ContentLength ?? 4096));
        var reader = request.BodyReader;
        CancellationTokenSource? slow = null;
        try
        {
            while (true)
            {
                // Nearly all bodies are there at once: only who lets wait gets a clock.
                if (!reader.TryRead(out var read))
                {
                    slow ??= Clock(cancellationToken);
                    read = await WaitAsync(request, reader, slow, cancellationToken).ConfigureAwait(false);
                }
                foreach (var part in read.Buffer) buffer.Write(part.Span);
                reader.AdvanceTo(read.Buffer.End);
                if (buffer.Length > RequestBody.MaxBytes) throw TooLarge();
                if (read.IsCompleted) return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
            }
        }
        catch (BadHttpRequestException problem)
        {
            throw Broken(request, problem);
        }
        finally
        {
            slow?.Dispose();
        }
    }

    /// <summary>HTTP's own rules for bodies were broken, such as those of chunks. What follows on the connection means nothing.</summary>
    private static ApiException Broken(HttpRequest request, BadHttpRequestException problem)
    {
        request.HttpContext.Response.Headers.Connection = "close";
        return problem.StatusCode switch
        {
            StatusCodes.Status413PayloadTooLarge => TooLarge(),
            StatusCodes.Status408RequestTimeout => Refuse.RequestTimeout(problem.Message),
            _ => Refuse.BadRequest($"the body of the request cannot be read: {problem.Message}"),
        };
    }

    private CancellationTokenSource Clock(CancellationToken cancellationToken)
    {
        var clock = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        clock.CancelAfter(limit);
        return clock;
    }

    private async ValueTask<ReadResult> WaitAsync(HttpRequest request, PipeReader reader, CancellationTokenSource clock, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadAsync(clock.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            request.HttpContext.Response.Headers.Connection = "close"; // The rest of the body may still come, and would be taken for a request.
            throw Refuse.RequestTimeout($"the body of the request did not arrive within {limit.TotalSeconds:0.###} s; send it at once, or raise cluster-emu.control-plane.request-timeout");
        }
    }

    private static ApiException TooLarge() => Refuse.TooLarge(
        $"Request entity too large: limit is {RequestBody.MaxBytes}. Send less than 3 MiB: split the manifest, or put large data elsewhere.");
}
