namespace Harness.Load.Recording;

/// <summary>Where everything that happens is counted, on whichever thread it happens.</summary>
/// <remarks>One stripe a processor, each behind a lock that is nearly never contended: threads of a pool come and go and virtual users are
/// thousands, so neither can own 190 kB of histogram, but processors are few. Taking the counts holds every stripe for the
/// instant of the exchange, so that they are one consistent cut: nothing can have ended in it that was not yet due in it.</remarks>
internal sealed class LoadRecorder
{
    private readonly HistogramPool _pool = new();
    private readonly IReadOnlyList<string> _scenarios;
    private readonly IReadOnlyList<string> _phases;
    private readonly StepOrder _order;
    private readonly Stripe[] _stripes;
    private bool _closed;

    public LoadRecorder(IReadOnlyList<string> scenarios, IReadOnlyList<string> phases, StepOrder order, int stripes)
    {
        _scenarios = scenarios;
        _phases = phases;
        _order = order;
        _stripes = [.. Enumerable.Range(0, stripes).Select(_ => new Stripe(scenarios.Count * phases.Count))];
    }

    public void Due(int scenario, int phase, bool dropped)
    {
        Stripe stripe = Nearest();
        lock (stripe.Gate)
        {
            if (!_closed)
                At(stripe, scenario, phase).CountDue(dropped);
        }
    }

    public void Sent(int scenario, int phase, long lateMicroseconds)
    {
        Stripe stripe = Nearest();
        lock (stripe.Gate)
        {
            if (!_closed)
                At(stripe, scenario, phase).CountSent(lateMicroseconds);
        }
    }

    public void Ended(int scenario, int phase, Outcome outcome, string error, long responseMicroseconds, long serviceMicroseconds)
    {
        Stripe stripe = Nearest();
        lock (stripe.Gate)
        {
            if (!_closed)
                At(stripe, scenario, phase).CountEnded(outcome, error, responseMicroseconds, serviceMicroseconds);
        }
    }

    public void Step(int scenario, int phase, string step, Outcome outcome, string error, long microseconds)
    {
        Stripe stripe = Nearest();
        lock (stripe.Gate)
        {
            if (!_closed)
                At(stripe, scenario, phase).CountStep(step, outcome, error, microseconds);
        }
    }

    /// <summary>What was counted since it was last asked: a tally for each scenario and phase, null where nothing happened.</summary>
    /// <param name="andClose">Whether nothing more counts: what ends later is left open.</param>
    public Tally?[] Take(bool andClose)
    {
        Tally?[][] taken = Exchange(andClose);
        Tally?[] merged = new Tally?[_scenarios.Count * _phases.Count];
        foreach (Tally?[] cells in taken)
            Merge(cells, merged);
        return merged;
    }

    private Tally?[][] Exchange(bool andClose)
    {
        foreach (Stripe stripe in _stripes)
            stripe.Gate.Enter();
        try
        {
            _closed |= andClose;
            return [.. _stripes.Select(stripe => stripe.Exchange())];
        }
        finally
        {
            foreach (Stripe stripe in _stripes)
                stripe.Gate.Exit();
        }
    }

    private static void Merge(Tally?[] cells, Tally?[] into)
    {
        for (int i = 0; i < cells.Length; i++)
        {
            if (cells[i] is not { } tally)
                continue;
            if (into[i] is { } sum)
            {
                sum.Add(tally);
                tally.Release();
            }
            else
            {
                into[i] = tally;
            }
        }
    }

    private Stripe Nearest() => _stripes[(uint)Thread.GetCurrentProcessorId() % (uint)_stripes.Length];

    private Tally At(Stripe stripe, int scenario, int phase) =>
        stripe.Cells[scenario * _phases.Count + phase] ??= new Tally(_scenarios[scenario], _phases[phase], _order, _pool);

    private sealed class Stripe(int cells)
    {
        public Lock Gate { get; } = new();

        public Tally?[] Cells { get; private set; } = new Tally?[cells];

        public Tally?[] Exchange()
        {
            Tally?[] taken = Cells;
            Cells = new Tally?[taken.Length];
            return taken;
        }
    }
}
