using ClusterEmu.Simulation;

namespace ClusterEmu.Cli.Simulations;

/// <summary>Prints one line for each seed with its trace hash: as soon as may be, and in the order of the seeds whatever the number of workers.</summary>
/// <param name="seeds">In their order.</param>
/// <param name="output">Null: nothing is printed.</param>
internal sealed class SeedLines(IReadOnlyList<ulong> seeds, TextWriter? output)
{
    private readonly SortedDictionary<ulong, string> _waiting = [];
    private int _next;

    /// <summary>Whether the next call of <see cref="Add"/> for this seed prints something.</summary>
    public bool IsNext(SeedOutcome outcome) => output is not null && outcome.Result.Seed == seeds[_next];

    public void Add(SeedOutcome outcome)
    {
        if (output is null) return;
        var result = outcome.Result;
        _waiting[result.Seed] = $"seed {result.Seed} {result.HashText}{(result.Failed ? $" {result.Violation!.Invariant}" : "")}";
        for (; _next < seeds.Count && _waiting.Remove(seeds[_next], out var line); _next++) output.WriteLine(line);
    }

    /// <summary>Prints what is left after a sweep that ended early, when seeds in between were not run.</summary>
    public void Finish()
    {
        foreach (var (_, line) in _waiting) output?.WriteLine(line);
        _waiting.Clear();
    }
}
