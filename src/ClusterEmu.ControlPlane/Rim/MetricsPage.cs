using System.Globalization;
using System.Text;
using ClusterEmu.ControlPlane.ApiServer;
using Microsoft.AspNetCore.Http;

namespace ClusterEmu.ControlPlane;

/// <summary>/metrics, in Prometheus' text format. What it shows has the names and labels of a real API server; the rest of theirs is left out.</summary>
internal sealed class MetricsPage(ApiMetrics metrics, InFlightLimit limit, ApiCore core, string version)
{
    private const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public Task AnswerAsync(HttpContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method)) throw Refuse.MethodNotAllowed();
        return HttpAnswers.BytesAsync(context, 200, ContentType, Encoding.UTF8.GetBytes(Text()));
    }

    internal string Text()
    {
        var page = new MetricsText();
        page.Family("apiserver_current_inflight_requests", "gauge", "Requests that are being worked on, by request kind.");
        page.Sample("apiserver_current_inflight_requests", "request_kind=\"mutating\"", limit.Mutating);
        page.Sample("apiserver_current_inflight_requests", "request_kind=\"readOnly\"", limit.Reading);
        page.Family("apiserver_longrunning_requests", "gauge", "Watches that are open.");
        foreach (var (kind, count) in Sorted(metrics.LongRunning, item => item.Key)) page.Sample("apiserver_longrunning_requests", Labels(kind), count);
        page.Family("apiserver_request_duration_seconds", "histogram", "How long answers took, watches apart.");
        foreach (var (kind, histogram) in Sorted(metrics.Durations, item => item.Key)) Write(page, Labels(kind, DryRun(kind)), histogram);
        page.Family("apiserver_request_total", "counter", "Requests that were answered.");
        foreach (var ((kind, code), count) in Sorted(metrics.Requests, item => item.Key.Kind))
            page.Sample("apiserver_request_total", Labels(kind, $"code=\"{code.ToString(CultureInfo.InvariantCulture)}\",{DryRun(kind)}"), count);
        var objects = core.Reader.Current;
        page.Family("apiserver_storage_objects", "gauge", "Objects that are stored, by kind.");
        foreach (var kind in core.Served.Stored.OrderBy(kind => kind.QualifiedPlural, StringComparer.Ordinal))
            page.Sample("apiserver_storage_objects", $"resource=\"{kind.QualifiedPlural}\"", objects.Count(kind));
        page.Family("etcd_requests_total", "counter", "Changes that were made durable. There is no etcd: they went to the journal.");
        foreach (var (kind, type, count) in core.Reader.Written.All())
            page.Sample("etcd_requests_total", $"operation=\"{Operation(type)}\",type=\"*{(kind.Group.Length == 0 ? "core" : kind.Group.Split('.')[0])}.{kind.Kind}\"", count);
        page.Family("kubernetes_build_info", "gauge", "Always 1.");
        page.Sample("kubernetes_build_info", $"git_version=\"{version}\",platform=\"linux/amd64\"", 1);
        Process(page);
        return page.ToString();
    }

    private static void Write(MetricsText page, string labels, ApiMetrics.Histogram histogram)
    {
        var counts = histogram.Cumulative();
        for (var i = 0; i < ApiMetrics.Buckets.Length; i++)
            page.Sample("apiserver_request_duration_seconds_bucket", $"{labels},le=\"{ApiMetrics.Buckets[i].ToString(CultureInfo.InvariantCulture)}\"", counts[i]);
        page.Sample("apiserver_request_duration_seconds_bucket", labels + ",le=\"+Inf\"", counts[^1]);
        page.Sample("apiserver_request_duration_seconds_sum", labels, histogram.Sum);
        page.Sample("apiserver_request_duration_seconds_count", labels, counts[^1]);
    }

    private static void Process(MetricsText page)
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        page.Value("process_cpu_seconds_total", "counter", "CPU time of this process, in seconds.", process.TotalProcessorTime.TotalSeconds);
        if (OperatingSystem.IsLinux()) page.Value("process_open_fds", "gauge", "Open file descriptors.", Directory.GetFiles("/proc/self/fd").Length);
        page.Value("process_resident_memory_bytes", "gauge", "Memory in use, in bytes.", process.WorkingSet64);
        page.Value("process_start_time_seconds", "gauge", "When this process began, in seconds since 1970.", new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds() / 1000.0);
        page.Value("process_virtual_memory_bytes", "gauge", "Address space in use, in bytes.", process.VirtualMemorySize64);
    }

    private static string Labels(ApiMetrics.RequestKind kind, string more = "") =>
        $"component=\"apiserver\",group=\"{kind.Kind.Group}\",resource=\"{kind.Kind.Plural}\",scope=\"{kind.Scope}\",subresource=\"{MetricsText.Escape(kind.Subresource)}\",verb=\"{kind.Verb}\",version=\"{kind.Kind.Version}\"{(more.Length > 0 ? "," : "")}{more}";

    private static string Operation(Storage.StoreEventType type) => type switch
    {
        Storage.StoreEventType.Created => "create",
        Storage.StoreEventType.Modified => "update",
        _ => "delete",
    };

    private static string DryRun(ApiMetrics.RequestKind kind) => kind.DryRun ? "dry_run=\"All\"" : "dry_run=\"\"";

    private static IEnumerable<T> Sorted<T>(IEnumerable<T> items, Func<T, ApiMetrics.RequestKind> key) => items
        .OrderBy(item => key(item).Kind.QualifiedPlural, StringComparer.Ordinal).ThenBy(item => key(item).Verb, StringComparer.Ordinal).ThenBy(item => key(item).Scope, StringComparer.Ordinal);
}
