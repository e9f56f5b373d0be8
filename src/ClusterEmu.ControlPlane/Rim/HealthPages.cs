using System.Text;
using Microsoft.AspNetCore.Http;

namespace ClusterEmu.ControlPlane;

/// <summary>One of the things that must be well for the server to be so.</summary>
/// <param name="Name">Such as <c>etcd</c>.</param>
/// <param name="Ok">Whether it is well now.</param>
/// <param name="Why">What is wrong, if it is not.</param>
/// <param name="AliveWithout">Whether a server may live though this is not well yet: then <c>/livez</c> does not mind.</param>
/// <param name="OnlyReady">Whether it says something about readiness alone, and stands under <c>/readyz</c> only.</param>
internal sealed record HealthCheck(string Name, Func<bool> Ok, string Why, bool AliveWithout = false, bool OnlyReady = false);

/// <summary>/healthz, /livez and /readyz, for everybody, and each check below them. Source: k8s.io/apiserver server/healthz/healthz.go.</summary>
internal sealed class HealthPages(IReadOnlyList<HealthCheck> checks)
{
    /// <summary>Every path that is served, for the list of paths.</summary>
    public IEnumerable<string> Paths => ((string[])["healthz", "livez", "readyz"]).SelectMany(page =>
        (string[])[$"/{page}", .. Of(page).Select(check => $"/{page}/{check.Name}")]);

    public static bool Covers(string path) => Split(path).Page is "healthz" or "livez" or "readyz";

    public Task AnswerAsync(HttpContext context, string path)
    {
        var (page, single) = Split(path);
        return single.Length > 0 ? SingleAsync(context, page, single) : AllAsync(context, page);
    }

    private IEnumerable<HealthCheck> Of(string page) => checks.Where(check => page == "readyz" || !check.OnlyReady);

    private Task SingleAsync(HttpContext context, string page, string single)
    {
        if (Of(page).FirstOrDefault(check => check.Name == single) is not { } found) return HttpAnswers.TextAsync(context, 404, "404 page not found\n");
        return IsOk(found, page) ? HttpAnswers.TextAsync(context, 200, "ok") : HttpAnswers.TextAsync(context, 500, $"internal server error: {found.Why}\n");
    }

    private Task AllAsync(HttpContext context, string page)
    {
        var excluded = context.Request.Query["exclude"].OfType<string>().ToHashSet(StringComparer.Ordinal);
        var text = new StringBuilder();
        var failed = false;
        foreach (var check in Of(page))
        {
            if (excluded.Remove(check.Name))
            {
                text.Append("[+]").Append(check.Name).Append(" excluded: ok\n");
                continue;
            }
            var ok = IsOk(check, page);
            failed |= !ok;
            text.Append(ok ? "[+]" : "[-]").Append(check.Name).Append(ok ? " ok\n" : " failed: reason withheld\n");
        }
        if (excluded.Count > 0)
        {
            var unknown = excluded.Order(StringComparer.Ordinal).Select(name => $"\"{name}\"");
            text.Append("warn: some health checks cannot be excluded: no matches for ").AppendJoin(", ", unknown).Append('\n');
        }
        if (failed) return HttpAnswers.TextAsync(context, 500, text.Append(page).Append(" check failed\n").ToString());
        return HttpAnswers.TextAsync(context, 200, context.Request.Query.ContainsKey("verbose") ? text.Append(page).Append(" check passed\n").ToString() : "ok");
    }

    private static bool IsOk(HealthCheck check, string page) => (page == "livez" && check.AliveWithout) || check.Ok();

    private static (string Page, string Single) Split(string path)
    {
        var parts = path.Trim('/').Split('/', 2);
        return (parts[0], parts.Length > 1 ? parts[1] : "");
    }
}
