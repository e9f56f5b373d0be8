using System.Text;
using ClusterEmu.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ClusterEmu.Nodes;

/// <summary>The one HTTP application of a process: asks the image behind the connection and writes its answer, nothing else.</summary>
internal sealed class WorkloadHttp(Determinism determinism) : IHttpApplication<IFeatureCollection>
{
    public IFeatureCollection CreateContext(IFeatureCollection contextFeatures) => contextFeatures;

    public void DisposeContext(IFeatureCollection context, Exception? exception)
    {
    }

    public async Task ProcessRequestAsync(IFeatureCollection context)
    {
        var connection = context.GetRequiredFeature<WorkloadConnection>();
        var request = context.GetRequiredFeature<IHttpRequestFeature>();
        var response = context.GetRequiredFeature<IHttpResponseFeature>();
        var listener = connection.Listener;
        var ask = new HttpAsk(
            request.Method,
            request.Path.Length == 0 ? "/" : request.Path,
            request.QueryString.Length > 0 ? request.QueryString[1..] : "",
            Headers(request.Headers),
            connection.Flow.Source,
            determinism.UtcNow);
        var answer = listener.Plan.Http!(ask, listener.Facts);
        if (answer.Exit is { } exit)
        {
            listener.EndProcess(exit);
            if (exit.After == TimeSpan.Zero)
            {
                // The process is gone before it could answer.
                context.GetRequiredFeature<IHttpRequestLifetimeFeature>().Abort();
                return;
            }
        }

        response.StatusCode = answer.Code;
        response.Headers.ContentType = answer.ContentType;
        foreach (var (name, value) in answer.Headers) response.Headers.Append(name, value);
        if (!answer.HasBody) return; // And no length.
        var body = Encoding.UTF8.GetBytes(answer.Body);
        response.Headers.ContentLength = body.Length;
        await context.GetRequiredFeature<IHttpResponseBodyFeature>().Writer.WriteAsync(body).ConfigureAwait(false);
    }

    private static KeyValuePair<string, string>[] Headers(IHeaderDictionary headers)
    {
        var list = new KeyValuePair<string, string>[headers.Count];
        var i = 0;
        foreach (var (name, value) in headers) list[i++] = new(name, value.ToString());
        return list;
    }
}
