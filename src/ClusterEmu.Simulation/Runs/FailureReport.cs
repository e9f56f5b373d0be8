using System.Globalization;
using System.Text;

namespace ClusterEmu.Simulation;

/// <summary>Tells of a failing seed so that somebody can find the cause: what did not hold, how it came to it, how to see it again.</summary>
public static class FailureReport
{
    /// <param name="scenario">What was run.</param>
    /// <param name="result">A run that failed, best with its trace.</param>
    /// <param name="traceLines">How many lines of the trace to show at most.</param>
    public static string Text(Scenario scenario, RunResult result, int traceLines = 20)
    {
        if (result.Violation is not { } violation) return $"Seed {result.Seed}: all held.";
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"Seed {result.Seed}: {violation.Invariant} did not hold at {VirtualTime.Moment(violation.AtMicroseconds)} (virtual time), step {violation.Step}.");
        text.AppendLine(CultureInfo.InvariantCulture, $"  {violation.What.ReplaceLineEndings("\n  ")}");
        if (result.Log.Count > 0) text.AppendLine("What happened:");
        foreach (var line in result.Log.TakeLast(traceLines)) text.AppendLine(CultureInfo.InvariantCulture, $"  {line}");
        if (result.Trace.Count > 0) text.AppendLine("The last steps:");
        foreach (var line in result.Trace.TakeLast(traceLines)) text.AppendLine(CultureInfo.InvariantCulture, $"  {line}");
        text.Append(CultureInfo.InvariantCulture, $"Hash {result.HashText}. Replay: {ReplayLine(scenario, result.Seed)}");
        return text.ToString();
    }

    /// <summary>The command that runs one seed again; a call where the scenario has no file.</summary>
    public static string ReplayLine(Scenario scenario, ulong seed) => scenario.Command.Length > 0
        ? $"{scenario.Command} --seed {seed}"
        : $"SimulationRun.Run(scenario, {seed}) with the scenario '{scenario.Name}'";
}
