using Harness.Load.Loops;

namespace Harness.Load.Running;

/// <summary>Knows which arrivals are due. Several pacers share a plan: each walks all of it and takes one arrival of as many as there are pacers.</summary>
/// <remarks>One thread at a time. It never runs a scenario's code: whoever asks gets the virtual user that is to run it.</remarks>
internal sealed class Pacer
{
    /// <summary>How often, when nothing more is due, the rest of the plan is looked at: a scenario that stops has none.</summary>
    private static readonly TimeSpan EndLook = TimeSpan.FromMilliseconds(100);

    private readonly IReadOnlyList<ScenarioRun> _scenarios;
    private readonly LoadClock _clock;
    private readonly List<Source> _sources;
    private Source? _next;

    public Pacer(IReadOnlyList<ScenarioRun> scenarios, LoadClock clock, int share = 0, int shares = 1)
    {
        _scenarios = scenarios;
        _clock = clock;
        _sources = [.. scenarios.Select(scenario => new Source(scenario, share, shares)).Where(source => source.HasNext)];
        LookAhead();
    }

    /// <summary>When it has to be asked next.</summary>
    public long NextTimestamp { get; private set; }

    /// <summary>Whether nothing of the plan is left, and its time is over.</summary>
    public bool IsDone { get; private set; }

    /// <summary>The virtual user that is to answer an arrival; null when none is due, or when there is nobody to answer it.</summary>
    /// <param name="loop">Where the virtual user is to run; null for the thread pool.</param>
    public VirtualUser? TakeDue(EventLoop? loop)
    {
        VirtualUser? user = null;
        if (_next is { } next && _clock.TimestampAt(next.Due) <= _clock.Timestamp)
        {
            if (!next.IsStopped)
                user = next.Arrive(loop);
            if (next.IsStopped || !next.HasNext)
                _sources.Remove(next);
        }

        LookAhead();
        return user;
    }

    /// <summary>A late pacer whose run is over still owes an account of what had come due.</summary>
    public void MissWhatWasDue()
    {
        TimeSpan now = _clock.Now;
        foreach (Source source in _sources)
        {
            while (source.HasNext && source.Due <= now)
                source.Miss();
        }
    }

    private void LookAhead()
    {
        _next = Earliest();
        if (_next is not null)
        {
            NextTimestamp = _clock.TimestampAt(_next.Due);
            return;
        }

        TimeSpan left = PlannedEnd() - _clock.Now;
        IsDone = left <= TimeSpan.Zero;
        NextTimestamp = _clock.TimestampAt(_clock.Now + (left < EndLook ? left : EndLook));
    }

    private TimeSpan PlannedEnd() =>
        _scenarios.Max(scenario => scenario.IsStopped ? TimeSpan.Zero : scenario.Plan.Duration);

    // Few scenarios: looking at each beats keeping a heap.
    private Source? Earliest()
    {
        Source? earliest = null;
        foreach (Source source in _sources)
        {
            if (earliest is null || source.Due < earliest.Due)
                earliest = source;
        }

        return earliest;
    }

    private sealed class Source
    {
        private readonly ScenarioRun _scenario;
        private readonly IEnumerator<Arrival> _arrivals;
        private readonly int _shares;
        private int _untilMine;
        private long _number;

        public Source(ScenarioRun scenario, int share, int shares)
        {
            _scenario = scenario;
            _arrivals = scenario.Plan.Arrivals().GetEnumerator();
            _shares = shares;
            _untilMine = share;
            MoveNext();
        }

        public bool HasNext { get; private set; }

        public bool IsStopped => _scenario.IsStopped;

        public TimeSpan Due => _arrivals.Current.Due;

        public VirtualUser? Arrive(EventLoop? loop)
        {
            VirtualUser? user = _scenario.Arrive(_arrivals.Current, _number, loop);
            MoveNext();
            return user;
        }

        public void Miss()
        {
            _scenario.Miss(_arrivals.Current);
            MoveNext();
        }

        // Whoever takes it, and whether it is dropped, number n is the same arrival in every run of a seed.
        private void MoveNext()
        {
            do
            {
                HasNext = _arrivals.MoveNext();
                if (HasNext && _arrivals.Current.Copy is null)
                    _number++;
            }
            while (HasNext && _untilMine-- > 0);
            _untilMine = _shares - 1;
        }
    }
}
