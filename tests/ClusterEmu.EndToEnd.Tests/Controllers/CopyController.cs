using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace ClusterEmu.EndToEnd.Tests.Controllers;

/// <summary>
/// A controller as anybody might write one: it lists and watches ConfigMaps labelled <c>role=source</c>, and keeps a copy of each, named
/// <c>copy-of-NAME</c>, as long as it holds the Lease. It notes every revision of a source that it was told of.
/// </summary>
public sealed class CopyController(PlainApi api, string ns, string identity)
{
    private const string LeaseName = "copy-controller";
    private const int LeaseSeconds = 2;
    private readonly Dictionary<string, (string Value, string Revision)> _sources = new(StringComparer.Ordinal);
    private readonly HashSet<string> _dirty = new(StringComparer.Ordinal);

    private readonly List<long> _seen = [];

    /// <summary>The revisions of sources in the order in which they were told, as far as they have been now.</summary>
    public IReadOnlyList<long> Seen
    {
        get
        {
            lock (_sources) return [.. _seen];
        }
    }

    /// <summary>How often it had to list anew because the history was gone.</summary>
    public int Relists { get; private set; } = -1;

    /// <summary>How many watches it took.</summary>
    public int Watches { get; private set; }

    public bool Leads { get; private set; }

    private string ConfigMaps => $"/api/v1/namespaces/{ns}/configmaps";

    private string Leases => $"/apis/coordination.k8s.io/v1/namespaces/{ns}/leases";

    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            await Task.WhenAll(ElectAsync(stop), FollowAsync(stop), ReconcileAsync(stop));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Leads = false;
        }
    }

    /// <summary>Takes the Lease when it is free, and renews it while it is ours. Source: client-go tools/leaderelection.</summary>
    private async Task ElectAsync(CancellationToken stop)
    {
        while (true)
        {
            var now = DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
            var (code, lease) = await api.SendAsync(HttpMethod.Get, $"{Leases}/{LeaseName}", null, stop);
            if (code == HttpStatusCode.NotFound)
            {
                var made = new JsonObject { ["apiVersion"] = "coordination.k8s.io/v1", ["kind"] = "Lease", ["metadata"] = new JsonObject { ["name"] = LeaseName }, ["spec"] = Spec(now) };
                (code, _) = await api.SendAsync(HttpMethod.Post, Leases, made, stop);
                Leads = code == HttpStatusCode.Created;
            }
            else
            {
                var renewed = DateTime.Parse(lease["spec"]!["renewTime"]!.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
                var ours = lease["spec"]!["holderIdentity"]?.ToString() == identity;
                if (ours || DateTime.UtcNow - renewed > TimeSpan.FromSeconds(LeaseSeconds))
                {
                    lease["spec"] = Spec(now);
                    (code, _) = await api.SendAsync(HttpMethod.Put, $"{Leases}/{LeaseName}", lease, stop);
                    Leads = code == HttpStatusCode.OK; // 409: another one was quicker.
                }
                else
                {
                    Leads = false;
                }
            }
            await Task.Delay(LeaseSeconds * 1000 / 4, stop);
        }
    }

    private JsonObject Spec(string now) => new() { ["holderIdentity"] = identity, ["leaseDurationSeconds"] = LeaseSeconds, ["renewTime"] = now };

    /// <summary>Lists once, then watches from the last revision that it knows, whatever happens to the server.</summary>
    private async Task FollowAsync(CancellationToken stop)
    {
        while (true)
        {
            Relists++;
            var (_, list) = await api.SendAsync(HttpMethod.Get, $"{ConfigMaps}?labelSelector=role%3Dsource", null, stop);
            foreach (var item in list["items"]!.AsArray()) Take(item!);
            var revision = list["metadata"]!["resourceVersion"]!.ToString();
            while (revision is not null)
            {
                Watches++;
                var path = $"{ConfigMaps}?labelSelector=role%3Dsource&watch=true&allowWatchBookmarks=true&timeoutSeconds=5&resourceVersion={revision}";
                await foreach (var told in api.WatchAsync(path, stop))
                {
                    if (told["type"]!.ToString() == "ERROR")
                    {
                        revision = null;
                        break;
                    }
                    revision = told["object"]!["metadata"]!["resourceVersion"]!.ToString();
                    if (told["type"]!.ToString() != "BOOKMARK") Take(told["object"]!);
                }
                await Task.Delay(20, stop);
            }
        }
    }

    private void Take(JsonNode source)
    {
        var (name, revision) = (source["metadata"]!["name"]!.ToString(), source["metadata"]!["resourceVersion"]!.ToString());
        lock (_sources)
        {
            _seen.Add(long.Parse(revision, CultureInfo.InvariantCulture));
            _sources[name] = (source["data"]!["v"]!.ToString(), revision);
            _dirty.Add(name);
        }
    }

    private async Task ReconcileAsync(CancellationToken stop)
    {
        while (true)
        {
            string? name = null;
            var value = "";
            lock (_sources)
            {
                if (Leads && _dirty.Count > 0)
                {
                    name = _dirty.First();
                    _dirty.Remove(name);
                    value = _sources[name].Value;
                }
            }
            if (name is null)
            {
                await Task.Delay(10, stop);
                continue;
            }
            var copy = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "ConfigMap", ["metadata"] = new JsonObject { ["name"] = $"copy-of-{name}" }, ["data"] = new JsonObject { ["v"] = value, ["by"] = identity } };
            var (code, _) = await api.SendAsync(HttpMethod.Post, ConfigMaps, copy, stop);
            if (code == HttpStatusCode.Conflict) await api.SendAsync(HttpMethod.Patch, $"{ConfigMaps}/copy-of-{name}", new JsonObject { ["data"] = new JsonObject { ["v"] = value, ["by"] = identity } }, stop);
        }
    }
}
