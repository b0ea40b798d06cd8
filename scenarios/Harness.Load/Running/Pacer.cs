namespace Harness.Load.Running;

/// <summary>Makes every arrival happen when it is due, from one thread that does nothing else and never runs a scenario's code.</summary>
internal sealed class Pacer(IReadOnlyList<ScenarioRun> scenarios, LoadClock clock, TimeSpan planned)
{
    /// <summary>Comes back when the whole plan is done, or when it was stopped.</summary>
    public void Run(CancellationToken stopToken)
    {
        List<Source> sources = [.. scenarios.Select(scenario => new Source(scenario)).Where(source => source.HasNext)];
        IWaiter waiter = Waiter.For(clock.Time);
        while (Earliest(sources) is { } next)
        {
            if (!waiter.WaitUntil(clock.TimestampAt(next.Due), stopToken))
            {
                MissWhatWasDue(sources);
                return;
            }

            next.Arrive();
            if (!next.HasNext)
                sources.Remove(next);
        }

        waiter.WaitUntil(clock.TimestampAt(planned), stopToken);
    }

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
