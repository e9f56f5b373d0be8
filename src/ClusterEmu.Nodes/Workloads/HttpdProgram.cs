namespace ClusterEmu.Nodes;

/// <summary>busybox <c>httpd [-f] [-p PORT] [-h DIR]</c>: serves the files that the container's script wrote.</summary>
public static class HttpdProgram
{
    /// <summary>The plan; null if the arguments are not understood.</summary>
    /// <param name="line">The command line.</param>
    /// <param name="setup">The container; a relative root is taken from <c>/</c>.</param>
    /// <param name="files">What the script wrote before.</param>
    public static ContainerPlan? Plan(IReadOnlyList<string> line, ContainerSetup setup, IReadOnlyList<FileChange> files)
    {
        // -p takes PORT or IP:PORT.
        var address = Short(line, 'p');
        if (!int.TryParse(address.Length == 0 ? "80" : address[(address.LastIndexOf(':') + 1)..], out var port) || port is < 1 or > 65535) return null;
        var home = Short(line, 'h');
        var root = home.Length == 0 ? setup.EnvValue("PWD") : home;
        root = "/" + root.Trim('/');
        if (root == "/") root = "";
        var fixedFiles = files.ToArray();

        return new ContainerPlan
        {
            Files = fixedFiles,
            Listeners = [ListenerPlan.ForHttp(port, (in HttpAsk ask, ContainerFacts facts) => Answer(ask, facts, root, fixedFiles))],
            StopsWithin = null,
        };
    }

    private static HttpAnswer Answer(in HttpAsk ask, ContainerFacts facts, string root, FileChange[] files)
    {
        if (ask.Method is not ("GET" or "HEAD")) return Error(501, "Not Implemented", "The requested method is not recognized");
        var path = root + (ask.Path.EndsWith('/') ? ask.Path + "index.html" : ask.Path);
        string? content = null;
        foreach (var change in files)
        {
            if (change.At <= ask.Now - facts.StartedAt && (change.Path == path || "/" + change.Path == path)) content = change.Content;
        }

        return content is null
            ? Error(404, "Not Found", "The requested URL was not found")
            : new HttpAnswer(200, path.EndsWith(".html", StringComparison.Ordinal) ? "text/html" : "text/plain", content);
    }

    private static HttpAnswer Error(int code, string title, string text) => new(code, "text/html",
        $"<HTML><HEAD><TITLE>{code} {title}</TITLE></HEAD>\n<BODY><H1>{code} {title}</H1>\n{text}\n</BODY></HTML>\n");

    private static string Short(IReadOnlyList<string> line, char letter)
    {
        for (var i = 1; i < line.Count; i++)
        {
            if (line[i].Length < 2 || line[i][0] != '-' || line[i][1] == '-') continue;
            // Flags may be run together: -fp 8080, -p8080.
            var at = line[i].IndexOf(letter);
            if (at < 0) continue;
            if (at + 1 < line[i].Length) return line[i][(at + 1)..];
            if (i + 1 < line.Count) return line[i + 1];
        }

        return "";
    }
}
