using System.Globalization;
using System.Text.Json.Nodes;

namespace ClusterEmu.Cli.Commands;

/// <summary>A request report for people.</summary>
internal static class RequestReportText
{
    private const int MaxErrors = 5;

    public static void Print(TextWriter output, JsonObject report)
    {
        var sent = report["sent"]!.GetValue<int>();
        var succeeded = report["succeeded"]!.GetValue<int>();
        output.WriteLine($"{report["url"]} from {report["from"]}: {sent} sent, {succeeded} answered{Failures(report)}");
        foreach (var (pod, number) in (report["byPod"] as JsonObject ?? []).OrderByDescending(pair => pair.Value!.GetValue<int>()).ThenBy(pair => pair.Key, StringComparer.Ordinal))
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {number!.GetValue<int>(),7}  {100.0 * number.GetValue<int>() / Math.Max(1, succeeded),5:0.0} %  {pod}"));
        if (succeeded > 0 && report["latencyMs"] is JsonObject latency)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  latency p50 {latency["p50"]!.GetValue<double>():0.###} ms, p99 {latency["p99"]!.GetValue<double>():0.###} ms"));
        var answers = report["answers"];
        foreach (var (code, number) in (answers?["statusCodes"] as JsonObject ?? []).Where(pair => !pair.Key.StartsWith('2')))
            output.WriteLine($"  {number!.GetValue<int>(),7}  x HTTP status {code}");
        foreach (var (error, number) in (answers?["errors"] as JsonObject ?? []).OrderByDescending(pair => pair.Value!.GetValue<int>()).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(MaxErrors))
            output.WriteLine($"  {number!.GetValue<int>(),7}  x {error}");
        var number1 = 0;
        foreach (var trace in (report["traces"] as JsonArray ?? []).OfType<JsonObject>()) PrintTrace(output, trace, ++number1);
    }

    /// <summary>The hops of one request, a line each.</summary>
    public static void PrintTrace(TextWriter output, JsonObject trace, int number)
    {
        var hops = (trace["hops"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        output.WriteLine($"  trace {number}");
        var where = hops.Select(hop => hop["at"]!.ToString().Length).DefaultIfEmpty(0).Max();
        foreach (var hop in hops)
        {
            var table = hop["tableRevision"] is { } revision ? $"  [table {revision}]" : "";
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    {Time(hop["t"]),10}  {hop["at"]!.ToString().PadRight(where)}  {hop["what"],-9} {hop["detail"]}{table}"));
        }
    }

    private static string Failures(JsonObject report)
    {
        var kinds = (report["failed"] as JsonObject ?? []).Where(pair => pair.Value!.GetValue<int>() > 0).Select(pair => $"{pair.Value} {pair.Key}").ToList();
        return kinds.Count == 0 ? "" : ", failed: " + string.Join(", ", kinds);
    }

    private static string Time(JsonNode? microseconds) =>
        microseconds is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{microseconds.GetValue<double>() / 1000:0.000} ms");
}
