namespace Harness.Load.Recording;

/// <summary>Adds up a run, and knows what is still open: what was due, less what was dropped, less what ended.</summary>
internal sealed class LoadLedger
{
    private readonly HistogramPool _pool = new();
    private readonly IReadOnlyList<string> _scenarios;
    private readonly IReadOnlyList<string> _phases;
    private readonly StepOrder _order;
    private readonly Tally?[] _totals;

    public LoadLedger(IReadOnlyList<string> scenarios, IReadOnlyList<string> phases, StepOrder order)
    {
        _scenarios = scenarios;
        _phases = phases;
        _order = order;
        _totals = new Tally?[scenarios.Count * phases.Count];
    }

    /// <summary>Adds what was taken from the recorder, and says what there is to tell about it.</summary>
    /// <param name="taken">As <see cref="LoadRecorder.Take"/> gave it; given back to its pool.</param>
    /// <param name="presentPhase">The phase of the moment, told of even when nothing happened in it.</param>
    public IReadOnlyList<ScenarioInterval> Enter(Tally?[] taken, int presentPhase)
    {
        var intervals = new List<ScenarioInterval>();
        for (int i = 0; i < taken.Length; i++)
        {
            if (taken[i] is { } tally)
            {
                (_totals[i] ??= NewTally(i)).Add(tally);
                intervals.Add(tally.ToInterval(OpenAt(i)));
                tally.Release();
            }
            else if (OpenAt(i) > 0 || i % _phases.Count == presentPhase)
            {
                intervals.Add(EmptyAt(i));
            }
        }

        return intervals;
    }

    public IReadOnlyList<ScenarioResult> Results() => [.. _scenarios.Select(ResultOf)];

    private ScenarioResult ResultOf(string scenario, int number)
    {
        var total = new Tally(scenario, "", _order, _pool);
        long open = 0;
        var phases = new List<ScenarioInterval>();
        for (int i = number * _phases.Count; i < (number + 1) * _phases.Count; i++)
        {
            if (_totals[i] is not { } tally)
                continue;
            total.Add(tally);
            open += OpenAt(i);
            phases.Add(tally.ToInterval(OpenAt(i)));
        }

        return new ScenarioResult(scenario, total.ToInterval(open), phases);
    }

    private long OpenAt(int cell) => _totals[cell] is { } total ? total.Due - total.Dropped - total.Ended : 0;

    private ScenarioInterval EmptyAt(int cell)
    {
        Tally nothing = NewTally(cell);
        ScenarioInterval interval = nothing.ToInterval(OpenAt(cell));
        nothing.Release();
        return interval;
    }

    private Tally NewTally(int cell) => new(_scenarios[cell / _phases.Count], _phases[cell % _phases.Count], _order, _pool);
}
