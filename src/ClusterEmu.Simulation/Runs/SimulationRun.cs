namespace ClusterEmu.Simulation;

/// <summary>Runs one seed of a scenario from start to end, on the calling thread and in virtual time.</summary>
/// <remarks>
/// Start; objects applied and ready; faults, changes and load; all faults ended; the cluster must become whole again. Invariants are
/// checked throughout, and the first that does not hold ends the run.
/// </remarks>
public sealed class SimulationRun
{
    private const long Round = 100 * VirtualTime.Millisecond;
    private readonly List<string> _log = [];
    private readonly Scenario _scenario;
    private readonly SimulatedWorld _world;
    private readonly IReadOnlyList<IInvariant> _invariants;
    private readonly IReadOnlyList<PlannedFault> _faults;
    private readonly FaultDriver _driver;
    private readonly TraceTail _trace;
    private readonly ClientWatch _clients;
    private int _errorsSeen;

    private SimulationRun(Scenario scenario, ulong seed, RunSettings settings)
    {
        _scenario = scenario;
        _world = new SimulatedWorld(scenario.World, seed);
        _faults = FaultPlanner.Plan(scenario, seed);
        _driver = new FaultDriver(_world, Note);
        _trace = new TraceTail(_world.Executor, settings.TraceSteps);
        _invariants = settings.Invariants();
        _world.Operator.Noted = Note;
        _clients = new ClientWatch(_world, scenario.Clients);
    }

    /// <summary>Runs the seed. Never throws for what the cluster does: that is in the result.</summary>
    /// <exception cref="ScenarioException">The scenario names something that does not exist.</exception>
    public static RunResult Run(Scenario scenario, ulong seed, RunSettings? settings = null)
    {
        var run = new SimulationRun(scenario, seed, settings ?? new RunSettings());
        try
        {
            run.Phases();
        }
        catch (SimulationEscapedException escape)
        {
            run.Fail("escape", escape.Message);
        }
        catch (SimulationStuckException circle)
        {
            run.Fail("livelock", circle.Message);
        }
        catch (Exception mistake) when (mistake is not ScenarioException)
        {
            run.Fail("exception", mistake.ToString());
        }
        return run.Result(seed);
    }

    private void Phases()
    {
        foreach (var invariant in _invariants) invariant.Attach(_world);
        _world.Start();
        foreach (var item in _scenario.Objects) _world.Operator.Apply(item);
        if (!Reach(_scenario.Expect.ReadyMicroseconds, "start", "after the start", () => Wholeness.Missing(_world, _scenario.Expect))) return;
        Note("ready");
        var start = _world.Now;
        _clients.Start();
        if (_scenario.Writers is { } writers) _world.Writers.Start(writers);
        _driver.Schedule(_faults, start);
        ChangeMaker.Schedule(_world, _scenario, start, Note);
        if (!RunTo(start + _scenario.DurationMicroseconds)) return;
        _world.Writers.Stop();
        _driver.HealAll();
        Note("healed");
        if (!Reach(_scenario.Expect.ConvergedMicroseconds, "whole-again", "after all faults had ended", () => Wholeness.Missing(_world, _scenario.Expect))) return;
        Note("whole again");
        if (!RunTo(_world.Now + Settling)) return;
        _clients.BeginAgain();
        if (!Reach(_scenario.Expect.ConvergedMicroseconds, "requests-succeed", "after the cluster was whole again", _clients.Missing)) return;
        if (_clients.Answered < _scenario.Expect.Answered) Fail("requests-succeed", $"{_clients.Answered} requests were answered in the whole run, but {_scenario.Expect.Answered} were expected.");
        foreach (var invariant in _invariants) invariant.Check(healed: true);
    }

    /// <summary>Long enough for what the API's state says to be in every table.</summary>
    private long Settling => (_scenario.World.Profile == "fast" ? 3 : 15) * VirtualTime.Second;

    /// <summary>Runs until nothing is missing.</summary>
    private bool Reach(long bound, string invariant, string when, Func<string?> find)
    {
        var end = _world.Now + bound;
        while (true)
        {
            if (!RunTo(Math.Min(_world.Now + Round, end))) return false;
            var missing = find();
            if (missing is null) return true;
            if (_world.Now < end) continue;
            Fail(invariant, $"{VirtualTime.Text(bound)} {when}, {missing}.");
            return false;
        }
    }

    /// <summary>Runs on, looking at the world now and then. False: the run is over.</summary>
    private bool RunTo(long end)
    {
        while (_world.Now < end)
        {
            _world.Executor.RunUntil(Math.Min(end, _world.Now + Round), () => _world.Violation is not null);
            if (_world.Violation is null) Look();
            if (_world.Violation is not null) return false;
        }
        return true;
    }

    private void Look()
    {
        foreach (var invariant in _invariants) invariant.Check(healed: false);
        if (_world.ControlPlane.StartProblems.Count > 0) Fail("start", string.Join(" ", _world.ControlPlane.StartProblems));
        if (_world.Operator.Refusals.Count > 0) Fail("scenario", $"The API refused what the scenario asks. {string.Join(" ", _world.Operator.Refusals)}");
        for (; _errorsSeen < _world.Errors.Count; _errorsSeen++)
        {
            var error = _world.Errors[_errorsSeen];
            if (ErrorRules.Explains(error, _faults) is null) Fail("no-errors", $"An actor logged an error that no fault explains. {error}");
        }
    }

    private void Fail(string invariant, string what) => _world.Report(new Violation(invariant, _world.Now, what));

    private void Note(string what) => _log.Add($"{VirtualTime.Moment(_world.Now)} {what}");

    private RunResult Result(ulong seed) =>
        new(seed, _world.Executor.TraceHash, _world.Violation, _world.Executor.Steps, _world.Now, _clients.Ended, _clients.Answered, _faults) { Log = _log, Trace = _trace.Lines() };
}
