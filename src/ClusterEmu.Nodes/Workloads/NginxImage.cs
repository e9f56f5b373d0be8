namespace ClusterEmu.Nodes;

/// <summary>nginx: its welcome page on port 80, 404 for everything else. Unlike most examples' containers it does not listen on 8080.</summary>
public sealed class NginxImage : IImage
{
    private const string Html = "text/html";

    /// <summary>The last release of each line, for tags that name the line only.</summary>
    private static readonly Dictionary<string, string> LastOfLine = new(StringComparer.Ordinal)
    {
        ["1.7"] = "1.7.12",
        ["1.9"] = "1.9.15",
        ["1.14"] = "1.14.2",
        ["1.15"] = "1.15.12",
        ["1.16"] = "1.16.1",
        ["1.17"] = "1.17.10",
        ["1.18"] = "1.18.0",
        ["1.19"] = "1.19.10",
        ["1.20"] = "1.20.2",
        ["1.21"] = "1.21.6",
        ["1.22"] = "1.22.1",
        ["1.23"] = "1.23.4",
        ["1.24"] = "1.24.0",
        ["1.25"] = "1.25.5",
        ["1.26"] = "1.26.3",
        ["1.27"] = "1.27.5",
    };

    public IReadOnlyList<string> Names { get; } = ["nginx", "nginx-unprivileged"];

    public ContainerPlan Plan(ContainerSetup setup)
    {
        var line = Programs.CommandLine(setup, ["/docker-entrypoint.sh"], ["nginx", "-g", "daemon off;"]);
        var program = Programs.NameOf(line[0]) == "docker-entrypoint.sh" && line.Count > 1 ? Programs.NameOf(line[1]) : Programs.NameOf(line[0]);
        if (program is not ("nginx" or "nginx-debug"))
            return Programs.Plan(line[0].EndsWith("docker-entrypoint.sh", StringComparison.Ordinal) ? [.. line.Skip(1)] : line, setup) ?? ContainerPlan.NotFound(line[0]);

        var server = "nginx/" + VersionOf(setup.Image.Tag);
        var port = setup.Image.ShortName == "nginx" ? 80 : 8080;
        return new ContainerPlan
        {
            Listeners = [ListenerPlan.ForHttp(port, (in HttpAsk ask, ContainerFacts facts) => Answer(ask, facts, server))],
            // SIGQUIT, the image's stop signal, lets nginx finish what it serves.
            StopsWithin = TimeSpan.Zero,
        };
    }

    /// <summary>The version that a tag stands for: <c>1.21</c> is 1.21.6, <c>1.21.3-alpine</c> is 1.21.3, <c>latest</c> the newest known.</summary>
    public static string VersionOf(string tag)
    {
        var number = tag.Split('-')[0];
        if (LastOfLine.TryGetValue(number, out var version)) return version;
        return number.Split('.').Length == 3 && number.All(c => char.IsAsciiDigit(c) || c == '.') ? number : "1.27.5";
    }

    private static HttpAnswer Answer(in HttpAsk ask, ContainerFacts facts, string server)
    {
        KeyValuePair<string, string>[] headers = [new("Server", server)];
        if (ask.Path is not ("/" or "/index.html" or "/50x.html")) return ErrorPage(404, "Not Found", server, headers);
        if (ask.Method is not ("GET" or "HEAD")) return ErrorPage(405, "Not Allowed", server, headers);
        var page = $"""
            <!DOCTYPE html>
            <html>
            <head><title>Welcome to nginx!</title></head>
            <body>
            <h1>Welcome to nginx!</h1>
            <p>This is an emulated nginx ({facts.Image}) in Pod {facts.Namespace}/{facts.PodName}. It listens on port 80 and has nothing but this page.</p>
            </body>
            </html>

            """;
        return new HttpAnswer(200, Html, page) { Headers = [.. headers, new("Accept-Ranges", "bytes")] };
    }

    private static HttpAnswer ErrorPage(int code, string words, string server, IReadOnlyList<KeyValuePair<string, string>> headers) =>
        new(code, Html, $"<html>\r\n<head><title>{code} {words}</title></head>\r\n<body>\r\n<center><h1>{code} {words}</h1></center>\r\n"
            + $"<hr><center>{server}</center>\r\n</body>\r\n</html>\r\n")
        { Headers = headers };
}
