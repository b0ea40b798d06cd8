using HdrHistogram;

namespace Harness.Load.Recording;

/// <summary>What came of one scenario's arrivals of one phase; one writer at a time.</summary>
internal sealed class Tally(string scenario, string phase, StepOrder order, HistogramPool pool) : OutcomeTally
{
    private readonly LongHistogram _ok = pool.Rent();
    private LongHistogram? _failed;
    private readonly LongHistogram _service = pool.Rent();
    private readonly LongHistogram _lateness = pool.Rent();
    private readonly List<StepTally> _steps = [];

    public long Due { get; private set; }

    public long Sent { get; private set; }

    public long Dropped { get; private set; }

    public void CountDue(bool dropped)
    {
        Due++;
        if (dropped)
            Dropped++;
    }

    public void CountSent(long lateMicroseconds)
    {
        Sent++;
        _lateness.RecordValue(lateMicroseconds);
    }

    public void CountEnded(Outcome outcome, string error, long responseMicroseconds, long serviceMicroseconds)
    {
        Count(outcome, error);
        (outcome == Outcome.Ok ? _ok : _failed ??= pool.Rent()).RecordValue(responseMicroseconds);
        _service.RecordValue(serviceMicroseconds);
    }

    public void CountStep(string step, Outcome outcome, string error, long microseconds) =>
        StepOf(step).Count(outcome, error, microseconds);

    public void Add(Tally other)
    {
        base.Add(other);
        Due += other.Due;
        Sent += other.Sent;
        Dropped += other.Dropped;
        _ok.Add(other._ok);
        if (other._failed is not null)
            (_failed ??= pool.Rent()).Add(other._failed);
        _service.Add(other._service);
        _lateness.Add(other._lateness);
        foreach (StepTally step in other._steps)
            StepOf(step.Step).Add(step);
    }

    /// <summary>Gives the histograms back; the tally must not be used after it.</summary>
    public void Release()
    {
        pool.Return(_ok);
        if (_failed is not null)
            pool.Return(_failed);
        pool.Return(_service);
        pool.Return(_lateness);
        foreach (StepTally step in _steps)
            step.Release();
    }

    /// <param name="open">Arrivals neither dropped nor ended by the end.</param>
    public ScenarioInterval ToInterval(long open) => new()
    {
        Scenario = scenario,
        Phase = phase,
        Due = Due,
        Sent = Sent,
        Ok = Ok,
        Refused = Refused,
        Unknown = Unknown,
        Dropped = Dropped,
        Open = open,
        Errors = Errors(),
        OkResponse = HistogramPool.Copy(_ok),
        FailedResponse = HistogramPool.Copy(_failed),
        Service = HistogramPool.Copy(_service),
        Lateness = HistogramPool.Copy(_lateness),
        Steps = [.. _steps.OrderBy(step => order.Of(step.Step)).Select(step => step.ToInterval())],
    };

    // A handful of steps: walking the list beats hashing the name.
    private StepTally StepOf(string step)
    {
        foreach (StepTally known in _steps)
        {
            if (ReferenceEquals(known.Step, step) || known.Step == step)
                return known;
        }

        order.Of(step);
        var added = new StepTally(step, pool);
        _steps.Add(added);
        return added;
    }
}
