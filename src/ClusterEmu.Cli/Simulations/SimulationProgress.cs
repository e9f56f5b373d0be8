using System.Diagnostics;
using ClusterEmu.Simulation;

namespace ClusterEmu.Cli.Simulations;

/// <summary>Tells how far a sweep is: on a terminal in one line that is written over, elsewhere in a line every ten seconds.</summary>
/// <param name="total">How many seeds there are.</param>
/// <param name="output">Null: nothing is shown.</param>
/// <param name="isFile">Whether the output is no terminal.</param>
internal sealed class SimulationProgress(int total, TextWriter? output, bool isFile)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly TimeSpan _pace = isFile ? TimeSpan.FromSeconds(10) : TimeSpan.FromMilliseconds(200);
    private TimeSpan _shown;
    private int _done;
    private int _failed;

    public void Show(SeedOutcome outcome)
    {
        _done++;
        if (outcome.Result.Failed) _failed++;
        if (output is null || _clock.Elapsed - _shown < _pace) return;
        _shown = _clock.Elapsed;
        var line = FormattableString.Invariant($"{_done} of {total} seeds, {_done / Math.Max(0.001, _clock.Elapsed.TotalSeconds):0.0} per second, {_failed} failed");
        if (isFile) output.WriteLine(line);
        else output.Write($"\r{line}   ");
    }

    /// <summary>Takes the line away, so that something else can be printed in its place.</summary>
    public void Clear()
    {
        if (!isFile) output?.Write("\r" + new string(' ', 70) + "\r");
    }
}
