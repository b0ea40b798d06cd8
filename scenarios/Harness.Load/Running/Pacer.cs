namespace Harness.Load.Running;

/// <summary>Makes every arrival happen when it is due, from one thread that does nothing else and never runs a scenario's code.</summary>
internal sealed class Pacer(IReadOnlyList<ScenarioRun> scenarios, LoadClock clock)
{
    /// <summary>How often, when nothing more is due, the rest of the plan is looked at: a scenario that stops has none.</summary>
    private static readonly TimeSpan EndLook = TimeSpan.FromMilliseconds(100);

    /// <summary>Comes back when the whole plan is done, or when it was stopped.</summary>
    /// <param name="overToken">The run is over: what had come due counts as open.</param>
    /// <param name="stopToken">Nothing more is due; fires with <paramref name="overToken"/> too.</param>
    public void Run(CancellationToken overToken, CancellationToken stopToken)
    {
        List<Source> sources = [.. scenarios.Select(scenario => new Source(scenario)).Where(source => source.HasNext)];
        IWaiter waiter = Waiter.For(clock.Time);
        while (Earliest(sources) is { } next)
        {
            if (!waiter.WaitUntil(clock.TimestampAt(next.Due), stopToken))
            {
                if (overToken.IsCancellationRequested)
                    MissWhatWasDue(sources);
                return;
            }

            if (!next.IsStopped)
                next.Arrive();
            if (next.IsStopped || !next.HasNext)
                sources.Remove(next);
        }

        while (PlannedEnd() - clock.Now is var left && left > TimeSpan.Zero)
        {
            if (!waiter.WaitUntil(clock.TimestampAt(clock.Now + (left < EndLook ? left : EndLook)), stopToken))
                return;
        }
    }

    private TimeSpan PlannedEnd() =>
        scenarios.Max(scenario => scenario.IsStopped ? TimeSpan.Zero : scenario.Plan.Duration);

    // Few scenarios: looking at each beats keeping a heap.
    private static Source? Earliest(List<Source> sources)
    {
        Source? earliest = null;
        foreach (Source source in sources)
        {
            if (earliest is null || source.Due < earliest.Due)
                earliest = source;
        }

        return earliest;
    }

    /// <summary>A late pacer that is stopped still owes an account of what had come due.</summary>
    private void MissWhatWasDue(List<Source> sources)
    {
        TimeSpan now = clock.Now;
        foreach (Source source in sources)
        {
            while (source.HasNext && source.Due <= now)
                source.Miss();
        }
    }

    private sealed class Source
    {
        private readonly ScenarioRun _scenario;
        private readonly IEnumerator<Arrival> _arrivals;

        public Source(ScenarioRun scenario)
        {
            _scenario = scenario;
            _arrivals = scenario.Plan.Arrivals().GetEnumerator();
            HasNext = _arrivals.MoveNext();
        }

        public bool HasNext { get; private set; }

        public bool IsStopped => _scenario.IsStopped;

        public TimeSpan Due => _arrivals.Current.Due;

        public void Arrive()
        {
            _scenario.Arrive(_arrivals.Current);
            HasNext = _arrivals.MoveNext();
        }

        public void Miss()
        {
            _scenario.Miss(_arrivals.Current);
            HasNext = _arrivals.MoveNext();
        }
    }
}
