using System.IO.Compression;
using System.Text;
using System.Text.Json;
using ClusterEmu.Api;
using Microsoft.AspNetCore.Http;

namespace ClusterEmu.ControlPlane;

/// <summary>Writes answers: JSON or YAML, indented for people, compressed where that pays.</summary>
internal static class HttpAnswers
{
    /// <summary>Smaller bodies are not compressed. Source: k8s.io/apiserver handlers/responsewriters.</summary>
    private const int CompressFrom = 128 * 1024;

    private static readonly byte[] NewLine = "\n"u8.ToArray();

    public static Task TextAsync(HttpContext context, int code, string text)
    {
        context.Response.StatusCode = code;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }

    /// <summary>Adds a Warning header, which kubectl shows. Source: k8s.io/apimachinery util/net (NewWarningHeader).</summary>
    public static void AddWarning(HttpContext context, string text)
    {
        var quoted = new StringBuilder("299 - \"");
        foreach (var letter in text)
        {
            if (letter is '"' or '\\') quoted.Append('\\');
            quoted.Append(char.IsControl(letter) ? ' ' : letter); // A header is one line.
        }
        context.Response.Headers.Append("Warning", quoted.Append('"').ToString());
    }

    public static Task StatusAsync(HttpContext context, Status status)
    {
        if (status.Details is { RetryAfterSeconds: > 0 } details) context.Response.Headers.RetryAfter = details.RetryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return JsonAsync(context, status.Code == 0 ? 200 : status.Code, ApiJson.Encode(status));
    }

    /// <summary>A document in the form that the client prefers.</summary>
    public static Task DocumentAsync(HttpContext context, int code, byte[] json, bool yaml, bool pretty)
    {
        if (!yaml) return JsonAsync(context, code, json, pretty: pretty);
        return BytesAsync(context, code, "application/yaml", Encoding.UTF8.GetBytes(YamlPrinter.Print(json)));
    }

    public static Task JsonAsync(HttpContext context, int code, byte[] json, string contentType = "application/json", bool pretty = false) => pretty || IsForPeople(context)
        ? BytesAsync(context, code, contentType, Indent(json))
        : BytesAsync(context, code, contentType, json, NewLine); // As Go ends a document, unless it is indented.

    public static Task BytesAsync(HttpContext context, int code, string contentType, byte[] body) => BytesAsync(context, code, contentType, body, default);

    private static async Task BytesAsync(HttpContext context, int code, string contentType, byte[] body, ReadOnlyMemory<byte> end)
    {
        var response = context.Response;
        response.StatusCode = code;
        response.ContentType = contentType;
        if (HttpMethods.IsHead(context.Request.Method)) return;
        if (body.Length >= CompressFrom && AcceptsGzip(context.Request.Headers.AcceptEncoding.ToString()))
        {
            response.Headers.ContentEncoding = "gzip";
            response.Headers.Vary = "Accept-Encoding";
            await using var zip = new GZipStream(response.Body, CompressionLevel.Fastest, leaveOpen: true);
            await zip.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
            await zip.WriteAsync(end, context.RequestAborted).ConfigureAwait(false);
            return;
        }
        response.ContentLength = body.Length + end.Length;
        await response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
        if (!end.IsEmpty) await response.Body.WriteAsync(end, context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>Only the plain word counts, and no other compression is known. Source: handlers/responsewriters (negotiateContentEncoding).</summary>
    private static bool AcceptsGzip(string accepted) => accepted.Split(',').Any(token => token.AsSpan().Trim() is "gzip");

    /// <summary>As a real server does, indent for those who asked and for those who read with their own eyes.</summary>
    private static bool IsForPeople(HttpContext context)
    {
        if (context.Request.Query.TryGetValue("pretty", out var pretty) && pretty.ToString().Length > 0) return pretty.ToString() is "1" or "t" or "T" or "true" or "TRUE" or "True";
        var agent = context.Request.Headers.UserAgent.ToString();
        return agent.StartsWith("curl", StringComparison.Ordinal) || agent.StartsWith("Wget", StringComparison.Ordinal) || agent.StartsWith("Mozilla/5.0", StringComparison.Ordinal);
    }

    internal static byte[] Indent(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        var buffer = new MemoryStream(json.Length * 2);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            document.WriteTo(writer);
        return buffer.ToArray();
    }
}
