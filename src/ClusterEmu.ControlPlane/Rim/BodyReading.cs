using ClusterEmu.ControlPlane.ApiServer;
using Microsoft.AspNetCore.Http;

namespace ClusterEmu.ControlPlane;

/// <summary>Reads request bodies up to the API's limit.</summary>
internal static class BodyReading
{
    /// <exception cref="ApiException">413: the body is larger than <see cref="RequestBody.MaxBytes"/>.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > RequestBody.MaxBytes) throw TooLarge();
        if (request.ContentLength == 0) return default;
        var buffer = new MemoryStream((int)(request.ContentLength ?? 4096));
        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            foreach (var part in read.Buffer) buffer.Write(part.Span);
            reader.AdvanceTo(read.Buffer.End);
            if (buffer.Length > RequestBody.MaxBytes) throw TooLarge();
            if (read.IsCompleted) return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
        }
    }

    private static ApiException TooLarge() => Refuse.TooLarge(
        $"Request entity too large: limit is {RequestBody.MaxBytes}. Send less than 3 MiB: split the manifest, or put large data elsewhere.");
}
