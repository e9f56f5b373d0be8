using System.Text;
using Microsoft.AspNetCore.Http;

namespace ClusterEmu.ControlPlane;

/// <summary>/healthz, /livez and /readyz, for everybody.</summary>
internal sealed class HealthPages(Func<IReadOnlyList<(string Check, bool Ok)>> checks)
{
    public static bool Covers(string path) => Split(path).Page is "healthz" or "livez" or "readyz";

    public Task AnswerAsync(HttpContext context, string path)
    {
        var (page, single) = Split(path);
        var all = checks();
        if (single.Length > 0)
        {
            var found = all.Where(check => check.Check == single).ToList();
            if (found.Count == 0) return HttpAnswers.TextAsync(context, 404, "404 page not found\n");
            return HttpAnswers.TextAsync(context, found[0].Ok ? 200 : 500, found[0].Ok ? "ok" : "internal server error: " + single + " is not ready\n");
        }
        // A server that lives but is not ready yet is healthy as far as livez goes.
        var failed = page == "livez" ? [] : all.Where(check => !check.Ok).ToList();
        var verbose = context.Request.Query.ContainsKey("verbose");
        if (failed.Count == 0 && !verbose) return HttpAnswers.TextAsync(context, 200, "ok");
        var text = new StringBuilder();
        foreach (var (check, ok) in all)
        {
            if (page == "livez" || ok) text.Append("[+]").Append(check).Append(" ok\n");
            else text.Append("[-]").Append(check).Append(" failed: not ready yet\n");
        }
        text.Append(page).Append(failed.Count == 0 ? " check passed\n" : " check failed\n");
        return HttpAnswers.TextAsync(context, failed.Count == 0 ? 200 : 500, text.ToString());
    }

    private static (string Page, string Single) Split(string path)
    {
        var parts = path.Trim('/').Split('/', 2);
        return (parts[0], parts.Length > 1 ? parts[1] : "");
    }
}
