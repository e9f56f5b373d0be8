using System.Diagnostics;
using ClusterEmu.Simulation;

namespace ClusterEmu.Cli.Simulations;

/// <summary>One line that tells how far a sweep is, for people who watch.</summary>
/// <param name="total">How many seeds there are.</param>
/// <param name="output">A terminal; null: nothing is shown.</param>
internal sealed class SimulationProgress(int total, TextWriter? output)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _shown;
    private int _done;
    private int _failed;

    public void Show(SeedOutcome outcome)
    {
        _done++;
        if (outcome.Result.Failed) _failed++;
        if (output is null || _clock.Elapsed - _shown < TimeSpan.FromMilliseconds(200)) return;
        _shown = _clock.Elapsed;
        var perSecond = _done / Math.Max(0.001, _clock.Elapsed.TotalSeconds);
        output.Write(FormattableString.Invariant($"\r{_done} of {total} seeds, {perSecond:0.0} per second, {_failed} failed   "));
    }

    public void Clear() => output?.Write("\r" + new string(' ', 70) + "\r");
}
