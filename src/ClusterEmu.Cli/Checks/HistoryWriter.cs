using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using ClusterEmu.Cli.ApiAccess;
using ClusterEmu.Client;

namespace ClusterEmu.Cli.Checks;

/// <summary>A client that creates, updates, patches, deletes, gets and lists the same few ConfigMaps as all others, and notes what it was told.</summary>
internal sealed class HistoryWriter(ApiConnection api, ApiHistory history, string name, int seed)
{
    private readonly Random _random = new(seed);
    private readonly Dictionary<string, long> _known = new(StringComparer.Ordinal);
    private int _number;

    /// <summary>Goes on until it is stopped; what is under way then is finished.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var target = string.Create(CultureInfo.InvariantCulture, $"w-{_random.Next(HistoryOptions.Names)}");
            switch (_random.Next(10))
            {
                case < 3: await CreateAsync(target); break;
                case < 5: await UpdateAsync(target); break;
                case < 7: await PatchAsync(target); break;
                case 7: await DeleteAsync(target); break;
                case 8: await GetAsync(target); break;
                default: await ListAsync(); break;
            }
        }
    }

    private async Task CreateAsync(string target)
    {
        var value = NextValue();
        await WriteAsync(HttpMethod.Post, HistoryOptions.Collection, Body(target, value, null), HistoryVerb.Create, target, value);
    }

    /// <summary>On top of the revision that was seen last, which others may have replaced.</summary>
    private async Task UpdateAsync(string target)
    {
        if (!_known.TryGetValue(target, out var revision))
        {
            await GetAsync(target);
            return;
        }
        var value = NextValue();
        await WriteAsync(HttpMethod.Put, $"{HistoryOptions.Collection}/{target}", Body(target, value, revision), HistoryVerb.Update, target, value, revision);
    }

    private async Task PatchAsync(string target)
    {
        var value = NextValue();
        await WriteAsync(HttpMethod.Patch, $"{HistoryOptions.Collection}/{target}", $$"""{"data": {"v":"{{value}}"} }""", HistoryVerb.Update, target, value);
    }

    private Task DeleteAsync(string target) => WriteAsync(HttpMethod.Delete, $"{HistoryOptions.Collection}/{target}", null, HistoryVerb.Delete, target, "");

    private async Task WriteAsync(HttpMethod method, string path, string? body, HistoryVerb verb, string target, string value, long precondition = 0)
    {
        var invoked = Stopwatch.GetTimestamp();
        var answer = await TryAsync(method, path, body);
        var outcome = OutcomeOf(answer);
        var revision = outcome == HistoryOutcome.Done ? HistoryJson.RevisionOf(answer!.Json) : 0;
        if (revision > 0 && verb != HistoryVerb.Delete) _known[target] = revision;
        history.Add(new HistoryWrite(name, HistoryJson.Target(target), verb, invoked, outcome == HistoryOutcome.Unknown ? long.MaxValue : Stopwatch.GetTimestamp(), outcome)
        {
            Revision = verb == HistoryVerb.Delete ? 0 : revision,
            Precondition = precondition,
            Value = value,
        });
    }

    private async Task GetAsync(string target)
    {
        var invoked = Stopwatch.GetTimestamp();
        var answer = await TryAsync(HttpMethod.Get, $"{HistoryOptions.Collection}/{target}", null);
        if (answer is not { Ok: true } and not { Code: 404 }) return;
        var revision = answer.Ok ? HistoryJson.RevisionOf(answer.Json) : 0;
        if (revision > 0) _known[target] = revision;
        var key = HistoryJson.Target(target);
        history.Add(new HistoryRead(name, invoked, Stopwatch.GetTimestamp(), revision, revision > 0 ? [(key, revision)] : []) { Target = key });
    }

    private async Task ListAsync()
    {
        var invoked = Stopwatch.GetTimestamp();
        if (await TryAsync(HttpMethod.Get, HistoryOptions.Collection, null) is { Ok: true } answer)
            history.Add(HistoryJson.List(name, invoked, Stopwatch.GetTimestamp(), answer.Json));
    }

    /// <summary>Null: the connection broke, and nobody knows what became of the request.</summary>
    private async Task<ApiAnswer?> TryAsync(HttpMethod method, string path, string? body)
    {
        try
        {
            return await api.SendAsync(method, path, body, method == HttpMethod.Patch ? "application/merge-patch+json" : "application/json", limit: TimeSpan.FromSeconds(10));
        }
        catch (CommandFailure)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), CancellationToken.None); // The server is being started again.
            return null;
        }
    }

    private static HistoryOutcome OutcomeOf(ApiAnswer? answer) => answer?.Code switch
    {
        >= 200 and < 300 => HistoryOutcome.Done,
        null or >= 500 => HistoryOutcome.Unknown,
        _ => HistoryOutcome.Refused,
    };

    private string NextValue() => string.Create(CultureInfo.InvariantCulture, $"{name}-{++_number}");

    private static string Body(string target, string value, long? revision)
    {
        var metadata = new JsonObject { ["name"] = target };
        if (revision is { } known) metadata["resourceVersion"] = known.ToString(CultureInfo.InvariantCulture);
        return new JsonObject { ["apiVersion"] = "v1", ["kind"] = "ConfigMap", ["metadata"] = metadata, ["data"] = new JsonObject { ["v"] = value } }.ToJsonString();
    }
}
