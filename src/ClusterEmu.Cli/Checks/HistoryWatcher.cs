using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterEmu.Cli.ApiAccess;
using ClusterEmu.Client;

namespace ClusterEmu.Cli.Checks;

/// <summary>How a watcher behaves.</summary>
internal enum WatcherHabit
{
    /// <summary>Takes everything at once.</summary>
    Fast,

    /// <summary>Stops reading for longer than the server's window reaches back, so that it falls off.</summary>
    Slow,

    /// <summary>Breaks off after a few events, and goes on from the last one.</summary>
    Restless,
}

/// <summary>Lists, watches, goes on from the last revision when the watch ends, and lists anew after 410. Notes all that it is told.</summary>
internal sealed class HistoryWatcher(ApiConnection api, ApiHistory history, string name, WatcherHabit habit, int seed)
{
    private readonly Random _random = new(seed);
    private long _revision;

    /// <summary>Events so far, bookmarks included.</summary>
    public int Events { get; private set; }

    /// <summary>How often the history was gone.</summary>
    public int Expired { get; private set; }

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (_revision == 0) await ListAsync(stop);
                else await WatchAsync(stop);
            }
            catch (Exception cause) when (cause is CommandFailure or IOException or HttpRequestException or JsonException)
            {
                if (cause is CommandFailure && cause.Message.Contains("(Expired)", StringComparison.Ordinal))
                {
                    Expired++;
                    _revision = 0;
                }
                await Task.Delay(TimeSpan.FromMilliseconds(50), CancellationToken.None);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task ListAsync(CancellationToken stop)
    {
        var invoked = Stopwatch.GetTimestamp();
        var answer = await api.GetAsync(HistoryOptions.Collection, cancellationToken: stop);
        if (!answer.Ok) throw new CommandFailure(answer.ErrorText);
        history.Add(HistoryJson.List(name, invoked, Stopwatch.GetTimestamp(), answer.Json));
        _revision = HistoryJson.RevisionOf(answer.Json);
    }

    private async Task WatchAsync(CancellationToken stop)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"{HistoryOptions.Collection}?watch=true&allowWatchBookmarks=true&timeoutSeconds={_random.Next(2, 8)}&resourceVersion={_revision}");
        var watch = new HistoryWatch(name, HistoryOptions.Resource, HistoryOptions.Namespace, _revision);
        using var reader = new StreamReader(await api.OpenAsync(path, "application/json", stop));
        history.Add(watch);
        var most = habit == WatcherHabit.Restless ? _random.Next(1, 40) : int.MaxValue;
        while (most-- > 0 && await reader.ReadLineAsync(stop) is { Length: > 0 } line)
        {
            var told = JsonNode.Parse(line)!;
            if (told["type"]!.GetValue<string>() == "ERROR")
            {
                if (told["object"]?["code"]?.GetValue<int>() != 410) return;
                Expired++;
                watch.Expired = true;
                _revision = 0;
                return;
            }
            Events++;
            _revision = HistoryJson.RevisionOf(told["object"]);
            if (HistoryJson.Event(told) is { } entry) watch.Events.Add(entry);
            if (habit == WatcherHabit.Slow && _random.Next(30) == 0) await Task.Delay(TimeSpan.FromSeconds(3), stop);
        }
    }
}
