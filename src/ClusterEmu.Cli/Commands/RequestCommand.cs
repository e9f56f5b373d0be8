using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using ClusterEmu.Cli.ApiAccess;
using ClusterEmu.Cli.Launching;

namespace ClusterEmu.Cli.Commands;

/// <summary><c>clusteremu request</c>: a real request from a Pod, a node, or outside.</summary>
internal static class RequestCommand
{
    public static Command Create()
    {
        var url = new Argument<string>("URL") { Description = "Such as http://web-svc, http://172.18.0.2:30080, https://kubernetes.default.svc." };
        var from = new Option<string>("--from") { Description = "pod/NS/NAME, node/NAME, or outside[/IP].", DefaultValueFactory = _ => "outside" };
        var count = new Option<int>("--count") { Description = "How many requests, one after another, 1 to 1000000.", DefaultValueFactory = _ => 1 };
        var keepalive = new Option<bool>("--keepalive") { Description = "One connection for all of them. Default: one each, so that each is balanced anew." };
        var method = new Option<string?>("--method") { Description = "The HTTP method. Default: GET, or POST with --data." };
        var headers = new Option<string[]>("--header") { Description = "'Name: value'; may be repeated.", DefaultValueFactory = _ => [] };
        var data = new Option<string?>("--data") { Description = "The request's body." };
        var timeout = new Option<string>("--timeout") { Description = "Of each request, such as 500ms or 5s.", DefaultValueFactory = _ => "5s" };
        var trace = new Option<bool>("--trace") { Description = "Show each hop of each request." };
        var output = CommonOptions.Output("text", "json");
        var cluster = CommonOptions.Name();
        var state = CommonOptions.StateDirectory();
        var command = new Command("request", "Send requests from inside the cluster or from outside, and see who answered and how they went.")
        {
            url, from, count, keepalive, method, headers, data, timeout, trace, output, cluster, state,
        };
        command.Examples(
            "clusteremu request http://web-svc --from pod/default/client --count 100",
            "clusteremu request http://web-svc --from pod/default/client --trace",
            "clusteremu request http://172.18.0.2:30080 --from outside/198.51.100.7 --timeout 500ms",
            "clusteremu request http://web-svc.default.svc.cluster.local/echo --from node/node-1 --method POST --header 'Accept: text/plain' --data hello -o json");
        command.Does(async (result, token) =>
        {
            var verb = result.GetValue(method);
            if (verb is not null && (verb.Length == 0 || !verb.All(letter => char.IsAsciiLetter(letter) || letter == '-'))) throw new CommandFailure($"--method '{verb}' is no HTTP method. Use GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS.", 2);
            using var api = ApiConnection.To(ClusterFolder.Of(result.GetValue(cluster)!, result.GetValue(state)));
            var spec = new JsonObject
            {
                ["url"] = result.GetValue(url),
                ["from"] = result.GetValue(from),
                ["count"] = result.GetValue(count),
                ["keepalive"] = result.GetValue(keepalive),
                ["method"] = verb,
                ["headers"] = new JsonArray([.. result.GetValue(headers)!.Select(header => (JsonNode)header)]),
                ["data"] = result.GetValue(data),
                ["timeoutMs"] = Milliseconds(result.GetValue(timeout)!),
                ["trace"] = result.GetValue(trace),
            };
            var report = await SendAsync(api, spec, token);
            var all = report["sent"]!.GetValue<int>() == report["succeeded"]!.GetValue<int>();
            if (result.GetValue(output) == "json") report.Remove("answers"); // The text shows them; the JSON has a fixed shape.
            if (result.GetValue(output) == "json") Console.Out.WriteLine(JsonText.Print(report));
            else RequestReportText.Print(Console.Out, report);
            return all ? 0 : 1;
        });
        return command;
    }

    /// <summary>Sends the spec to the process that hosts the sender.</summary>
    /// <exception cref="CommandFailure">There is no such sender, or its process refused the spec.</exception>
    public static async Task<JsonObject> SendAsync(ApiConnection api, JsonObject spec, CancellationToken cancellationToken)
    {
        var path = await EndpointOfAsync(api, spec["from"]!.ToString(), cancellationToken);
        var answer = await api.SendAsync(HttpMethod.Post, path + "/clusteremu/request", spec.ToJsonString(), limit: Timeout.InfiniteTimeSpan, cancellationToken: cancellationToken);
        return answer.Ok ? answer.Json : throw new CommandFailure(answer.ErrorText);
    }

    private static async Task<string> EndpointOfAsync(ApiConnection api, string from, CancellationToken cancellationToken)
    {
        switch (from.Split('/'))
        {
            case ["outside"] or ["outside", _]:
                return "/apis/clusteremu.io/v1alpha1/processes/edge/proxy";
            case ["node", var node]:
                return $"/api/v1/nodes/{Uri.EscapeDataString(node)}/proxy";
            case ["pod", var ns, var name]:
                var pod = await api.GetAsync($"/api/v1/namespaces/{Uri.EscapeDataString(ns)}/pods/{Uri.EscapeDataString(name)}", cancellationToken: cancellationToken);
                if (!pod.Ok) throw new CommandFailure(pod.ErrorText);
                return pod.Json["spec"]?["nodeName"]?.ToString() is { Length: > 0 } host
                    ? $"/api/v1/nodes/{Uri.EscapeDataString(host)}/proxy"
                    : throw new CommandFailure($"Pod {ns}/{name} is not on a node yet, so nothing can be sent from it. See 'clusteremu get pod {name} -n {ns}'.");
            default:
                throw new CommandFailure($"--from '{from}' names no sender. Use pod/NS/NAME, node/NAME, outside, or outside/IP.", 2);
        }
    }

    private static long Milliseconds(string text)
    {
        var (number, factor) = text.EndsWith("ms", StringComparison.Ordinal) ? (text[..^2], 1.0)
            : text.EndsWith('s') ? (text[..^1], 1000.0)
            : text.EndsWith('h') ? (text[..^1], 3_600_000.0)
            : text.EndsWith('m') ? (text[..^1], 60_000.0)
            : (text, 1000.0);
        return double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value > 0 && value * factor <= 3_600_000
            ? (long)Math.Max(1, value * factor)
            : throw new CommandFailure($"--timeout '{text}' is no time above 0 and up to 1h. Write it like 500ms, 5s or 2m.", 2);
    }
}
