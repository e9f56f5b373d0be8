using ClusterEmu.EndToEnd.Tests.Harness;

namespace ClusterEmu.EndToEnd.Tests.Guide;

/// <summary>
/// The guide's kubectl session against a cluster of ours, held against what a real API server made kubectl print.
/// Where the two must differ, transcript-differences.txt says why; a row there that no longer holds is a failure too.
/// </summary>
public sealed class TranscriptTests
{
    /// <summary>Begins the reason of a row that need not hold: the command may come before or after what it shows.</summary>
    private const string Race = "Race: ";

    [ReferenceFact("tools/kubectl-session.sh", "reference/kubectl-transcript-1.20.txt")]
    public async Task Session_PrintsWhatARealClusterPrints()
    {
        await using var cluster = await RunningCluster.StartAsync();
        var bin = Directory.CreateDirectory(Path.Combine(cluster.Folder, "bin")).FullName;
        File.CreateSymbolicLink(Path.Combine(bin, "kubectl"), Tools.Kubectl!);
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["KUBECONFIG"] = cluster.Kubeconfig,
            ["HOME"] = cluster.Folder,
            ["PATH"] = bin + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH"),
        };
        var session = await Shell.RunAsync("bash", [ReferenceFactAttribute.Find("tools/kubectl-session.sh")!], environment, timeoutSeconds: 300);
        var ours = Transcript.Parse(session.Output);
        var real = Transcript.Parse(await File.ReadAllTextAsync(ReferenceFactAttribute.Find("reference/kubectl-transcript-1.20.txt")!));
        var reasons = Differences(Path.Combine(AppContext.BaseDirectory, "Guide", "transcript-differences.txt"));

        var problems = new List<string>();
        var byCommand = ours.GroupBy(entry => Transcript.Normal(entry.Command)).ToDictionary(group => group.Key, group => new Queue<TranscriptEntry>(group), StringComparer.Ordinal);
        foreach (var expected in real)
        {
            var command = Transcript.Normal(expected.Command);
            var actual = byCommand.TryGetValue(command, out var queue) && queue.Count > 0 ? queue.Dequeue() : null;
            var same = actual is not null && actual.ExitCode == expected.ExitCode && Transcript.Comparable(actual).SequenceEqual(Transcript.Comparable(expected));
            var listed = reasons.TryGetValue(command, out var allowed) && allowed.Count > 0;
            if (same) continue;
            if (listed) allowed!.Dequeue();
            else problems.Add($"{expected.Command}\n--- real (rc={expected.ExitCode})\n{string.Join('\n', expected.Lines)}\n--- ours (rc={actual?.ExitCode})\n{(actual is null ? "missing" : string.Join('\n', actual.Lines))}");
        }
        Assert.True(problems.Count == 0, $"{problems.Count} of {real.Count} commands differ without a reason in transcript-differences.txt:\n\n{string.Join("\n\n", problems)}");
        var stale = reasons.Where(pair => pair.Value.Any(reason => !reason.StartsWith(Race, StringComparison.Ordinal))).Select(pair => pair.Key).ToList();
        Assert.True(stale.Count == 0, $"These no longer differ; take them out of transcript-differences.txt:\n{string.Join('\n', stale)}");
    }

    /// <summary>Rows <c>$ command</c>, followed by an indented reason.</summary>
    private static Dictionary<string, Queue<string>> Differences(string file)
    {
        var found = new Dictionary<string, Queue<string>>(StringComparer.Ordinal);
        string? command = null;
        foreach (var line in File.ReadAllLines(file).Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line.StartsWith("$ ", StringComparison.Ordinal)) command = Transcript.Normal(line);
            else if (command is not null)
            {
                if (!found.TryGetValue(command, out var reasons)) found[command] = reasons = new Queue<string>();
                reasons.Enqueue(line.Trim());
                command = null;
            }
        }
        return found;
    }
}
